"""Draws a call as MILE policy brief 3 looks at it: goals with their sentence, funded partners, questions.

The goals are sought by the model, so the part is worked out once a reader opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.call.drawing import drawn, heading
from dashboard.told.parts import Part
from dashboard.told.sources import sourced
from dashboard.told.statements import Statement, Teller
from matcher.model import Goal, GoalServed
from matcher.wording.brief import NO_GOAL, sure

if TYPE_CHECKING:
    from matcher.brief.brief import Brief


def section(tell: Teller, key: str, brief: Callable[[], Brief]) -> None:
    """On the page of the call of that id."""
    say = tell.voice.speaker
    heading(say, Part.INCLUSION)
    label = say.gettext("How this call serves migrants' political inclusion, by MILE policy brief 3")
    folded = st.expander(label, on_change="rerun", key=f"inclusion {key}")
    if folded.open:
        with folded, st.spinner(say.gettext("Looking for the brief's goals in the call …")):
            _drawn(tell, brief())


def _drawn(tell: Teller, brief: Brief) -> None:
    say = tell.voice.speaker
    drawn(
        say,
        "brief",
        goals=[_goal(tell, served, brief.lens.names) for served in brief.goals],
        no_goal=say.say(NO_GOAL),
        partners=tell.verdict(brief.partners),
        questions=[(say.say(one.label), say.say(one.question)) for one in brief.checklist.questions],
        source=sourced(say.say(brief.checklist.source)),
    )


def _goal(tell: Teller, served: GoalServed, names: Mapping[Goal, str]) -> Statement:
    say = tell.voice.speaker
    goal, certainty = say.say(names[served.goal]), say.say(sure(served))
    return Statement(goal, certainty, quote=tell.quote(served.quote.text), place=tell.place(served.quote))
