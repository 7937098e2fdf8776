"""The page of the organisation's own calls: by stage, each with what is due next, and those that were put aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.escape import md_escape
from dashboard.frame import Frame
from dashboard.pipeline import acting
from dashboard.pipeline.buttons import buttons
from dashboard.pipeline.files import files
from dashboard.pipeline.our_call import details, our_call
from dashboard.unseen import shortened
from matcher.languages import terms
from matcher.model import Permission, Stage
from matcher.workspaces.our_calls import IN_WORK, OurCall


def board(frame: Frame, stages: Mapping[Stage, Sequence[OurCall]]) -> None:
    """Headings and lists, so that nothing needs a pointer: a stage is chosen from a list."""
    if not stages:
        empty(frame)
        return
    totals(frame, stages)
    files(frame, stages)
    for stage in IN_WORK:
        if ours := stages.get(stage):
            st.header(_counted(frame, stage, len(ours)))
            for one in ours:
                our_call(frame, one)
    put_aside(frame, stages.get(Stage.DISMISSED, ()))


def totals(frame: Frame, stages: Mapping[Stage, Sequence[OurCall]]) -> None:
    """How many calls are in which stage."""
    counted = [_counted(frame, stage, len(ours)) for stage, ours in stages.items()]
    st.markdown(" · ".join(map(md_escape, counted)))


def put_aside(frame: Frame, dismissed: Sequence[OurCall]) -> None:
    """Folded: what was not for us and why, and the way back."""
    if not dismissed:
        return
    st.header(_counted(frame, Stage.DISMISSED, len(dismissed)))
    with st.expander(frame.say.gettext("What was not for us, and why")):
        for one in dismissed:
            st.markdown(f"### {md_escape(shortened(one.title))}")
            if one.news:
                st.markdown(frame.say.gettext("It changed since, so it is listed among your calls by fund again."))
            acting.problem(one.pursuit.call)
            with st.container(horizontal=True, vertical_alignment="center"):
                buttons(frame, one.pursuit.call, one.title, one.pursuit)
            details(frame, one)


def empty(frame: Frame) -> None:
    """What to do to have something here."""
    say = frame.say
    if frame.may(Permission.EDITOR):
        st.info(say.gettext("No call is saved yet. Press “Save” on a call that could be for you: it is kept here."))
    else:
        st.info(say.gettext("No call is saved yet. Whoever may change things for your organisation can save some."))
    st.page_link(
        "views/matches.py", label=say.gettext("See the calls"), icon=":material/list:", query_params=frame.query()
    )


def _counted(frame: Frame, stage: Stage, number: int) -> str:
    return frame.say.gettext(
        "%(stage)s (%(number)s)",
        stage=frame.say.term(terms.STAGES[stage]),
        number=frame.say.number(number),
    )
