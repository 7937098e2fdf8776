"""Draws what was measured: each figure with its source and day, all read from data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.escape import md_escape
from dashboard.widgets import small
from matcher.about import Subject
from matcher.languages import Speaker

if TYPE_CHECKING:
    from matcher.about import Figure
    from matcher.brief.lens import Lens


def figures(say: Speaker, measured: tuple[Figure, ...], lens: Lens) -> None:
    st.header(say.gettext("How good it is"))
    st.markdown("\n".join([*(f"- {_figure(say, one)}" for one in measured), _goals(say, lens)]))
    small(
        say.gettext("Measured by reading, on texts and cases that stand in the project; long research texts do worse.")
    )


def _figure(say: Speaker, one: Figure) -> str:
    values = {"right": say.number(one.right), "of": say.number(one.of)}
    told = {
        Subject.ELIGIBILITY: say.gettext(
            "Way in and conditions: %(right)s of %(of)s pairs of a real call and an example organisation came out as a "
            "person had judged them.",
            **values,
        ),
        Subject.CONDITIONS_RIGHT: say.gettext(
            "Of %(of)s conditions that the program found in texts it was not written on, %(right)s are there.", **values
        ),
        Subject.CONDITIONS_FOUND: say.gettext(
            "Of %(of)s conditions that people found in those texts, the program found %(right)s.", **values
        ),
    }[one.subject]
    source = say.gettext("measured on %(day)s; %(source)s", day=say.day(one.as_of), source=md_escape(one.source))
    return f"{md_escape(told)} ({source})"


def _goals(say: Speaker, lens: Lens) -> str:
    """Of the brief's goals, with the counts that each claim's confidence comes from."""
    claims = sum(rule.with_meaning.claims for rule in lens.goals)
    right = sum(rule.with_meaning.right for rule in lens.goals)
    told = say.gettext(
        "Goals of the policy brief: %(right)s of %(of)s claims that a call serves one were right.",
        right=say.number(right),
        of=say.number(claims),
    )
    return f"- {md_escape(told)} (data/reference/goals.yml)"
