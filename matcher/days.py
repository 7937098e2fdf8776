"""A day in English words: one form for terminal, screen and reasons. Knows nothing of calls."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """ "8 October 2026"."""
    return f"{day.day} {day:%B %Y}"
