"""Finds the dates that a text names, in any language of the EU, with what each leaves open. Knows no time of day.

Strict: a date that does not exist, has a two-digit year or the wrong weekday is found, but as one that cannot be used,
so that no part of it is taken for another date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from crawler.normalise.date_patterns import FORMS, Names, fold, forms, names
from matcher.model import Precision

__all__ = ["FORMS", "Written", "find_dates"]

SHORT_YEAR = re.compile(r"(?<![\w.,/-])\d{1,2}([./-])\s?\d{1,2}\1\s?\d{2}(?![\w/-]|[.,]\d)")
LONG = 20_000
"""Characters of a text that are searched."""


class Written(NamedTuple):
    """A date and where it stands. `day` is the first of its month or quarter; None for one that cannot be used.

    `yearless`: only day and month are stated, and `day` is in a leap year, to be replaced.
    """

    start: int
    end: int
    day: date | None
    precision: Precision
    yearless: bool = False
    numeric: bool = False


LEAP = 1904
"""A year that has all days; long before any call."""


def find_dates(text: str, languages: tuple[str, ...]) -> list[Written]:
    """The dates of a text in order, none inside another; of two that overlap the longer one counts."""
    found = {written for language in languages for written in _in_language(text[:LONG], language)}
    found |= {Written(m.start(), m.end(), None, Precision.DAY, numeric=True) for m in SHORT_YEAR.finditer(text[:LONG])}
    chosen: list[Written] = []
    for written in sorted(found, key=lambda w: (w.start - w.end, w.yearless, w.start, w.day is None, w.day)):
        if all(written.end <= other.start or other.end <= written.start for other in chosen):
            chosen.append(written)
    return sorted(chosen)


def _in_language(text: str, language: str) -> Iterator[Written]:
    known = names(language)
    for pattern, precision in forms(language):
        for match in pattern.finditer(text):
            written = _written(match, precision, known)
            if precision is Precision.DAY or not _cut_off(text, match):
                yield written


def _cut_off(text: str, match: re.Match[str]) -> bool:
    """The month or quarter belongs to a day that stands before or behind it and was not understood."""
    before, after = text[: match.start()].rstrip(" .,\u00a0"), text[match.end() :].lstrip(" .,\u00a0")
    names_year_last = match.end() == match.end("year")
    return bool(re.search(r"(?<!\d)\d{1,2}$", before)) or (
        not names_year_last and bool(re.match(r"\d{1,2}(?!\d|[:.]\d\d)", after))
    )


def _written(match: re.Match[str], precision: Precision, known: Names) -> Written:
    parts = match.groupdict()
    year = parts.get("year")
    month = _month(parts, known)
    day = _date(int(year or LEAP), month, int(parts.get("day") or 1))
    weekday = parts.get("weekday")
    if day and year and weekday and known.weekdays[fold(weekday)] != day.weekday():
        day = None
    numeric = parts.get("month") is not None
    return Written(match.start(), match.end(), day, precision, yearless=not year, numeric=numeric)


def _month(parts: dict[str, str | None], known: Names) -> int:
    if quarter := parts.get("quarter"):
        return known.quarters[fold(quarter)] * 3 - 2
    if name := parts.get("name"):
        return known.months[fold(name)]
    return int(parts.get("month") or 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
