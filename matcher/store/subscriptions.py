"""Who reads news by mail: subscriptions, what their owners chose, and addresses that get no mail. Holds addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert

from matcher.addresses import address_key
from matcher.model import Ending, MailState, OutboxMail, Rhythm, Subscription, SubscriptionState
from matcher.store.access import Access
from matcher.store.outbox_rows import stamp
from matcher.store.outbox_steps import plan_mails
from matcher.store.scrub import owe
from matcher.store.subscription_rows import Asked, read, sent, write
from matcher.store.tables import choice, outbox, subscription, suppression

PAGE = 500
"""Subscriptions that are read at a time: a stream of them holds no more in memory, and keeps no transaction open."""

ChoiceKind = Literal["saved", "dismissed"]


Reply = Callable[[Subscription, tuple[Asked, ...]], OutboxMail | None]
"""Which mail answers a sign-up, given the subscription as it will be and what its address was sent; None: none."""


@dataclass(frozen=True)
class SubscriptionStore:
    """Each method is one transaction, but for the stream."""

    access: Access

    def ask(self, asked: Subscription, reply: Reply) -> Subscription | None:
        """Keep a sign-up together with the mail that answers it; without such a mail nothing is kept (None).

        An address has one subscription for an organisation: a pending or ended one is asked for anew under its id, a
        confirmed one stays as it is. The same statements run whether the address is known or not.
        """
        key = address_key(asked.address)
        with self.access.writing() as connection:
            same = and_(subscription.c.address_key == key, subscription.c.profile == asked.profile)
            stored = next(iter(read(connection, same)), None)
            wanted = _renewed(stored, asked) if stored else asked
            mail = reply(wanted, sent(connection, key))
            if mail is None:
                return None
            write(connection, wanted, key)
            plan_mails(connection, [mail])
            return wanted

    def confirm(self, id: str, now: datetime, cursor: int, lift: Collection[str] = ()) -> Subscription | None:
        """A pending subscription begins, with the ledger read up to `cursor`; any other stays as it is.

        `lift`: hashes of its address that are suppressed no longer. Returns it as it is then; None: there is none.
        """
        begun = {
            "state": SubscriptionState.CONFIRMED,
            "confirmed": stamp(now),
            "ended": None,
            "ending": None,
            "cursor": func.max(subscription.c.cursor, cursor),
        }
        with self.access.writing() as connection:
            pending = and_(subscription.c.id == id, subscription.c.state == SubscriptionState.PENDING)
            if connection.execute(update(subscription).where(pending).values(begun)).rowcount:
                connection.execute(delete(suppression).where(suppression.c.address_hash.in_(lift)))
            return next(iter(read(connection, subscription.c.id == id)), None)

    def end(self, id: str, now: datetime, ending: Ending) -> Subscription | None:
        """No mail any more: those that wait are cancelled, and a worker asks before it hands one over (outbox).

        Ended before: it stays as it was.
        """
        with self.access.writing() as connection:
            end_all(connection, subscription.c.id == id, now, ending)
            return next(iter(read(connection, subscription.c.id == id)), None)

    def update(self, id: str, language: str, rhythm: Rhythm, urgent: bool) -> Subscription | None:
        """Change the settings of one that has not ended."""
        with self.access.writing() as connection:
            running = and_(subscription.c.id == id, subscription.c.state != SubscriptionState.ENDED)
            settings = {"language": language, "rhythm": rhythm, "urgent": urgent}
            connection.execute(update(subscription).where(running).values(settings))
            return next(iter(read(connection, subscription.c.id == id)), None)

    def choose(self, id: str, call: str, kind: ChoiceKind | None, now: datetime) -> Subscription | None:
        """Save a call, dismiss it, or (None) take back what was chosen; the last choice holds."""
        with self.access.writing() as connection:
            if not (found := read(connection, subscription.c.id == id)):
                return None
            row = {"subscription": found[0].id, "call": call, "kind": kind, "at": stamp(now)}
            connection.execute(delete(choice).where(choice.c.subscription == id, choice.c.call == call))
            if kind:
                connection.execute(insert(choice).values(row))
            return next(iter(read(connection, subscription.c.id == id)), None)

    def subscription(self, id: str) -> Subscription | None:
        with self.access.reading() as connection:
            return next(iter(read(connection, subscription.c.id == id)), None)

    def subscriptions(
        self, state: SubscriptionState | None = None, profile: str | None = None, address: str | None = None
    ) -> Iterator[Subscription]:
        """Those that fulfil all given conditions, by organisation, read page by page.

        `address`: in any spelling that reaches the same mailbox. Raises BadAddress.
        """
        where: list[ColumnElement[bool]] = [] if state is None else [subscription.c.state == state]
        where += [] if profile is None else [subscription.c.profile == profile]
        where += [] if address is None else [subscription.c.address_key == address_key(address)]
        place = tuple_(subscription.c.profile, subscription.c.id)
        last = ("", "")
        while page := self._page(*where, place > last):
            yield from page
            last = (page[-1].profile, page[-1].id)

    def _page(self, *where: ColumnElement[bool]) -> list[Subscription]:
        with self.access.reading() as connection:
            return read(connection, *where, limit=PAGE)

    def suppress(self, address_hash: str, reason: str, now: datetime) -> None:
        """Send an address nothing more until it asks again; the latest reason is kept."""
        row = {"address_hash": address_hash, "reason": reason, "at": stamp(now)}
        statement = insert(suppression).values(row)
        with self.access.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["address_hash"], set_=row))

    def suppressed(self, hashes: Collection[str]) -> dict[str, str]:
        """Those of the hashes that are suppressed, with the reason."""
        with self.access.reading() as connection:
            rows = connection.execute(select(suppression).where(suppression.c.address_hash.in_(hashes)))
            return {row.address_hash: row.reason for row in rows}

    def lift(self, hashes: Collection[str]) -> None:
        with self.access.writing() as connection:
            connection.execute(delete(suppression).where(suppression.c.address_hash.in_(hashes)))

    def outlived(self, asked_before: datetime, ended_before: datetime) -> list[str]:
        """Ids of those that nobody confirmed in time, and of those that ended long enough ago."""
        unconfirmed = and_(
            subscription.c.state == SubscriptionState.PENDING, subscription.c.asked < stamp(asked_before)
        )
        ended = and_(subscription.c.state == SubscriptionState.ENDED, subscription.c.ended < stamp(ended_before))
        with self.access.reading() as connection:
            return list(connection.execute(select(subscription.c.id).where(or_(unconfirmed, ended))).scalars())

    def erase(self, ids: Collection[str]) -> tuple[str, ...]:
        """Delete subscriptions with their choices and mails; returns the Message-IDs of those mails.

        The bytes leave the file with the next `Store.scrub`.
        """
        messages: list[str] = []
        with self.access.writing() as connection:
            for some in _batches(ids):
                messages += connection.execute(
                    select(outbox.c.message_id).where(outbox.c.subscription.in_(some))
                ).scalars()
                connection.execute(delete(outbox).where(outbox.c.subscription.in_(some)))
                connection.execute(delete(choice).where(choice.c.subscription.in_(some)))
                connection.execute(delete(subscription).where(subscription.c.id.in_(some)))
            if ids:
                owe(connection)
        return tuple(messages)


def end_all(connection: Connection, which: ColumnElement[bool], now: datetime, ending: Ending) -> None:
    """See `SubscriptionStore.end`."""
    running = and_(which, subscription.c.state != SubscriptionState.ENDED)
    ended = {"state": SubscriptionState.ENDED, "ended": stamp(now), "ending": ending}
    connection.execute(update(subscription).where(running).values(ended))
    theirs = outbox.c.subscription.in_(select(subscription.c.id).where(which))
    cancelled = {"state": MailState.CANCELLED, "error": f"the subscription ended ({ending})", "content": ""}
    connection.execute(update(outbox).where(theirs, outbox.c.state == MailState.PLANNED).values(cancelled))


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    """So many as one statement takes."""
    rest = iter(ids)
    while some := list(islice(rest, PAGE)):
        yield some


def _renewed(stored: Subscription, asked: Subscription) -> Subscription:
    if stored.state is SubscriptionState.CONFIRMED:
        return stored
    kept = {"id": stored.id, "cursor": stored.cursor, "saved": stored.saved, "dismissed": stored.dismissed}
    return asked.model_copy(update=kept)
