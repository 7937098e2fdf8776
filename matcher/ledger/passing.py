"""What the calendar alone brings: calls that open, are about to close and close. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from matcher.model import Call, Event


def pass_time(calls: Iterable[Call], since: date, on: date, known: Iterable[Event] = ()) -> tuple[Event, ...]:
    """The events of the days after `since` up to `on` that are still true `on` that day; none that is `known`.

    `known`: the events of the ledger, the silent ones too. Idempotent: given twice, the ledger keeps them once.
    """
    raise NotImplementedError


def urgent_sources(calls: Iterable[Call], on: date) -> tuple[str, ...]:
    """Sources that hold running calls with a deadline within three days: to be read daily, whatever their frequency."""
    raise NotImplementedError
