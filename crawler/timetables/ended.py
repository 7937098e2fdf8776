"""Calls that their register marks as over, without the days that no longer hold. Pure."""

from __future__ import annotations

import re
from datetime import date

from crawler.source import RawCall, Source

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def without_void_days(call: RawCall, source: Source, on: date) -> RawCall:
    """A call that is marked as closed, stopped or cancelled, without its ISO days after `on`; any other as it is.

    Authorities close calls early, when the money is used up, and leave the day standing: it would say that the call is
    open. What the mark means stands in the registry entry.
    """
    if source.lookups.get("status", {}).get(call.status) != "closed":
        return call
    kept = tuple(day for day in call.deadlines if not _is_ahead(day, on))
    return call.model_copy(update={"opening": "" if _is_ahead(call.opening, on) else call.opening, "deadlines": kept})


def _is_ahead(day: str, on: date) -> bool:
    """Whether a text is an ISO day, or begins with one, after `on`; any other text is left to who reads dates."""
    return DAY.match(day) is not None and day[:10] > on.isoformat()
