"""Tells a record into whose cells somebody wrote two calls. Pure; takes nothing apart, for that would be a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.timetables.entries import Doubt, Entry
from crawler.timetables.mapping import Field

LINES = re.compile(r"\n")
CODES = re.compile(r"[\n;]")
NUMBERED = re.compile(r"(?:^|\s)(\d|[a-h]|[IVX]{1,4})[.)]\s+(?=\S)")
"""What opens a part of a numbered cell: `1. `, `b) `, `II. `."""
SERIES = ("123456789", "abcdefgh", ("I", "II", "III", "IV", "V", "VI", "VII", "VIII"))
CODE_SHAPE = re.compile(r"\d+")
BESIDE = (Field.OPENING, Field.DEADLINES, Field.BUDGET)
PROBLEM = "looks like several calls in one row; kept as one, for what belongs to which cannot be told"


def packed_calls(entry: Entry) -> Doubt | None:
    """The cell that holds several calls: codes of one shape, or as many titles as days or amounts beside them."""
    codes = _parts(entry.text(Field.CODE), CODES)
    if len(codes) > 1 and len({CODE_SHAPE.sub("9", code) for code in codes}) == 1 and CODE_SHAPE.search(codes[0]):
        return _doubt(entry, Field.CODE)
    titles = entry.text(Field.TITLE)
    counts = {len(_parts(titles)), len(_numbered(titles))} - {0, 1}
    texts = [text for name in BESIDE for text in entry.values.get(name, ())]
    beside = {len(split(text)) for text in texts for split in (_parts, _numbered)}
    return _doubt(entry, Field.TITLE) if counts & beside else None


def _doubt(entry: Entry, name: Field) -> Doubt:
    return Doubt(name, PROBLEM, entry.text(name), entry.columns.get(name, ""))


def _parts(text: str, between: re.Pattern[str] = LINES) -> Sequence[str]:
    return [kept for part in between.split(text) if (kept := part.strip())]


def _numbered(text: str) -> Sequence[str]:
    """The parts of a cell that numbers itself, from its first character on; days of months are no numbers of parts."""
    marks = NUMBERED.findall(text.strip())
    is_series = any(list(series[: len(marks)]) == marks for series in SERIES)
    return [part for part in NUMBERED.split(text)[2::2] if part.strip()] if is_series else []
