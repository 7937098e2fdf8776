"""Reads a field that holds dates, as a page shows them: days, times of day, zones, months, quarters, stages.

Every word of the field must be understood, else nothing is taken from it. Knows no call and no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from crawler.normalise.clocks import MIDNIGHT, NO_ZONE, read_clock
from crawler.normalise.date_patterns import fold, names
from crawler.normalise.date_words import any_of, beside, date_words, phrase
from crawler.normalise.languages import EU_LANGUAGES
from crawler.normalise.loose_dates import find_loosely
from crawler.normalise.numerals import Unclear
from crawler.normalise.written_dates import Written, find_dates
from matcher.model import Precision

READ = ("15 June 2026 14:00 CEST", "30/09/2026", "2026-09-30T15:00:00Z", "June 2027", "Q2 2027", "2027")
"""What is understood, for messages."""
LONG = 1000
PARTS = re.compile(r"\s*(?:\||;|\n|\u2022)\s*")
LABEL = re.compile(r"^(?P<label>[^\d:|]{2,80}?(?:\d\s?[^\d:|]{0,40}?)?):\s+|^(?P<tight>[^\W\d][^\d:]{2,80}):(?=\d)")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?")
NUMBER = re.compile(r"\d+")
YEAR = re.compile(r"(?<![\d./-])20\d\d(?![\d/-]|\.\d)")
GLUED = re.compile(r"\b(mid|mi)-(?=\w)|\b(sal)-(?=\d)", re.IGNORECASE)
"""mid-June, mi-juin, sal-5 ta' Mejju: before a date no hyphen of a code."""
REST = re.compile(r"[^\s,.()\[\]:/–—-]+")


class Moment(NamedTuple):
    """A point in time as far as it is stated. `day` is the first day of a month, quarter or year.

    `time` goes with precision minute; `zone` is an IANA name, None where the one stated cannot be trusted. `stage` is
    1 or 2 where the text says so, `opens` marks the first end of a span, `doubt` says what was left out and why.
    """

    day: date
    time: time | None = None
    zone: str | None = None
    precision: Precision = Precision.DAY
    stage: int | None = None
    opens: bool = False
    doubt: str = ""


@lru_cache(maxsize=4096)
def read_moments(text: str, language: str, zone: str) -> tuple[Moment, ...]:
    """All that a text states, in its order. `language` is that of the page; any other is tried after it and English.

    `zone` is that of times that name none; empty where it is not known.

    Raises Unclear where a word or number remains that is not understood, or where two languages read it differently.
    """
    if len(text) > LONG:
        raise Unclear(f"{len(text):,} characters, where a date was expected")
    parts = [part for part in PARTS.split(normalize("NFC", text.strip())) if re.search(r"\w", part)]
    if not parts:
        raise Unclear("no date")
    return tuple(moment for part in parts for moment in _moments(part, language, zone))


def _moments(part: str, language: str, zone: str) -> tuple[Moment, ...]:
    first = tuple(dict.fromkeys((language, "en"))) if language in EU_LANGUAGES else ("en",)
    try:
        return _in_languages(part, first, zone)
    except Unclear as doubt:
        others = {found for other in _plausible(part) if (found := _tried(part, (other,), zone))}
        if len(others) != 1:
            raise doubt
        return others.pop()


def _plausible(part: str) -> Iterator[str]:
    """The languages in which a text may hold a date; the patterns of all take seconds to make.

    No language writes a date without a number, nor one with a single number without the name of a month or quarter.
    """
    numbers, folded = NUMBER.findall(part), fold(part)
    for language in EU_LANGUAGES if numbers else ():
        known = names(language)
        if len(numbers) > 1 or any(name in folded for name in (*known.months, *known.quarters)):
            yield language


def _tried(part: str, languages: tuple[str, ...], zone: str) -> tuple[Moment, ...] | None:
    try:
        return _in_languages(part, languages, zone)
    except Unclear:
        return None


def _in_languages(part: str, languages: tuple[str, ...], zone: str) -> tuple[Moment, ...]:
    stage = _stage(part)
    text = GLUED.sub(lambda found: f"{found[0][:-1]} ", _without_label(part))
    if found := ISO.search(text):
        _nothing_else(text[: found.start()] + " " + text[found.end() :], stage)
        return (_instant(found, zone)._replace(stage=stage),)
    dates = find_dates(text, languages) or find_loosely(text, languages)
    if any(written.day is None for written in dates):
        wrong = next(text[w.start : w.end] for w in dates if w.day is None)
        raise Unclear(f"{wrong.strip()!r} is no day of the calendar, or its year is not clear")
    if not dates:
        return (_bare_year(text, stage),)
    if len(dates) > 2 and phrase("moved").search(text):
        raise Unclear("a date that was moved, among several")
    return tuple(moment._replace(stage=stage) for moment in _stated(text, with_years(dates), zone))


def _stated(text: str, dates: list[Written], zone: str) -> list[Moment]:
    """The moments of the dates of a text, each with the time of day that stands beside it."""
    cuts = [_joiner(text, one, other) for one, other in pairwise(dates)]
    starts = [0, *(end for _, end, _ in cuts)]
    ends = [*(start for start, _, _ in cuts), len(text)]
    moments = [_moment(text, *each, zone) for each in zip(starts, ends, dates, strict=True)]
    if phrase("moved").search(text):
        return moments[-1:]
    opens = [is_span for _, _, is_span in cuts]
    if any(opens) and len(dates) != 2:
        raise Unclear("a span among several dates")
    return [moment._replace(opens=opens[:1] == [True] and at == 0) for at, moment in enumerate(moments)]


def _moment(text: str, start: int, end: int, written: Written, zone: str) -> Moment:
    around = text[start : written.start] + " " * 3 + text[written.end : end]
    clock = read_clock(around, zone)
    _nothing_else(clock.rest, None)
    assert written.day is not None
    if clock.at is None or written.precision is not Precision.DAY:
        return Moment(written.day, precision=written.precision, doubt=clock.doubt)
    return Moment(written.day, clock.at, clock.zone, Precision.MINUTE, doubt=clock.doubt)


def _joiner(text: str, one: Written, other: Written) -> tuple[int, int, bool]:
    """Where the text between two dates parts them, and whether it makes a span of them. Raises Unclear for neither."""
    between = text[one.end : other.start]
    for key in ("span", "both"):
        pattern = rf"(?<!\w)(?:{any_of(date_words()[key])})(?!\w)"
        if found := list(re.finditer(pattern, between, re.IGNORECASE)):
            return one.end + found[-1].start(), one.end + found[-1].end(), key == "span"
    raise Unclear(f"two dates, and between them {between.strip()!r}")


def with_years(dates: list[Written]) -> list[Written]:
    """Days without a year take that of the next date; "1 December to 31 January 2027" begins in the year before."""
    known: list[Written] = []
    for written in reversed(dates):
        if written.yearless:
            if not known or known[0].day is None or written.day is None:
                raise Unclear("a day without a year")
            year = known[0].day.year
            earlier = (written.day.month, written.day.day) <= (known[0].day.month, known[0].day.day)
            written = written._replace(day=_in_year(written.day, year if earlier else year - 1), yearless=False)
        known.insert(0, written)
    return known


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        raise Unclear(f"{year} has no 29 February") from None


def _bare_year(text: str, stage: int | None) -> Moment:
    found = YEAR.findall(text)
    if len(found) != 1:
        raise Unclear("no date that can be read in one way only")
    _nothing_else(YEAR.sub(" ", text), stage)
    return Moment(date(int(found[0]), 1, 1), precision=Precision.YEAR, stage=stage)


def _instant(found: re.Match[str], zone: str) -> Moment:
    """An ISO time: with an offset an instant, shown on the clocks of the zone; without one it is theirs already.

    Where the zone is not known, it is shown as written.
    """
    try:
        moment = datetime.fromisoformat(found[0])
    except ValueError:
        raise Unclear(f"{found[0]!r} is no time of the calendar") from None
    local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo and zone else moment
    at = time(local.hour, local.minute)
    if at == time(0):
        return Moment(local.date(), doubt=MIDNIGHT if found["offset"] else "")
    if zone or not moment.tzinfo:
        return Moment(local.date(), at, zone or None, Precision.MINUTE)
    if moment.utcoffset() == timedelta(0):
        return Moment(local.date(), at, "UTC", Precision.MINUTE)
    return Moment(local.date(), at, None, Precision.MINUTE, doubt=NO_ZONE)


def _without_label(part: str) -> str:
    """The text behind "Closing date:"; what a label says of stages is read apart."""
    return LABEL.sub("", part, count=1)


def _stage(part: str) -> int | None:
    found = [stage for stage in (1, 2) if phrase("stages", stage).search(part)]
    return found[0] if len(found) == 1 else None


def _nothing_else(text: str, stage: int | None) -> None:
    """Raises Unclear when a word or number remains that is none of those that stand beside dates."""
    if stage or _stage(text):
        text = phrase("stages", stage or _stage(text)).sub(" ", text)
    text = phrase("moved").sub(" ", text)
    known = beside()
    strange = [word for word in REST.findall(text) if word.casefold().strip("'’") not in known]
    if strange:
        raise Unclear(f"not understood: {' '.join(strange)}")
