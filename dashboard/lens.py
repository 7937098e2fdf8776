"""Draws a call as MILE policy brief 3 looks at it: goals with their sentence, funded partners, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import widgets
from dashboard.escape import md_escape
from matcher.model import Goal, GoalServed
from matcher.wording.brief import ANSWERS, NO_GOAL, sure
from matcher.wording.quotes import place_words

if TYPE_CHECKING:
    from matcher.brief.brief import Brief


def badges(goals: Sequence[GoalServed], names: Mapping[Goal, str]) -> None:
    """On a match card: which goals of the brief the call serves; nothing where it serves none."""
    if goals:
        served = " ".join(f":blue-badge[:material/groups: {md_escape(names[one.goal])}]" for one in goals)
        st.markdown(f"Serves of the brief's goals: {served}")


def section(brief: Brief) -> None:
    """On a call's page."""
    st.header("Migrants' political inclusion", divider="blue")
    for served in brief.goals:
        _goal(served, brief.lens.names)
    if not brief.goals:
        st.markdown(NO_GOAL)
    _partners(brief)
    with st.expander("Questions to yourselves, so that the results last"):
        for one in brief.checklist.questions:
            st.markdown(f"- **{md_escape(one.label)}:** {md_escape(one.question)}")
        widgets.small(md_escape(brief.checklist.source))


def _goal(served: GoalServed, names: Mapping[Goal, str]) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"Serves **{md_escape(names[served.goal])}**:")
        st.markdown(f"> “{md_escape(served.quote.text)}”")
        widgets.small(f"From {md_escape(place_words(served.quote))}; {md_escape(sure(served))}")


def _partners(brief: Brief) -> None:
    found = brief.partners
    with st.container(gap="xxsmall"):
        answer = f"**{md_escape(found.label)}** {md_escape(ANSWERS[found.answer])}"
        st.markdown(f"{answer}. {md_escape(found.reason)}")
        if found.quote:
            st.markdown(f"> “{md_escape(found.quote.text)}”")
        if found.remedy:
            st.markdown(f":material/arrow_forward: {md_escape(found.remedy)}")
        if found.reference:
            widgets.small(widgets.source(found.reference))
