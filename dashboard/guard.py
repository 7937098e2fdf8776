"""What can go wrong in a part of a page that Streamlit runs by itself, outside the guard of `dashboard.app`: a fragment
or a dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import streamlit as st

from dashboard import queries, widgets

if TYPE_CHECKING:
    from dashboard.frame import Frame

P = ParamSpec("P")


def guarded(draw: Callable[Concatenate[Frame, P], None]) -> Callable[Concatenate[Frame, P], None]:
    """The same, but what a reader can mend is told in its place, in a sentence."""

    @wraps(draw)
    def drawn(frame: Frame, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(frame, *args, **kwargs)
        except queries.problems() as problem:
            if queries.is_to_be_asked_again(problem):
                st.rerun()
            widgets.problem(frame.say, problem)

    return drawn
