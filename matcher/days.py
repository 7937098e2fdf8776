"""A date as precisely as it is known: in English words for terminal, screen and reasons, in ISO 8601 for programs."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from matcher.model import Precision
from matcher.model.said import Said, a_day

BRUSSELS = ZoneInfo("Europe/Brussels")
"""The hour of the Commission's deadlines, and of our readers' Mondays."""
KEPT = 5_000
"""Days that are kept in words: the same ones stand in many sentences."""
ORDINALS = ("first", "second", "third", "fourth")


def day_words(day: date) -> Said:
    """ "8 October 2026"."""
    return date_words(day, Precision.DAY)


@lru_cache(maxsize=KEPT)
def date_words(first: date, precision: Precision) -> Said:
    """A day, or the month, quarter or year that begins on `first`: "October 2026", "second quarter 2027", "2027"."""
    return a_day(_english(first, precision), first, precision)


def _english(first: date, precision: Precision) -> str:
    match precision:
        case Precision.MONTH:
            return f"{first:%B %Y}"
        case Precision.QUARTER:
            return f"{ORDINALS[(first.month - 1) // 3]} quarter {first.year}"
        case Precision.YEAR:
            return f"{first.year}"
        case _:
            return f"{first.day} {first:%B %Y}"


def day_iso(first: date, precision: Precision) -> str:
    """The same for programs: "2027-03-02", "2027-03", "2027-Q1", "2027"."""
    match precision:
        case Precision.MONTH:
            return f"{first:%Y-%m}"
        case Precision.QUARTER:
            return f"{first.year}-Q{(first.month - 1) // 3 + 1}"
        case Precision.YEAR:
            return f"{first.year:04}"
        case _:
            return first.isoformat()
