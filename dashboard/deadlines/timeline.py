"""The timeline: a bar for each call from its opening to its last deadline. The list beside it says the same."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from dashboard.call.blocks import TITLE
from dashboard.deadlines.days import Moment, What
from dashboard.deadlines.sentences import day_words, what
from dashboard.frame import Frame
from matcher.languages import Speaker
from matcher.printable import one_line

Drawing = Any
"""A chart: altair types what its methods answer only in part."""

MOST = 30
"""Calls that are drawn: more make no picture. The list has all."""
WIDE, LINES = 46, 3
"""Characters of a line of a title at a phone's width, and lines of a title."""
LINE, BAR, GAP = 15, 12, 14
"""Pixels: height of a line and of a bar, and what lies between two calls."""
TOP = 26
TICKS = 5
"""Labels below which a phone has room for each."""
INK, QUIET, SPAN = "#10161f", "#5b6b7d", "#c9d6e6"
COLOURS = {
    "AMIF": "#1f5a96",
    "ESF+": "#8a3b12",
    "ERDF": "#14613a",
    "Erasmus+": "#5b2a9d",
    "CERV": "#8c1d4f",
    "": "#4a5563",
}
"""Of the funds. Each title names its fund too."""


@dataclass(frozen=True)
class Row:
    """A call in the picture: its lines of text and where it lies, in pixels from the top."""

    moments: tuple[Moment, ...]
    lines: tuple[str, ...]
    top: int

    @property
    def bar(self) -> int:
        return self.top + LINE * len(self.lines) + BAR // 2

    @property
    def bottom(self) -> int:
        return self.bar + BAR // 2 + GAP


def rows(found: Sequence[Moment]) -> list[Row]:
    """The first MOST calls by the day that comes first; `found` is in the order of days."""
    by_call: dict[str, list[Moment]] = {}
    for one in found:
        by_call.setdefault(one.call.id, []).append(one)
    made: list[Row] = []
    for of in list(by_call.values())[:MOST]:
        made.append(Row(tuple(of), _lines(of[0]), made[-1].bottom if made else TOP))
    return made


def chart(frame: Frame, drawn: Sequence[Row]) -> Drawing:
    """`drawn`: at least one."""
    end = max(one.last for row in drawn for one in row.moments) + timedelta(days=3)
    height = drawn[-1].bottom
    x, y = alt.X("from:T", axis=None), alt.Y("y:Q", axis=None)
    layers: list[Drawing] = [
        _ground(frame.on, end, height),
        _ticks(frame.say, frame.on, end, x),
        _bars(frame, drawn, x, y),
        _ranges(frame.say, drawn, x, y),
        _marks(frame.say, drawn, x, y),
        _titles(drawn, y),
        _today(frame, x),
    ]
    return alt.layer(*layers).properties(height=height, width="container").configure_view(strokeOpacity=0)


def _ground(on: date, end: date, height: int) -> Drawing:
    """Nothing to see: the frame of days and pixels that all other layers share."""
    x = alt.X("from:T", axis=None, scale=alt.Scale(domain=[_at(on), _at(end)], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False))
    return alt.Chart(pd.DataFrame([{"from": _at(on), "y": 0}])).mark_point(opacity=0).encode(x=x, y=y)


def _bars(frame: Frame, drawn: Sequence[Row], x: alt.X, y: alt.Y) -> Drawing:
    """From the opening, or today where it is open, to the last deadline."""
    data = [
        {
            "from": _at(_begins(row, frame.on)),
            "to": _at(max(one.last for one in row.moments)),
            "y": row.bar,
            "colour": COLOURS.get(row.moments[0].call.fund or "", COLOURS[""]),
            "title": one_line(row.moments[0].call.title, TITLE),
        }
        for row in drawn
    ]
    bar = alt.Chart(pd.DataFrame(data)).mark_bar(height=4, opacity=0.55)
    return bar.encode(x=x, x2="to:T", y=y, color=alt.Color("colour:N", scale=None), tooltip=["title:N"])


def _ranges(say: Speaker, drawn: Sequence[Row], x: alt.X, y: alt.Y) -> Drawing:
    """What is known only to the month, quarter or year: all of it, since it may be any of its days."""
    vague = [(row, one) for row in drawn for one in row.moments if not one.is_exact]
    data = [
        {"from": _at(one.first), "to": _at(one.last + timedelta(days=1)), "y": row.bar, "says": _says(say, one)}
        for row, one in vague
    ]
    made = alt.Chart(_frame(data)).mark_bar(height=BAR, color=SPAN, stroke=QUIET, strokeDash=[3, 2])
    return made.encode(x=x, x2="to:T", y=y, tooltip=["says:N"])


def _marks(say: Speaker, drawn: Sequence[Row], x: alt.X, y: alt.Y) -> Drawing:
    """An opening is a triangle, a deadline a diamond."""
    exact = [(row, one) for row in drawn for one in row.moments if one.is_exact]
    data = [
        {
            "from": _at(one.first),
            "y": row.bar,
            "shape": "triangle-right" if one.what is What.OPENS else "diamond",
            "colour": COLOURS.get(one.call.fund or "", COLOURS[""]),
            "says": _says(say, one),
        }
        for row, one in exact
    ]
    made = alt.Chart(_frame(data)).mark_point(filled=True, size=120, opacity=1)
    shape, colour = alt.Shape("shape:N", scale=None), alt.Color("colour:N", scale=None)
    return made.encode(x=x, y=y, shape=shape, color=colour, tooltip=["says:N"])


def _titles(drawn: Sequence[Row], y: alt.Y) -> Drawing:
    data = [
        {"y": row.top + LINE * number + LINE // 2, "text": text}
        for row in drawn
        for number, text in enumerate(row.lines)
    ]
    made = alt.Chart(_frame(data)).mark_text(align="left", dx=6, fontSize=12, color=INK)
    return made.encode(x=alt.value(0), y=y, text="text:N")


def _today(frame: Frame, x: alt.X) -> Drawing:
    data = pd.DataFrame([{"from": _at(frame.on), "text": frame.say.day(frame.on)}])
    return alt.Chart(data).mark_rule(color=INK, strokeWidth=2).encode(x=x, tooltip=["text:N"])


def _ticks(say: Speaker, on: date, end: date, x: alt.X) -> Drawing:
    """The beginnings of months, named at the top in the reader's language."""
    shown = months(on, end)
    lines = alt.Chart(_frame([{"from": _at(day)} for day in shown])).mark_rule(color="#dfe5ec").encode(x=x)
    names = [{"from": _at(day), "text": text} for day, text in month_names(say, shown) if end - day > (end - on) / 12]
    named = alt.Chart(_frame(names)).mark_text(align="left", dx=4, fontSize=11, color=QUIET, baseline="top")
    return alt.layer(lines, named.encode(x=x, y=alt.value(0), text="text:N"))


def months(on: date, end: date) -> list[date]:
    """First days of at most TICKS months, in equal steps."""
    first = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    number = max(0, (end.year - first.year) * 12 + end.month - first.month + 1)
    step = next(one for one in (1, 2, 3, 6, 12, 24, 60, 1200) if number <= one * TICKS)
    counted = range(0, number, step)
    return [date(first.year + (first.month - 1 + one) // 12, (first.month - 1 + one) % 12 + 1, 1) for one in counted]


def month_names(say: Speaker, shown: Sequence[date]) -> Iterator[tuple[date, str]]:
    """Short, since a phone has 56 pixels for each; with the year where it is another than that of the month before."""
    names, year = say.locale.months["stand-alone"]["abbreviated"], 0
    for day in shown:
        yield day, names[day.month] if day.year == year else f"{names[day.month]} {day.year}"
        year = day.year


def _lines(one: Moment) -> tuple[str, ...]:
    title = " · ".join(filter(None, (one.call.fund, one_line(one.call.title, TITLE))))
    return tuple(textwrap.wrap(title, WIDE, max_lines=LINES, placeholder=" …"))


def _begins(row: Row, on: date) -> date:
    return max(on, next((one.first for one in row.moments if one.what is What.OPENS), on))


def _says(say: Speaker, one: Moment) -> str:
    return f"{what(say, one)}: {day_words(say, one)}"


def _frame(data: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(data, columns=list(data[0]) if data else ["from", "to", "y", "shape", "colour", "says", "text"])


def _at(day: date) -> str:
    """Without a zone: a day begins at midnight wherever the reader is."""
    return f"{day.isoformat()}T00:00:00"
