"""Draws a draft of a consortium before one call: choose members, see which conditions hold, fail or are open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets
from dashboard.call.drawing import drawn, heading
from dashboard.escape import md_escape
from dashboard.told import organisations
from dashboard.told.parts import Part
from dashboard.told.statements import Statement, Teller
from matcher.drafts import BadDraft, drafted, without_lead
from matcher.languages import Speaker
from matcher.model import Answer, Member, Profile, Role
from matcher.partners.roles import advise_profile
from matcher.printable import one_line
from matcher.wording.consortium import member_words, outcome

if TYPE_CHECKING:
    from matcher.model import Board

FIRST, NOBODY = "first", "nobody"
"""Choices of who leads beside the members. The second stands first where the organisation is advised to join, so that
experienced leads are looked for."""


def chosen(say: Speaker, call: str, profiles: Sequence[Profile], own: Profile | None) -> tuple[Member, ...]:
    """Heading and fields of a draft; the members a reader chose, none where they cannot be read. `own`: is in first."""
    heading(say, Part.CONSORTIUM)
    by_id, names = {profile.id: profile for profile in profiles}, organisations.names(say, profiles)
    key = f"{call} {own.id if own else ''}"
    ids = st.multiselect(
        say.gettext("Members"),
        list(names),
        default=[own.id] if own else [],
        format_func=names.__getitem__,
        placeholder=say.gettext("Choose organisations"),
        key=f"members {key}",
    )
    partners = _further(say, call)
    leads = {FIRST: say.gettext("the first member"), NOBODY: say.gettext("nobody yet")} | names
    joins = own is not None and advise_profile(own).role is not Role.COORDINATOR
    lead = st.selectbox(
        say.gettext("Coordinator"),
        [*((NOBODY, FIRST) if joins else (FIRST, NOBODY)), *ids],
        format_func=leads.__getitem__,
        key=f"lead {key}",
    )
    members = _drafted(say, ids, partners, lead if lead in ids else "", by_id.__getitem__)
    return without_lead(members) if lead == NOBODY else members


def shown(board: Board, tell: Teller) -> None:
    """The outcome in a sentence, the members, then every condition: what fails, what is open, what holds."""
    say = tell.voice.speaker
    by_answer = ((title, _with(board, answer, tell)) for answer, title in _groups(say).items())
    drawn(
        say,
        "board",
        outcome=say.say(outcome(board)),
        members=[one_line(say.say(member_words(one))) for one in board.members],
        groups=[(title, found) for title, found in by_answer if found],
    )


def _with(board: Board, answer: Answer, tell: Teller) -> list[Statement]:
    return [tell.verdict(one) for one in board.conditions if one.answer is answer]


def _groups(say: Speaker) -> dict[Answer, str]:
    return {
        Answer.NOT_MET: say.gettext("What the draft fails"),
        Answer.UNKNOWN: say.gettext("What is open"),
        Answer.MET: say.gettext("What holds"),
    }


def _further(say: Speaker, call: str) -> list[str]:
    """Partners without a profile, as a reader writes them."""
    label = say.gettext("Further partners without a profile, one a line")
    with st.expander(label):
        text = st.text_area(label, placeholder="Melissa:GR:civil_society", key=f"partners of {call}")
        form = say.gettext("Name:COUNTRY:kind; several kinds joined by +, what is not known left out.")
        widgets.small(md_escape(form))
    return [line for line in text.splitlines() if line.strip()]


def _drafted(
    say: Speaker, ids: Sequence[str], partners: Sequence[str], lead: str, find: Callable[[str], Profile]
) -> tuple[Member, ...]:
    if not ids and not partners:
        st.info(say.gettext("Choose members to see which conditions of the call they fulfil together."))
        return ()
    try:
        return drafted(ids, partners, lead, find)
    except BadDraft as error:
        widgets.problem(say, error)
        return ()
