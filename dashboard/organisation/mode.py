"""What the page is for, by its address: a link to the empty form can be sent to a colleague."""

from __future__ import annotations

from enum import StrEnum

import streamlit as st

PARAMETER = "form"


class Mode(StrEnum):
    LOOK = ""
    NEW = "new"
    COPY = "copy"
    """A new organisation that begins with the facts of the one that is chosen."""
    EDIT = "edit"
    DELETE = "delete"


def mode() -> Mode:
    asked = st.query_params.get(PARAMETER, "")
    return Mode(asked) if asked in set(Mode) else Mode.LOOK


def go(to: Mode) -> None:
    """For the callback of a button, or before the page is drawn anew."""
    if to is Mode.LOOK:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = to.value
