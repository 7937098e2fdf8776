"""Rows of the outbox as mails, and which mails of one subscription stand in each other's way. Pure but for `read`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from matcher.model import MailKind, MailState, OutboxMail, SubscriptionState, Telling
from matcher.store.tables import outbox

IN_FLIGHT = (MailState.SENDING, MailState.HANDED_OVER)
WANTED_BY = {
    MailKind.DIGEST: (SubscriptionState.CONFIRMED,),
    MailKind.URGENT: (SubscriptionState.CONFIRMED,),
    MailKind.CONFIRMATION: (SubscriptionState.PENDING, SubscriptionState.CONFIRMED),
}
"""News goes to who confirmed. A sign-up is answered by the question whether they want it, or that they have it."""


def read_mails(connection: Connection, *where: ColumnElement[bool]) -> list[OutboxMail]:
    """In the order in which they were planned."""
    rows = connection.execute(select(outbox).where(*where).order_by(outbox.c.planned, outbox.c.id))
    return [mail_of(row) for row in rows]


def read_tellings(connection: Connection, readers: Collection[str]) -> Iterator[tuple[str, Telling]]:
    """Subscription and mail, of all mails of these subscriptions."""
    columns = (outbox.c.subscription, outbox.c.kind, outbox.c.slot, outbox.c.state, outbox.c.events)
    for reader, kind, slot, state, events in connection.execute(
        select(*columns).where(outbox.c.subscription.in_(list(readers)))
    ):
        yield reader, Telling(MailKind(kind), slot, MailState(state), tuple(json.loads(events)))


def mail_of(row: Row[Any]) -> OutboxMail:
    return OutboxMail(**{**row._mapping, "events": json.loads(row.events)})


def row_of(mail: OutboxMail) -> dict[str, object]:
    moments = ("planned", "not_before", "lease", "accepted")
    return {
        **mail.model_dump(exclude={"events", *moments}),
        **{name: stamp(getattr(mail, name)) for name in moments},
        "events": json.dumps(mail.events),
    }


def stamp(moment: datetime | None) -> str | None:
    """Text that sorts as the moments do. Raises ValueError for a moment without time zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"found the moment {moment} without time zone; moments of the outbox are in UTC")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def unwanted(mail: OutboxMail, state: SubscriptionState | None, cursor: int) -> str:
    """Why a mail must not go out any more; empty: it may."""
    if state is None:
        return "the subscription was erased"
    if state not in WANTED_BY[mail.kind]:
        return f"the subscription is {state}"
    if any(event <= cursor for event in mail.events):
        return "a mail that was accepted since tells its news"
    return ""


def in_the_way(mail: OutboxMail, others: Iterable[OutboxMail]) -> bool:
    """Whether a mail of the same slot exists, or one that may be telling the same news at this moment.

    A cancelled mail leaves its slot free. A digest does not mind those that wait: it takes their place.
    """
    for other in others:
        if (other.kind, other.slot) == (mail.kind, mail.slot) and other.state is not MailState.CANCELLED:
            return True
        telling = other.state in (MailState.PLANNED, *IN_FLIGHT)
        if telling and _same_news(mail, other) and not overtaken(mail, other):
            return True
    return False


def overtaken(mail: OutboxMail, other: OutboxMail) -> bool:
    """Whether planning `mail` makes `other`, which waits to be sent, needless: a digest tells all that is news."""
    if mail.kind is not MailKind.DIGEST or other.state is not MailState.PLANNED or other.id == mail.id:
        return False
    return other.kind is MailKind.DIGEST or (other.kind is MailKind.URGENT and _same_news(mail, other))


def _same_news(one: OutboxMail, other: OutboxMail) -> bool:
    return not set(one.events).isdisjoint(other.events)
