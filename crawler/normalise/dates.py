"""Days and times as sources write them: ISO forms of the portal, and English dates. No clock, no guessing of order."""

from __future__ import annotations

import re
from datetime import date, datetime, time

FORMS = ("2025-10-02", "2025-10-02T00:00:00.000+0000", "23 November 2023", "23/11/2023 where the day is above 12")
"""What is understood, for messages."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun")),
            *(("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct")),
            *(("november", "nov"), ("december", "dec")),
        ),
        start=1,
    )
    for name in names
}
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})")
MONTH_DAY = re.compile(r"([A-Za-z]+)\.?,?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
LEAD = re.compile(r"^(?:publication of the call|opening|opens|open from|from|on|as of)\s*:?\s+", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?")


def parse_day(text: str) -> date | None:
    """The day a text states, and nothing but that; None when it is no date, or one that can be read in two ways."""
    moment = parse_moment(text)
    return moment.date() if moment else None


def parse_moment(text: str) -> datetime | None:
    """Day and time of day as written, without zone and cut to the minute; midnight when no time is stated.

    The mark of the zone is dropped, for it cannot be trusted: the caller knows what it means for its records.
    """
    stripped = LEAD.sub("", text.strip())
    if found := ISO.fullmatch(stripped):
        year, month, day, hour, minute, _ = (int(part or 0) for part in found.groups())
        return _moment(year, month, day, hour, minute)
    if found := DAY_MONTH.fullmatch(stripped):
        return _moment(int(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := MONTH_DAY.fullmatch(stripped):
        return _moment(int(found[3]), MONTHS.get(found[1].lower(), 0), int(found[2]))
    if (found := SLASHED.fullmatch(stripped)) and int(found[1]) > 12:
        return _moment(int(found[3]), int(found[2]), int(found[1]))
    return None


def parse_clock(text: str) -> time | None:
    """A time of day such as 17:00 or 17h00."""
    found = CLOCK.fullmatch(text.strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    return None


def _moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute)
    except ValueError:
        return None
