"""The days that can be looked at, as an address names them. Pure."""

from __future__ import annotations

from datetime import date

EARLIEST, LATEST = date(2014, 1, 1), date(2035, 12, 31)
"""The programming periods that calls are known of."""


def read(text: str) -> date | None:
    """The day that an address names ("2026-03-10"); None for what is no day, or lies too far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
