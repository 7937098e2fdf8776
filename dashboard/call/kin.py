"""Draws the calls that belong to a call: sub-grants under it, other topics, other editions, the programme's year."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.call.drawing import drawn
from dashboard.escape import md_escape
from dashboard.told import one_call
from dashboard.told.kin import Kin, told
from dashboard.told.reader import Reader
from matcher.model import Call
from matcher.related import Related

SHOWN = 5
"""Calls of a group that are drawn at once."""
MOST = 100
"""Calls of a group that are drawn at most; their number is told."""


def section(reader: Reader, found: Related, find: Callable[[Sequence[str]], Sequence[Call]]) -> None:
    """`find`: the calls with these ids."""
    groups = told(reader.say, found, find, SHOWN)
    drawn(reader.say, "related", **one_call.kin(groups, reader))
    for group in groups:
        if group.rest:
            _further(reader, group, find)


def _further(reader: Reader, group: Kin, find: Callable[[Sequence[str]], Sequence[Call]]) -> None:
    """The others of a group, read once a reader opens them."""
    rest = group.rest[: MOST - SHOWN]
    label = reader.say.ngettext("%(num)s more: %(title)s", "%(num)s more: %(title)s", len(rest), title=group.title)
    folded = st.expander(md_escape(label), on_change="rerun", key=f"more from {rest[0]}")
    if folded.open:
        with folded:
            drawn(reader.say, "pages", pages=one_call.pages(find(rest), reader))
