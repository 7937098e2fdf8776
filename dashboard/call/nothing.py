"""Draws what a reader sees where the address names no call, or none that is known."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.call.blocks import TITLE, listed, titled
from dashboard.escape import md_escape
from dashboard.frame import Frame
from matcher.languages import Speaker
from matcher.model import Call
from matcher.printable import one_line

LONGEST = 100
"""Characters of a name that are said again."""


def named(say: Speaker) -> None:
    st.title(say.gettext("One call"), anchor=False)
    st.info(say.gettext("The address of this page names no call. Choose one from the calls by fund."))


def known(frame: Frame, key: str, near: Sequence[Call]) -> None:
    """Below a title of the page. `near`: the calls that could be meant."""
    say = frame.say
    st.error(say.gettext("No call goes by the name “%(name)s” here, or several do.", name=titled(key, LONGEST)))
    if near:
        links = listed(f"- {_link(frame, call)} ({md_escape(call.code or call.id)})" for call in near)
        st.markdown(f"{md_escape(say.gettext('Perhaps you mean:'))}\n\n{links}")
    else:
        st.markdown(say.gettext("It may have been withdrawn, or its source was not read yet. See all calls by fund."))


def _link(frame: Frame, call: Call) -> str:
    """In Markdown, to that call's page."""
    return f"[{md_escape(one_line(call.title, TITLE))}](?{urlencode(frame.query(call=call.id))})"
