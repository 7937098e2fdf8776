"""Rows of subscriptions as such, with what their owners chose, and what their addresses were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select
from sqlalchemy.dialects.sqlite import insert

from matcher.addresses import untagged
from matcher.model import Consent, MailKind, Subscription
from matcher.store.outbox_rows import stamp
from matcher.store.tables import choice, outbox, subscription


@dataclass(frozen=True)
class Asked:
    """A confirmation mail of an address: for which subscription, and when it was planned."""

    subscription: str
    at: datetime


def sent(connection: Connection, key: str) -> tuple[Asked, ...]:
    """To the mailbox behind an address: what follows a plus sign makes no other one."""
    rows = connection.execute(
        select(outbox.c.subscription, outbox.c.planned)
        .join(subscription, subscription.c.id == outbox.c.subscription)
        .where(_reaches(untagged(key)), outbox.c.kind == MailKind.CONFIRMATION)
    )
    return tuple(Asked(row.subscription, datetime.fromisoformat(row.planned)) for row in rows)


def _reaches(mailbox: str) -> ColumnElement[bool]:
    """The bounds are those of keys that begin with the name and a plus sign: the index leads there."""
    key, (name, _, host) = subscription.c.address_key, mailbox.rpartition("@")
    after = chr(ord("+") + 1)
    tagged = and_(key > f"{name}+", key < f"{name}{after}", key.endswith(f"@{host}", autoescape=True))
    return or_(key == mailbox, tagged)


def write(connection: Connection, one: Subscription, key: str) -> None:
    row: dict[str, Any] = {
        "id": one.id,
        "address": one.address,
        "address_key": key,
        "profile": one.profile,
        "language": one.language,
        "rhythm": one.rhythm,
        "urgent": one.urgent,
        "state": one.state,
        "text_version": one.consent.text_version,
        "asked": stamp(one.consent.asked),
        "confirmed": stamp(one.consent.confirmed),
        "ended": stamp(one.ended),
        "ending": one.ending,
        "cursor": one.cursor,
    }
    statement = insert(subscription).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))


def read(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> list[Subscription]:
    order = (subscription.c.profile, subscription.c.id)
    rows = connection.execute(select(subscription).where(*where).order_by(*order).limit(limit)).all()
    chosen: dict[str, dict[str, list[str]]] = {row.id: {"saved": [], "dismissed": []} for row in rows}
    theirs = select(choice).where(choice.c.subscription.in_(list(chosen))).order_by(choice.c.call)
    for one in connection.execute(theirs):
        chosen[one.subscription][one.kind].append(one.call)
    return [_subscription(row, chosen[row.id]) for row in rows]


def _subscription(row: Row[Any], chosen: dict[str, list[str]]) -> Subscription:
    consent = Consent(text_version=row.text_version, asked=row.asked, confirmed=row.confirmed)
    same = ("id", "address", "profile", "language", "rhythm", "urgent", "state", "ended", "ending", "cursor")
    return Subscription.model_validate(
        {name: getattr(row, name) for name in same}
        | {"consent": consent, "saved": tuple(chosen["saved"]), "dismissed": tuple(chosen["dismissed"])}
    )
