"""A date in English words, as precisely as it is known: one form for terminal, screen and reasons."""

from __future__ import annotations

from datetime import date

from matcher.model import Precision

ORDINALS = ("first", "second", "third", "fourth")


def day_words(day: date) -> str:
    """ "8 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def date_words(first: date, precision: Precision) -> str:
    """A day, or the month, quarter or year that begins on `first`: "October 2026", "second quarter 2027", "2027"."""
    match precision:
        case Precision.MONTH:
            return f"{first:%B %Y}"
        case Precision.QUARTER:
            return f"{ORDINALS[(first.month - 1) // 3]} quarter {first.year}"
        case Precision.YEAR:
            return f"{first.year}"
        case _:
            return day_words(first)
