"""A month as a calendar sheet: how many calls open and close on each day. The list below it names them."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from dashboard.days import EARLIEST, LATEST
from dashboard.deadlines.days import Moment, What
from matcher.languages import Speaker
from matcher.model import Precision, last_day

INK, QUIET, LINE, TODAY, EMPTY = "#10161f", "#5b6b7d", "#cfd8e3", "#1f5a96", "#ffffff"
CELL = 62
"""Pixels of height of a day."""
SIGNS = {What.CLOSES: "◆", What.OPENS: "▶"}
"""As in the timeline."""


def first_of(text: str, on: date) -> date:
    """The month that an address names ("2026-03"), else that of the day; within the days that can be looked at."""
    try:
        named = date.fromisoformat(f"{text}-01") if len(text) == len("2026-03") else on
    except ValueError:
        named = on
    return min(max(named, EARLIEST), LATEST).replace(day=1)


def beside(month: date, step: int) -> date:
    """The first day of the month that lies so many months ahead."""
    year, number = divmod(month.year * 12 + month.month - 1 + step, 12)
    return date(year, number + 1, 1)


def name(month: date) -> str:
    """As addresses name it."""
    return f"{month:%Y-%m}"


def cells(month: date, found: Sequence[Moment], on: date) -> Iterator[dict[str, object]]:
    """Each day of the month: its week and weekday from 0, and what happens on it."""
    exact = Counter((one.first, one.what) for one in found if one.is_exact)
    before = month.weekday()
    for number in range(1, last_day(month, Precision.MONTH).day + 1):
        day, place = month.replace(day=number), before + number - 1
        signs = [f"{SIGNS[what]} {exact[day, what]}" for what in SIGNS if exact[day, what]]
        yield {"week": place // 7, "weekday": place % 7, "number": str(number), "is_today": day == on} | {
            "closes": signs[0] if exact[day, What.CLOSES] else "",
            "opens": signs[-1] if exact[day, What.OPENS] else "",
            "is_marked": bool(signs),
        }


def chart(say: Speaker, month: date, found: Sequence[Moment], on: date) -> Any:
    data = pd.DataFrame(cells(month, found, on))
    weekdays = [say.locale.days["stand-alone"]["abbreviated"][number] for number in range(7)]
    names = pd.DataFrame({"weekday": range(7), "week": -1, "name": weekdays})
    weeks = len(calendar.monthcalendar(month.year, month.month))
    base = alt.Chart(data).encode(
        x=alt.X("weekday:O", axis=None, scale=alt.Scale(domain=list(range(7)), paddingInner=0)),
        y=alt.Y("week:O", axis=None, scale=alt.Scale(domain=list(range(-1, weeks)), paddingInner=0)),
    )
    sheet = base.mark_rect(stroke=LINE, strokeWidth=1).encode(
        color=alt.when("datum.is_marked").then(alt.value("#eef2f7")).otherwise(alt.value(EMPTY)),
    )
    # after the sheet, so that no neighbour's line covers it
    today = base.transform_filter("datum.is_today").mark_rect(fillOpacity=0, stroke=TODAY, strokeWidth=3)
    numbers = base.mark_text(dy=-18, fontSize=12, color=QUIET).encode(text="number:N")
    closes = base.mark_text(dy=2, fontSize=13, color=INK, fontWeight=600).encode(text="closes:N")
    opens = base.mark_text(dy=20, fontSize=13, color="#14613a", fontWeight=600).encode(text="opens:N")
    heads = alt.Chart(names).mark_text(fontSize=12, color=INK, fontWeight=600)
    heads = heads.encode(x="weekday:O", y="week:O", text="name:N")
    layers = alt.layer(sheet, today, numbers, closes, opens, heads)
    return layers.properties(height=CELL * (weeks + 1), width="container").configure_view(strokeOpacity=0)
