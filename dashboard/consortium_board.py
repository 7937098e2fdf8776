"""Draws a draft of a consortium before one call: choose members, see which conditions hold, fail or are open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import verdicts, widgets
from dashboard.escape import md_escape
from matcher.documents.cited import Cited
from matcher.drafts import BadDraft, drafted, without_lead
from matcher.model import Member, Profile, Role
from matcher.partners.roles import advise_profile
from matcher.wording.consortium import GROUPS, member_words, outcome

if TYPE_CHECKING:
    from matcher.model import Board

FIRST = "the first member"
NOBODY = "nobody yet"
"""Stands first where the organisation is advised to join, so that experienced leads are looked for."""
FURTHER = "Further partners without a profile, one a line"


def chosen(call: str, profiles: Sequence[Profile], own: Profile | None) -> tuple[Member, ...]:
    """Heading and fields of a draft; the members a reader chose, none where they cannot be read. `own`: is in first."""
    st.header("Try a consortium", divider="blue")
    by_id = {profile.id: profile for profile in profiles}
    ids = st.multiselect(
        "Members",
        list(by_id),
        default=[own.id] if own else [],
        format_func=lambda key: by_id[key].name,
        placeholder="Choose organisations",
        key=f"members {call} {own.id if own else ''}",
    )
    with st.expander(FURTHER):
        text = st.text_area(FURTHER, placeholder="Melissa:GR:civil_society", key=f"partners of {call}")
        widgets.small(md_escape("Name:COUNTRY:kind; several kinds joined by +, what is not known left out."))
    partners = [line for line in text.splitlines() if line.strip()]
    joins = own is not None and advise_profile(own).role is not Role.COORDINATOR
    lead = st.selectbox(
        "Coordinator",
        [*((NOBODY, FIRST) if joins else (FIRST, NOBODY)), *ids],
        format_func=lambda key: _name(by_id, key),
        key=f"lead {call} {own.id if own else ''}",
    )
    members = _drafted(ids, partners, lead if lead in ids else "", by_id.__getitem__)
    return without_lead(members) if lead == NOBODY else members


def shown(board: Board, documents: Mapping[str, Cited]) -> None:
    """The outcome in a sentence, the members, then every condition: what fails, what is open, what holds.

    `documents`: those that quotes stand in, by SHA-256.
    """
    st.markdown(f"**{md_escape(outcome(board))}**")
    st.markdown("\n".join(f"- {md_escape(member_words(one))}" for one in board.members))
    for answer, heading in GROUPS.items():
        found = [one for one in board.conditions if one.answer is answer]
        if found:
            st.subheader(f"{heading} ({len(found)})")
        for condition in found:
            verdicts.one(condition, documents)


def _drafted(
    ids: Sequence[str], partners: Sequence[str], lead: str, find: Callable[[str], Profile]
) -> tuple[Member, ...]:
    if not ids and not partners:
        st.info("Choose members to see which conditions of the call they fulfil together.")
        return ()
    try:
        return drafted(ids, partners, lead, find)
    except BadDraft as error:
        widgets.problem(error)
        return ()


def _name(by_id: dict[str, Profile], key: str) -> str:
    return by_id[key].name if key in by_id else key
