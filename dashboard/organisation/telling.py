"""What a save changed, told once on the page that follows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.frame import Frame
from matcher.languages import Speaker

if TYPE_CHECKING:
    import pandas as pd

    from matcher.organisations.moves import Effect

_KEPT = "organisation saved"


def remember(id: str, before: pd.DataFrame | None, after: pd.DataFrame | None) -> None:
    """`before`: None for a new organisation; `after`: None where there are no calls yet."""
    from matcher.organisations.moves import effect

    told: Effect | dict[int, int] | None = None
    if after is not None:
        told = Counter(after["usability"].tolist()) if before is None else effect(before, after)
    st.session_state[_KEPT] = (id, told)


def tell(frame: Frame, id: str) -> None:
    """What changed, and the way to the calls."""
    say, kept = frame.say, st.session_state.get(_KEPT)
    if kept is None or kept[0] != id:
        return
    del st.session_state[_KEPT]
    lines = _lines(say, kept[1])
    st.success("\n\n".join([say.pgettext("an organisation", "Saved."), *lines]), icon=":material/check_circle:")
    label = say.gettext("See the calls")
    st.page_link("views/matches.py", label=label, icon=":material/arrow_forward:", query_params=frame.query())


def _lines(say: Speaker, told: Effect | dict[int, int] | None) -> list[str]:
    if told is None:
        return [say.gettext("There are no calls to compare with yet.")]
    return _first(say, told) if isinstance(told, dict) else _changed(say, told)


def _first(say: Speaker, calls: dict[int, int]) -> list[str]:
    usable, unknown = calls.get(0, 0), calls.get(1, 0)
    return [
        say.ngettext("%(num)s call is open to you now or soon.", "%(num)s calls are open to you now or soon.", usable),
        say.ngettext(
            "Of %(num)s call it is not known yet whether it is.",
            "Of %(num)s calls it is not known yet whether they are.",
            unknown,
        ),
    ]


def _changed(say: Speaker, effect: Effect) -> list[str]:
    names = {
        0: say.gettext("open to you"),
        1: say.pgettext("whether calls are open", "not known"),
        2: say.gettext("no money for you"),
    }
    moves = [
        say.ngettext(
            "%(num)s call moved from “%(before)s” to “%(after)s”.",
            "%(num)s calls moved from “%(before)s” to “%(after)s”.",
            move.calls,
            before=names[move.before],
            after=names[move.after],
        )
        for move in effect.moves
    ]
    if effect.open_before == effect.open_after:
        return moves or [say.gettext("No call stands differently to you than before.")]
    values = {"before": say.number(effect.open_before), "after": say.number(effect.open_after)}
    return [*moves, say.gettext("Answers that are not known: %(before)s before, %(after)s now.", **values)]
