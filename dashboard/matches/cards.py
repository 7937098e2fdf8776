"""Draws one call as a card: what it is, the way in, until when, why it fits and what to look out for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.frame import CALL, Frame
from dashboard.pieces import piece
from dashboard.pipeline.buttons import buttons
from dashboard.told.calls import HEADING, Known, told
from dashboard.told.fit import chart
from dashboard.told.marks import Mark, way_in
from dashboard.unseen import named
from matcher.alerts.letters.voice import Voice
from matcher.languages import Speaker
from matcher.model import Call, Match, Profile, Pursuit


def drawn(
    frame: Frame, profile: Profile, match: Match, known: Known, pursuit: Pursuit | None, marks: Sequence[Mark]
) -> None:
    """`marks`: what is special about the call (`new`, `back`)."""
    call, say = match.call, frame.say
    with st.container(border=True, key=f"card {call.id}"):
        piece(
            say,
            "card",
            call=told(match, profile, known, Voice(say, html=True, is_mail=False), HEADING),
            marks=[way_in(say, match), *marks],
            fit=Markup(chart(say, match.score, match.contributions)),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            details(frame, call)
            buttons(frame, call.id, call.title, pursuit)


def details(frame: Frame, call: Call) -> None:
    """The way to the call's page; its label names the call, because many such links stand on one page."""
    label = named(frame.say.gettext("Details"), call.title)
    st.page_link(
        "views/call.py", label=label, icon=":material/arrow_forward:", query_params=frame.query(**{CALL: call.id})
    )


def known_as(call: Call, known: Known) -> str:
    """The official code, or the source where there is none."""
    return call.code or known.sources.get(call.source, call.source)


def new(say: Speaker, call: Call) -> list[Mark]:
    if call.first_seen is None:
        return []
    return [Mark("blue", "fiber_new", say.gettext("new since %(day)s", day=say.day(call.first_seen)))]


def back(say: Speaker) -> Mark:
    """Of a call that was dismissed and changed since."""
    return Mark("orange", "undo", say.gettext("changed since you put it aside"))
