"""Doing what a button says, and telling where it could not be done: a refusal is a sentence beside the button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from dashboard import queries
from dashboard.escape import md_escape
from dashboard.widgets import problem_words
from matcher.languages import Speaker
from matcher.workspaces.desk import Desk


def act(say: Speaker, place: str, done: Callable[[Desk, datetime], object]) -> None:
    """Do it as whoever looks, now; what went wrong is kept for `problem` at that place."""
    try:
        done(queries.desk(), datetime.now(UTC))
    except queries.problems() as trouble:
        st.session_state[_key(place)] = problem_words(say, trouble)


def problem(place: str) -> None:
    """What went wrong there since it was last told."""
    if sentence := st.session_state.pop(_key(place), ""):
        st.error(md_escape(sentence), icon=":material/error:")


def _key(place: str) -> str:
    return f"problem at {place}"
