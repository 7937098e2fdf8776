"""What a publisher's word on the state of a call adds to its days: opened, closed, or something else. Pure.

The days are believed first (Call.status): a label that follows the calendar, or lags behind it, is no news.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from matcher.model import Call, CallStatus, EventKind, FieldChange, MaterialField

BEFORE_OPENING = (CallStatus.FORTHCOMING, CallStatus.UNKNOWN)


class Turn(NamedTuple):
    kind: EventKind
    day: date | None = None
    changes: tuple[FieldChange, ...] = ()


def turn(before: Call, now: Call, on: date) -> Turn | None:
    """What another label makes of a call; None where it says nothing that the days did not say already."""
    was, said = before.published_status, now.published_status
    if said in (was, CallStatus.UNKNOWN):
        return None
    held, holds = before.status(on), now.status(on)
    if holds is CallStatus.OPEN and held is not holds and was in BEFORE_OPENING:
        return Turn(EventKind.OPENED, now.opening)
    if holds is CallStatus.CLOSED and held is not holds:
        return Turn(EventKind.CLOSED, on)
    taken_back = was is CallStatus.CLOSED and held is not CallStatus.CLOSED
    if (said is holds and not taken_back) or was is CallStatus.UNKNOWN or _is_over(before, on):
        return None
    return Turn(EventKind.CHANGED, changes=(FieldChange(field=MaterialField.STATE, was=(was,), now=(said,)),))


def _is_over(call: Call, on: date) -> bool:
    """On its last day a call may be called closed: the hour has struck."""
    return call.final_day is not None and call.final_day <= on
