"""Events of sources' records -> what became news of each call as a reader knows it. Pure.

One call has one news in a window of the ledger, whatever became of it there: the field that moved twice moved once, and
what was undone inside the window is no news. Knows no organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from matcher.model import Call, Event, EventKind, FieldChange, Frozen, Text


class News(Frozen):
    """What became of one call in one window of the ledger."""

    call: Text
    """Id of the listed call."""
    kinds: tuple[EventKind, ...]
    """The first is the headline."""
    on: date
    """The last day on which something of it was learnt."""
    day: date | None = None
    """The deadline of `closing` and `closed`, the opening of `opening` and `opened`, where the headline is one of them."""
    changes: tuple[FieldChange, ...] = ()
    events: tuple[int, ...] = ()
    """`Event.seq` of all it rests on, ascending."""

    @property
    def kind(self) -> EventKind:
        return self.kinds[0]


def listed_by_record(calls: Iterable[Call]) -> dict[str, list[Call]]:
    """Record id -> the listed calls it is part of: one, or several of a page that names several."""
    raise NotImplementedError


def readers_news(
    events: Sequence[Event], listed: Mapping[str, Sequence[Call]], firsts: Mapping[str, int], on: date
) -> list[News]:
    """The news of each call, by call id.

    `events`: of one window, in the order of the ledger, without silent ones. `listed`: see `listed_by_record`.
    `firsts`: record id -> place of its first entry "new" in the whole ledger, silent or not.
    """
    raise NotImplementedError
