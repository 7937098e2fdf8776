"""Records of a daily feed as calls: only what the ledger looks at. Pure.

Not how the crawler understands the portal: the feed is what somebody else made of it, and is used as a proof.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from matcher.days import BRUSSELS
from matcher.ledger.series import Row
from matcher.model import Budget, Call, CallKind, CallStatus, Deadline, GrantSize, Money, Precision

SOURCE = "series"
KINDS = {"1": CallKind.TOPIC, "2": CallKind.EXTERNAL_ACTION, "8": CallKind.CASCADE}
STATES = {"31094501": CallStatus.FORTHCOMING, "31094502": CallStatus.OPEN, "31094503": CallStatus.CLOSED}
"""The portal's ids."""


def as_call(row: Row, on: date) -> Call:
    """The record as a call, read on that day. Raises ValueError for a time that is none."""
    opening = moment(row.startDate)
    total, grants, least, most = (*row.budget, None, None, None, None)[:4]
    budget = _money(total)
    return Call(
        source=SOURCE,
        reference=row.id,
        identifier=row.identifier.strip() or row.id,
        title=row.title.strip() or row.identifier.strip() or row.id,
        kind=KINDS.get(row.kind, CallKind.CALL),
        url=row.url,
        programme=row.programme or None,
        published_status=STATES.get(row.status, CallStatus.UNKNOWN),
        opening=opening.date() if opening else None,
        deadlines=_deadlines(row.deadlineDate),
        budget=Budget(total=budget) if budget else None,
        grant=GrantSize(minimum=_money(least), maximum=_money(most), expected_grants=int(grants) if grants else None),
        as_of=on,
    )


def moment(text: str) -> datetime | None:
    """A time of the feed in Brussels; None where none is said. Raises ValueError."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(BRUSSELS)
    except OverflowError as error:
        raise ValueError(f"{text!r} is no time that a calendar has") from error


def _deadlines(text: str) -> tuple[Deadline, ...]:
    found = moment(text)
    if found is None:
        return ()
    if found.astimezone(UTC).time() == time(0):  # the feed's way to give a day alone
        return (Deadline(day=found.date()),)
    return (Deadline(day=found.date(), at=found.time(), zone=BRUSSELS.key, precision=Precision.MINUTE),)


def _money(amount: float | int | None) -> Money | None:
    return Money(amount=Decimal(str(amount))) if amount and amount > 0 else None
