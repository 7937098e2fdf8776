"""Draws lists of calls that are folded below the cards: not open, closed, put aside.

What is folded is not looked up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import queries, words
from dashboard.call.blocks import titled
from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.matches import cards
from dashboard.pipeline.buttons import buttons
from dashboard.told.calls import Known
from matcher.model import CallStatus, Match, Profile, Pursuit

ROWS = 20
"""Calls on a page of a list."""


def fold(
    frame: Frame,
    profile: Profile,
    heading: str,
    ids: Sequence[str],
    known: Known,
    key: str,
    pursuits: Mapping[str, Pursuit] | None = None,
) -> None:
    """Nothing where there is no call. `pursuits`: of calls that were put aside, to say why and bring them back."""
    if not ids:
        return
    count = frame.say.ngettext("%(num)s call", "%(num)s calls", len(ids))
    with st.expander(
        f"{md_escape(heading)} ({md_escape(count)})", key=key, on_change="rerun", type="compact"
    ) as opened:
        if not opened.open:
            return
        shown = page_of(ids, ROWS, f"page of {key}")
        for match in queries.entries(profile.id, shown, frame.on):
            _row(frame, match, known, pursuits)
        pages(ids, ROWS, f"page of {key}")


def page_of(ids: Sequence[str], size: int, key: str) -> Sequence[str]:
    """Those on the page that `pages` chose below."""
    first = (min(st.session_state.get(key) or 1, number_of_pages(ids, size)) - 1) * size
    return ids[first : first + size]


def pages(ids: Sequence[str], size: int, key: str) -> None:
    """The choice of the page; nothing where there is one."""
    if (number := number_of_pages(ids, size)) > 1:
        if st.session_state.get(key, 1) > number:
            st.session_state[key] = number
        st.pagination(number, key=key)


def number_of_pages(ids: Sequence[str], size: int) -> int:
    return max(1, -(-len(ids) // size))


def _row(frame: Frame, match: Match, known: Known, pursuits: Mapping[str, Pursuit] | None) -> None:
    call = match.call
    with st.container(gap="xxsmall", key=f"row {call.id}"):
        told = f"**{titled(call.title)}**  \n:small[:gray[{_in_short(frame, match, known)}]]"
        st.markdown(told)
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.details(frame, call)
            if pursuits is not None:
                buttons(frame, call.id, call.title, pursuits.get(call.id))


def _in_short(frame: Frame, match: Match, known: Known) -> str:
    """Why it is in this list, and when its days are or were."""
    say = frame.say
    when = words.next_deadline_words(say, match.call, match.on)
    told = [cards.known_as(match.call, known), when]
    if match.status is not CallStatus.CLOSED:
        told = [say.say(match.route.label), say.say(match.route.reason), *told]
    return " · ".join(md_escape(one) for one in told if one)
