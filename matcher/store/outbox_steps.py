"""The steps of the outbox, each inside the transaction that takes it: what may follow what, and who holds a mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, tuple_, update

from matcher.model import MailState, OutboxMail, SubscriptionState
from matcher.store.errors import StepNotAllowed
from matcher.store.outbox_rows import IN_FLIGHT, in_the_way, overtaken, read_mails, row_of, stamp, unwanted
from matcher.store.tables import outbox, subscription

S = MailState
InDoubt = Literal["hold", "resend", "repeat"]
"""What becomes of a mail whose answer was lost: held; given to the server once more; or, where the same mail given
twice arrives once, given again as often as it takes."""
LOST_ANSWER = "the worker ended, or its lease did, before the mail server's answer to the text was stored"
MOST_TRIES = 10
AT_ONCE = 500
"""Mails of which one statement speaks."""
ERASED = None, 0
"""State and place in the ledger of a subscription that is not there any more."""


def plan_mails(connection: Connection, mails: Iterable[OutboxMail]) -> int:
    """As `OutboxStore.plan`, inside the transaction that brings what the mails tell of."""
    return sum(_plan(connection, some) for some in _of_different_readers(mails))


def ready(now: datetime) -> ColumnElement[bool]:
    """Planned and due, or in the hands of a worker whose lease ended before it gave the server anything."""
    return or_(
        and_(outbox.c.state == S.PLANNED, outbox.c.not_before <= stamp(now)),
        and_(outbox.c.state == S.SENDING, outbox.c.lease <= stamp(now)),
    )


def _of_different_readers(mails: Iterable[OutboxMail]) -> Iterator[dict[str, OutboxMail]]:
    """Subscription -> mail, so many as one statement takes. Of one reader's mails the first may bar the second."""
    some: dict[str, OutboxMail] = {}
    for mail in mails:
        if mail.subscription in some or len(some) == AT_ONCE:
            yield some
            some = {}
        some[mail.subscription] = mail
    if some:
        yield some


def _plan(connection: Connection, mails: Mapping[str, OutboxMail]) -> int:
    standings, others = _standings(connection, mails), _others(connection, mails)
    wanted = [
        mail
        for reader, mail in mails.items()
        if not unwanted(mail, *standings.get(reader, ERASED)) and not in_the_way(mail, others[reader])
    ]
    _make_room(connection, [(mail, other) for mail in wanted for other in others[mail.subscription]])
    if wanted:
        connection.execute(insert(outbox), [row_of(mail) for mail in wanted])
    return len(wanted)


def _others(connection: Connection, mails: Mapping[str, OutboxMail]) -> dict[str, list[OutboxMail]]:
    """Subscription -> its mails that wait, are on their way, or are of the slot of its new one."""
    slots = {(mail.kind, mail.slot) for mail in mails.values()}
    on_the_way = outbox.c.state.in_((S.PLANNED, *IN_FLIGHT))
    found: dict[str, list[OutboxMail]] = {reader: [] for reader in mails}
    for other in read_mails(
        connection,
        outbox.c.subscription.in_(found),
        or_(on_the_way, tuple_(outbox.c.kind, outbox.c.slot).in_(slots)),
    ):
        found[other.subscription].append(other)
    return found


def _make_room(connection: Connection, beside: Iterable[tuple[OutboxMail, OutboxMail]]) -> None:
    """For mails that are planned, each with one of its reader's others: what it makes needless, and what has its slot.

    That is a cancelled one, or the mail would not be planned.
    """
    for mail, other in beside:
        if overtaken(mail, other):
            store_step(connection, other.id, state=S.CANCELLED, error=f"overtaken by the digest of {mail.slot}")
        elif (other.kind, other.slot) == (mail.kind, mail.slot):
            connection.execute(delete(outbox).where(outbox.c.id == other.id))


def unwanted_now(connection: Connection, mail: OutboxMail) -> str:
    """Why a mail must not go out any more, as its subscription is at this moment; empty: it may."""
    return unwanted(mail, *_standings(connection, [mail.subscription]).get(mail.subscription, ERASED))


def _standings(connection: Connection, readers: Iterable[str]) -> dict[str, tuple[SubscriptionState, int]]:
    """Subscription -> its state and its place in the ledger."""
    known = select(subscription.c.id, subscription.c.state, subscription.c.cursor)
    rows = connection.execute(known.where(subscription.c.id.in_(list(readers))))
    return {row.id: (SubscriptionState(row.state), row.cursor) for row in rows}


def not_again(connection: Connection, mail: OutboxMail) -> str:
    """Why a held mail must not be sent again; empty: it may."""
    if not mail.content:
        return "what it said was deleted after the retention period"
    others = read_mails(
        connection,
        outbox.c.subscription == mail.subscription,
        outbox.c.id != mail.id,
        outbox.c.state.in_((S.PLANNED, *IN_FLIGHT, S.ACCEPTED)),
    )
    slots = [other.slot for other in others if not set(other.events).isdisjoint(mail.events)]
    return f"the mail of {slots[0]} tells its news too" if slots else ""


def resume_mail(connection: Connection, mail: OutboxMail, now: datetime, in_doubt: InDoubt) -> MailState:
    """What becomes of a mail whose worker is gone."""
    if mail.state is S.HANDED_OVER:
        return doubted(connection, mail, now, LOST_ANSWER, in_doubt)
    if mail.tries >= MOST_TRIES:
        error = f"tried {mail.tries} times; no worker came to an end with it"
        store_step(connection, mail.id, state=S.FAILED, error=error, worker="", lease=None)
        return S.FAILED
    store_step(connection, mail.id, **waiting(now))
    return S.PLANNED


def doubted(connection: Connection, mail: OutboxMail, now: datetime, error: str, in_doubt: InDoubt) -> MailState:
    """Held, with the worker noted who may still bring the answer, or planned again."""
    doubts = mail.doubts + 1
    if in_doubt == "hold" or (in_doubt == "resend" and mail.doubts):
        store_step(connection, mail.id, state=S.HELD, error=error, lease=None, doubts=doubts)
        return S.HELD
    store_step(connection, mail.id, **waiting(now), error=error, doubts=doubts)
    return S.PLANNED


def waiting(not_before: datetime) -> dict[str, object]:
    """What is stored of a mail that waits to be sent."""
    return {"state": S.PLANNED, "worker": "", "lease": None, "not_before": stamp(not_before)}


def in_hands(
    connection: Connection, id: str, worker: str | None, before: Collection[MailState], step: str
) -> OutboxMail:
    """The mail, if it is where a step begins and in that worker's hands. Inside the transaction of the step."""
    mail = next(iter(read_mails(connection, outbox.c.id == id)), None)
    if mail is None:
        raise StepNotAllowed(
            f"mail {id}", f"it cannot be {step}: there is no such mail (erased with its subscription?)"
        )
    if mail.state not in before:
        allowed = " or ".join(before)
        raise StepNotAllowed(f"mail {id}", f"it cannot be {step}: found {mail.state}, allowed: {allowed}")
    if worker is not None and mail.worker != worker:
        raise StepNotAllowed(f"mail {id}", f"it cannot be {step}: it is in the hands of another worker")
    return mail


def store_step(connection: Connection, id: str, **values: object) -> None:
    """Inside the transaction that made sure that the step may be taken."""
    connection.execute(update(outbox).where(outbox.c.id == id).values(**values))
