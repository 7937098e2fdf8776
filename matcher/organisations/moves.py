"""What a change of an organisation's facts did to how it stands to the calls. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class Move(NamedTuple):
    """So many calls whose usability (matcher.selection.usability) was `before` and is `after`."""

    before: int
    after: int
    calls: int


class Effect(NamedTuple):
    moves: tuple[Move, ...]
    """Those of most calls first."""
    open_before: int
    """Answers that were not known, over all calls that are not closed."""
    open_after: int


def effect(before: pd.DataFrame, after: pd.DataFrame) -> Effect:
    """Of two standings; a call that only one of them has counts for neither."""
    was, now = (one[["usability", "unknown"]] for one in (before, after))
    both = was.merge(now, left_index=True, right_index=True, suffixes=("", "_after"))
    both = both[both["usability"] < 3]
    pairs = Counter(zip(both["usability"].tolist(), both["usability_after"].tolist(), strict=True))
    moved = [Move(old, new, number) for (old, new), number in pairs.items() if old != new]
    ranked = sorted(moved, key=lambda move: (-move.calls, move.before, move.after))
    return Effect(tuple(ranked), int(both["unknown"].sum()), int(both["unknown_after"].sum()))
