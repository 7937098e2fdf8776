"""The outbox: every mail on its way, one stored step at a time, so that a crash neither loses nor doubles one.

A step is one transaction that nobody writes beside: it happens only if the mail is where the step begins and, when a
worker takes it, in that worker's hands; else StepNotAllowed. Steps that speak of the mail server (handed over,
accepted, lost answer) are on the disk before the call returns. Times are given, never read from the clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from matcher.model import MailKind, MailState, OutboxMail, Telling
from matcher.store.access import Access
from matcher.store.errors import StepNotAllowed
from matcher.store.outbox_rows import IN_FLIGHT, mail_of, read_mails, read_tellings, stamp
from matcher.store.outbox_steps import (
    InDoubt,
    doubted,
    in_hands,
    not_again,
    plan_mails,
    ready,
    resume_mail,
    store_step,
    unwanted_now,
    waiting,
)
from matcher.store.tables import outbox, subscription

S = MailState


@dataclass(frozen=True)
class Due:
    """A mail that may be sent now, and to whom."""

    id: str
    kind: MailKind
    address: str = field(repr=False)


@dataclass(frozen=True)
class Resumed:
    """What `resume` found: mails whose worker is gone, by what becomes of them."""

    again: int = 0
    """Will be sent, or sent once more."""
    held: int = 0
    failed: int = 0
    """Tried too often."""


@dataclass(frozen=True)
class OutboxStore:
    """Each method is one transaction."""

    access: Access

    def plan(self, mails: Iterable[OutboxMail]) -> int:
        """Keep mails that are to be sent; returns how many are new.

        Left out are those whose slot is taken, whose subscription is not in the state for them, whose news was told
        meanwhile, or is being told at this moment (to be planned again later). A digest cancels what waits of the same
        news: older digests of its subscription, and urgent mails it repeats.
        """
        with self.access.writing() as connection:
            return plan_mails(connection, mails)

    def due(self, now: datetime) -> list[Due]:
        """What may be sent now: confirmations, which somebody waits for, before news; then the oldest first.

        Of one moment those of one organisation and language follow each other: they say the same of the same calls.
        """
        alike = (subscription.c.profile, subscription.c.language)
        with self.access.reading() as connection:
            rows = connection.execute(
                select(outbox.c.id, outbox.c.kind, subscription.c.address)
                .join(subscription, subscription.c.id == outbox.c.subscription)
                .where(ready(now))
                .order_by(outbox.c.kind != MailKind.CONFIRMATION, outbox.c.not_before, *alike, outbox.c.id)
            )
            return [Due(row.id, MailKind(row.kind), row.address) for row in rows]

    def claim(self, worker: str, now: datetime, lease: timedelta, only: str | None = None) -> OutboxMail | None:
        """Take the next mail that is due, or `only` that one if it is, until `now + lease`; None: there is none.

        A mail that nobody wants any more is cancelled instead: subscription ended or erased, its news told meanwhile.
        """
        where = ready(now) if only is None else and_(ready(now), outbox.c.id == only)
        with self.access.writing() as connection:
            while row := connection.execute(
                select(outbox).where(where).order_by(outbox.c.not_before, outbox.c.id).limit(1)
            ).first():
                mail = mail_of(row)
                if reason := unwanted_now(connection, mail):
                    store_step(connection, mail.id, state=S.CANCELLED, error=reason, worker="", lease=None)
                    continue
                taken = {"worker": worker, "lease": stamp(now + lease), "tries": mail.tries + 1}
                store_step(connection, mail.id, state=S.SENDING, **taken)
                return mail.model_copy(
                    update={"state": S.SENDING, "worker": worker, "lease": now + lease, "tries": mail.tries + 1}
                )
        return None

    def hand_over(self, id: str, worker: str) -> bool:
        """Its text is given to the mail server next. False: nobody wants it any more; it is cancelled instead."""
        with self.access.durable() as connection:
            mail = in_hands(connection, id, worker, (S.SENDING,), "handed over")
            reason = unwanted_now(connection, mail)
            if reason:
                store_step(connection, id, state=S.CANCELLED, error=reason, worker="", lease=None)
            else:
                store_step(connection, id, state=S.HANDED_OVER)
            return not reason

    def accept(self, id: str, now: datetime, worker: str | None = None) -> None:
        """The mail server has it: the subscription's cursor moves to what the mail tells, in the same transaction.

        `worker`: None when a person says so.
        """
        with self.access.durable() as connection:
            mail = in_hands(connection, id, worker, (S.HANDED_OVER, S.HELD), "accepted")
            store_step(connection, id, state=S.ACCEPTED, accepted=stamp(now), worker="", lease=None, error="")
            if mail.kind is MailKind.DIGEST:
                connection.execute(
                    update(subscription)
                    .where(subscription.c.id == mail.subscription)
                    .values(cursor=func.max(subscription.c.cursor, mail.upto))
                )

    def bounce(self, id: str, error: str, worker: str | None = None) -> None:
        """The address takes no mail: said at once by the server (then by a worker), or later by a notice."""
        before = (S.SENDING, S.HANDED_OVER) if worker is not None else (S.ACCEPTED, S.HELD)
        self._step(id, worker, before, S.BOUNCED, "bounced", error=error)

    def retry(self, id: str, not_before: datetime, error: str, worker: str | None = None, counts: bool = True) -> None:
        """The server certainly does not have it: to be tried again. `counts`: as a try, of which there are so many."""
        with self.access.durable() as connection:
            mail = in_hands(connection, id, worker, IN_FLIGHT, "put back")
            tries = mail.tries if counts else mail.tries - 1
            store_step(connection, id, **waiting(not_before), error=error, tries=tries)

    def fail(self, id: str, error: str, worker: str | None = None) -> None:
        """Refused, for a reason that is not the address."""
        self._step(id, worker, IN_FLIGHT, S.FAILED, "marked as failed", error=error)

    def doubt(self, id: str, now: datetime, error: str, in_doubt: InDoubt, worker: str | None = None) -> MailState:
        """The server's answer to the text was lost: it may have the mail or not. Returns what became of it."""
        with self.access.durable() as connection:
            mail = in_hands(connection, id, worker, (S.HANDED_OVER,), "doubted")
            return doubted(connection, mail, now, error, in_doubt)

    def resend(self, id: str, now: datetime) -> None:
        """Give a held mail to the server again, with the same Message-ID: a person wants it, who may have it twice."""
        with self.access.durable() as connection:
            mail = in_hands(connection, id, None, (S.HELD,), "sent again")
            if reason := not_again(connection, mail):
                raise StepNotAllowed(f"mail {id}", f"it cannot be sent again: {reason}")
            store_step(connection, id, **waiting(now))

    def cancel(self, id: str, why: str, worker: str | None = None) -> None:
        """Not wanted any more. Of a held mail: its news is told by the next digest."""
        before = (S.SENDING,) if worker is not None else (S.PLANNED, S.HELD)
        self._step(id, worker, before, S.CANCELLED, "cancelled", error=why)

    def resume(self, now: datetime, in_doubt: InDoubt) -> Resumed:
        """See to the mails of workers that are gone: their lease has ended.

        Not yet handed over: to be sent, the server does not have it. Handed over: held, or with "resend" sent again.
        """
        with self.access.durable() as connection:
            gone = read_mails(connection, outbox.c.state.in_(IN_FLIGHT), outbox.c.lease <= stamp(now))
            fates = [resume_mail(connection, mail, now, in_doubt) for mail in gone]
        return Resumed(fates.count(S.PLANNED), fates.count(S.HELD), fates.count(S.FAILED))

    def mail(self, id: str) -> OutboxMail | None:
        with self.access.reading() as connection:
            return next(iter(read_mails(connection, outbox.c.id == id)), None)

    def by_message_id(self, message_id: str) -> OutboxMail | None:
        with self.access.reading() as connection:
            return next(iter(read_mails(connection, outbox.c.message_id == message_id)), None)

    def mails(
        self, subscription: str | None = None, states: Collection[MailState] = (), slot: str | None = None
    ) -> list[OutboxMail]:
        """Mails that fulfil all given conditions, in the order in which they were planned."""
        where: list[ColumnElement[bool]] = []
        where += [] if subscription is None else [outbox.c.subscription == subscription]
        where += [outbox.c.state.in_(states)] if states else []
        where += [] if slot is None else [outbox.c.slot == slot]
        with self.access.reading() as connection:
            return read_mails(connection, *where)

    def tellings(self, readers: Collection[str]) -> dict[str, list[Telling]]:
        """Subscription -> all its mails without their words; one without any is absent. Of AT_ONCE readers at most."""
        found: dict[str, list[Telling]] = defaultdict(list)
        with self.access.reading() as connection:
            for reader, telling in read_tellings(connection, readers):
                found[reader].append(telling)
        return dict(found)

    def counts(self) -> dict[MailState, int]:
        """How many mails are in each state."""
        with self.access.reading() as connection:
            rows = connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state)).all()
        found = {MailState(state): count for state, count in rows}
        return {state: found[state] for state in MailState if state in found}

    def told(self, subscription: str, after: int) -> frozenset[int]:
        """Places in the ledger beyond `after` that accepted urgent mails told this subscription."""
        where = (outbox.c.subscription == subscription, outbox.c.kind == MailKind.URGENT, outbox.c.state == S.ACCEPTED)
        with self.access.reading() as connection:
            return frozenset(seq for mail in read_mails(connection, *where) for seq in mail.events if seq > after)

    def forget_contents(self, before: datetime) -> int:
        """Delete what mails said that are done since before that moment; returns of how many. That they were stays."""
        done = func.coalesce(outbox.c.accepted, outbox.c.planned) < stamp(before)
        open_ = outbox.c.state.in_((S.PLANNED, *IN_FLIGHT))
        with self.access.writing() as connection:
            where = (done, ~open_, outbox.c.content != "")
            return connection.execute(update(outbox).where(*where).values(content="")).rowcount

    def _step(
        self, id: str, worker: str | None, before: Collection[MailState], after: MailState, step: str, **values: object
    ) -> None:
        with self.access.durable() as connection:
            in_hands(connection, id, worker, before, step)
            store_step(connection, id, state=after, worker="", lease=None, **values)
