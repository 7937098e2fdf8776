"""The organisation's own calls as a table that a council or a colleague can be given: CSV, and a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import words
from dashboard.frame import Frame
from matcher.languages import Speaker, terms
from matcher.model import Stage
from matcher.printable import one_line, safe_url
from matcher.workspaces.our_calls import OurCall

if TYPE_CHECKING:
    from dashboard.export.columns import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def files(frame: Frame, stages: Mapping[Stage, Sequence[OurCall]]) -> None:
    """Two buttons; a file is made when it is asked for."""
    say = frame.say

    def as_csv() -> bytes:
        from dashboard.export.csv_file import csv_file

        return csv_file(table(say, stages, frame.on))

    def as_workbook() -> bytes:
        from dashboard.export.workbook import workbook

        title = say.gettext("Our calls")
        return workbook(title, say.gettext("EU funds for integration"), table(say, stages, frame.on), (), title)

    with st.container(horizontal=True):
        st.download_button(say.gettext("List as XLSX"), as_workbook, "calls.xlsx", XLSX, on_click="ignore")
        st.download_button(say.gettext("List as CSV"), as_csv, "calls.csv", "text/csv", on_click="ignore")


def table(say: Speaker, stages: Mapping[Stage, Sequence[OurCall]], on: date) -> Table:
    """In the order of the page. Notes are left out: they are for members' eyes, and files travel."""
    from dashboard.export.columns import Column, Kind, Table

    columns = (
        Column(say.gettext("Title"), Kind.TEXT, 60, lambda one: one_line(one.title)),
        Column(say.gettext("Stage"), Kind.TEXT, 24, lambda one: say.term(terms.STAGES[one.pursuit.stage])),
        Column(say.gettext("Deadline"), Kind.DAY, 12, lambda one: one.deadline(on)),
        Column(say.gettext("Deadline as stated"), Kind.TEXT, 40, lambda one: _stated(say, one, on)),
        Column(say.gettext("Who sees to it"), Kind.TEXT, 24, lambda one: one_line(one.pursuit.owner)),
        Column(say.gettext("Put aside because"), Kind.TEXT, 30, lambda one: _reason(say, one)),
        Column(say.gettext("Changed since"), Kind.DAY, 12, lambda one: one.news[-1].on if one.news else None),
        Column(
            say.gettext("Official page"), Kind.LINK, 40, lambda one: safe_url(one.call.url) or "" if one.call else ""
        ),
    )
    ours = [one for some in stages.values() for one in some]
    return Table(columns, tuple(tuple(column.value(one) for column in columns) for one in ours))


def _stated(say: Speaker, one: OurCall, on: date) -> str:
    return words.next_deadline_words(say, one.call, on) if one.call else ""


def _reason(say: Speaker, one: OurCall) -> str:
    return say.term(terms.DISLIKES[one.pursuit.reason]) if one.pursuit.reason else ""
