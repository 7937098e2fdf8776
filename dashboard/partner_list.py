"""Draws who could join a draft for one call, and which networks to ask. Nothing is searched before a reader asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets
from dashboard.escape import md_escape, md_link
from matcher.days import day_words
from matcher.eligibility import words
from matcher.reference.networks import Network
from matcher.wording.partners import (
    ADVISED,
    UNASKED,
    advice_words,
    body_words,
    done_words,
    empty_words,
    groups,
    invitation_words,
    origin_words,
    place_words,
)

if TYPE_CHECKING:
    from matcher.partners.page import PartnerPage
    from matcher.partners.suggesting import Suggestion

SHOWN = 5
"""Suggestions of each sort that are drawn."""
PROJECTS = 3
"""Past projects named of a suggestion."""


FIT = "The fit is the sum of these parts. Their weights are set by judgement, not measured."


def is_wanted(call: str) -> bool:
    """Heading and switch; True once the reader asks, because past projects must be read and compared for it."""
    st.header("Who could join", divider="blue")
    return st.toggle("Look for partners among past projects and networks", key=f"partners {call}")


def found(page: PartnerPage) -> None:
    """Advised role, suggestions with reasons and evidence, networks."""
    st.markdown(f"**Advised role: {md_escape(advice_words(page.advice))}**")
    widgets.small(f"Rests on: {widgets.source(page.advice.source)}")
    if nobody := empty_words(page):
        st.info(md_escape(nobody))
    if invited := invitation_words(page):
        st.markdown(md_escape(invited))
    for heading, suggestions in groups(page).items():
        _group(heading, suggestions)
    if page.suggestions.repairing or page.suggestions.strengthening:
        widgets.small(md_escape(UNASKED))
    with st.expander("Networks to ask: places to look for partners"):
        for network in page.networks:
            _network(network, network.key in page.memberships)


def _group(heading: str, suggestions: Sequence[Suggestion]) -> None:
    if not suggestions:
        return
    st.subheader(md_escape(heading))
    if len(suggestions) > SHOWN:
        widgets.small(f"The first {SHOWN} of {len(suggestions):,}")
    for one in suggestions[:SHOWN]:
        _suggestion(one)


def _suggestion(one: Suggestion) -> None:
    candidate = one.candidate
    with st.container(border=True):
        left, right = st.columns([5, 2])
        with left:
            st.markdown(f"**{md_link(candidate.name, candidate.url)}**, {md_escape(words.country(candidate.country))}")
            kinds = words.kinds(candidate.kinds) if candidate.kinds else "kind not known"
            widgets.small(md_escape(f"{words.sentence(kinds)}; as {ADVISED[one.role]}"))
        with right:
            widgets.score(one.score, one.contributions, f"partner {candidate.id}", FIT)
        st.markdown("\n".join(f"- {md_escape(reason)}" for reason in one.reasons))
        for done in candidate.telling(PROJECTS):
            widgets.small(f"{md_link(done_words(done), done.url)} ({widgets.source(done.source)})")
        if one.role is not one.advice.role:
            widgets.small(md_escape(f"Advised role: {advice_words(one.advice)}"))
        widgets.small(md_escape(place_words(one)))
        widgets.small(md_escape(origin_words(candidate)))
        if candidate.not_known:
            widgets.small(f":material/help: {md_escape('Not known: ' + '; '.join(candidate.not_known))}")


def _network(network: Network, member: bool) -> None:
    joined = ": a member of the draft is in it" if member else ""
    st.markdown(f"**{md_link(network.name, network.url)}**{joined}")
    st.markdown(md_escape(f"{network.what} {network.members}"))
    for door in network.doorways:
        st.markdown(f"- {md_link(door.title, door.url)} {md_escape(door.note)}")
    widgets.small(widgets.source(body_words(network.body)) if network.body else md_escape(network.no_body))
    widgets.small(f"{widgets.source(network.source)}, as of {day_words(network.as_of)}")
