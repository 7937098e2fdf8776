"""Sends what is due in the outbox, each mail stored step by step, so that several may do so at once and any may crash.

Nothing goes out where more is due than a run may send, nor, outside production, to an address that is not allowed.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.addresses import BadAddress, address_key
from matcher.alerts.mailing.bounces import send_no_more
from matcher.alerts.mailing.fates import Answer, Fate, ServerTrouble, Transport
from matcher.alerts.mailing.mail import Envelope, build, envelope
from matcher.alerts.mailing.sender import BadMailSetting, read_signer
from matcher.alerts.mailing.transport import mail_file, mail_folder, open_transport
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import BadSecret, Tokens
from matcher.model import Ending, MailKind, OutboxMail, Subscription
from matcher.settings import Settings
from matcher.store import StepNotAllowed, Store
from matcher.store.outbox import Due, Resumed
from matcher.store.outbox_steps import MOST_TRIES, InDoubt

LEASE = timedelta(minutes=20)
"""Longer than the slowest server may take for one mail: four steps, the text and its answer (see smtp.py)."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
"""Before the second try, and between late ones: MOST_TRIES tries take nearly a day."""
IN_A_ROW = 5
"""So many mails in a row that were refused or lost: the fault is the server's or ours, and the others are kept."""

Clock = Callable[[], datetime]
Write = Callable[[OutboxMail, Subscription], Envelope]


@dataclass(frozen=True)
class OverCap:
    """Of these nothing was sent: more are due than a run may send."""

    news: bool
    """Digests and urgent mails; else confirmations."""
    due: int
    cap: int


@dataclass(frozen=True)
class Delivered:
    """What one run did."""

    fates: Counter[str]
    """Mails by what became of them (Fate); "overtaken": another worker or an erasure was faster."""
    resumed: Resumed
    not_allowed: int = 0
    """They wait: outside production, and their address is not allowed."""
    over_cap: tuple[OverCap, ...] = ()
    trouble: str = ""
    """Why the run ended early."""


def deliver(
    store: Store,
    settings: Settings,
    now: datetime,
    cap: int | None = None,
    transport: Transport | None = None,
    write: Write | None = None,
) -> Delivered:
    """Send what is due at `now`; `cap`: so many at most instead of FUNDING_MAIL_CAP.

    The hour goes on from `now` while it sends. Raises BadMailSetting and BadSecret before anything is sent.
    """
    transport = transport or open_transport(settings)
    clock = clock_from(now)
    write = write or writer(settings, clock)
    resumed = store.outbox.resume(now, "repeat" if transport.stays_here else settings.mail_in_doubt)
    due = store.outbox.due(now)
    allowed = [one for one in due if transport.stays_here or is_allowed(one.address, settings)]
    chosen, over_cap = within_cap(allowed, settings.mail_cap if cap is None else cap)
    run = _Run(store, settings, transport, write, clock)
    try:
        trouble = run.send_all(one.id for one in chosen)
    finally:
        transport.close()
    return Delivered(run.fates, resumed, len(due) - len(allowed), over_cap, trouble)


def writer(settings: Settings, clock: Clock) -> Write:
    """Renders, builds and signs a mail, its links as of `clock`. Raises BadMailSetting, BadSecret."""
    from matcher.alerts.letters.render import render

    if settings.production and settings.mail_server and not settings.public_url.startswith("https://"):
        raise BadMailSetting(
            f"setting FUNDING_PUBLIC_URL: found {settings.public_url}; in production links of mails need https://, "
            "one-click unsubscribing works with nothing else (RFC 8058)."
        )
    links, signer = Links(settings, Tokens(settings, clock)), read_signer(settings)

    def write(mail: OutboxMail, subscription: Subscription) -> Envelope:
        message = build(render(mail, subscription, links), mail, subscription, links, settings)
        return envelope(message, mail, subscription.address, signer)

    return write


def is_allowed(address: str, settings: Settings) -> bool:
    """Whether FUNDING_MAIL_ALLOW lets mail go to an address: itself or its whole host, subdomains not included."""
    if settings.production:
        return True
    entries = [entry.strip() for entry in settings.mail_allow.split(",")]
    keys = {_key(entry) if "@" in entry.strip("@") else entry.strip("@").lower() for entry in entries} - {""}
    key = _key(address)
    return key in keys or key.rpartition("@")[2] in keys


def _key(address: str) -> str:
    try:
        return address_key(address)
    except BadAddress:
        return ""


def within_cap(due: Iterable[Due], cap: int) -> tuple[list[Due], tuple[OverCap, ...]]:
    """All of a group or none: a person looks before a run sends more than so many.

    Confirmations count for themselves: who signs up does not wait until somebody has looked at the news.
    """
    groups: dict[bool, list[Due]] = {False: [], True: []}
    for one in due:
        groups[one.kind is not MailKind.CONFIRMATION].append(one)
    over = tuple(OverCap(news, len(group), cap) for news, group in groups.items() if len(group) > cap)
    return [one for group in groups.values() if len(group) <= cap for one in group], over


def wait(tries: int) -> timedelta:
    """How long a mail rests that was tried so often: twice as long each time, up to a limit (RFC 5321, 4.5.4.1)."""
    return min(FIRST_WAIT * float(2 ** max(tries - 1, 0)), LONGEST_WAIT)


def clock_from(now: datetime) -> Clock:
    """A clock that shows `now` at this moment and goes on from there."""
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


class _Run:
    """One worker on its way through the outbox."""

    def __init__(self, store: Store, settings: Settings, transport: Transport, write: Write, clock: Clock) -> None:
        self.store, self.settings = store, settings
        self.transport, self.write, self.clock = transport, write, clock
        self.tokens = Tokens(settings)
        self.in_doubt: InDoubt = settings.mail_in_doubt
        self.worker = secrets.token_hex(8)
        self.fates: Counter[str] = Counter()

    def send_all(self, ids: Iterable[str]) -> str:
        """Returns why it ended early; empty: it did not."""
        lost = 0
        for id in ids:
            try:
                self.transport.connect()
            except ServerTrouble as error:
                return str(error)
            answer = self._send(id)
            if answer is None:
                continue
            self.fates[answer.fate] += 1
            if answer.fate is Fate.TROUBLE:
                return answer.why
            if answer.fate in (Fate.ACCEPTED, Fate.UNWANTED):
                lost = 0
            elif answer.fate is not Fate.LATER:
                lost += 1
            if lost == IN_A_ROW:
                return f"{IN_A_ROW} mails in a row were refused or lost, the last one so: {answer.why}"
        return ""

    def _send(self, id: str) -> Answer | None:
        """None: another worker has it, or it is gone."""
        mail = self.store.outbox.claim(self.worker, self.clock(), LEASE, only=id)
        subscription = self.store.subscriptions.subscription(mail.subscription) if mail else None
        if mail is None or subscription is None:
            return None
        try:
            answer = self._try(mail, subscription)
            self._keep(mail, subscription, answer)
        except StepNotAllowed:
            self.fates["overtaken"] += 1
            self._leave_nothing(mail)
            return None
        return answer

    def _leave_nothing(self, mail: OutboxMail) -> None:
        """Of a mail that was erased while it was written: the erasure came too early for its file."""
        if self.store.outbox.mail(mail.id) is None:
            mail_file(mail_folder(self.settings), mail.message_id).unlink(missing_ok=True)

    def _try(self, mail: OutboxMail, subscription: Subscription) -> Answer:
        if mail.kind is not MailKind.CONFIRMATION and self._is_suppressed(subscription):
            self.store.outbox.cancel(mail.id, "the address is suppressed", self.worker)
            return Answer(Fate.UNWANTED)
        try:
            written = self.write(mail, subscription)
        except (BadMailSetting, BadSecret) as error:
            return Answer(Fate.TROUBLE, str(error))
        except ValueError as error:
            return Answer(Fate.REFUSED, f"it cannot be written ({type(error).__name__})")
        return self.transport.send(written, lambda: self._hand_over(mail))

    def _hand_over(self, mail: OutboxMail) -> bool:
        try:
            return self.store.outbox.hand_over(mail.id, self.worker)
        except StepNotAllowed:  # erased, or its lease ended and another worker has it
            return False

    def _is_suppressed(self, subscription: Subscription) -> bool:
        return bool(self.store.subscriptions.suppressed(self.tokens.hashes(subscription.address)))

    def _keep(self, mail: OutboxMail, subscription: Subscription, answer: Answer) -> None:
        """Store what became of a mail."""
        outbox, now, worker = self.store.outbox, self.clock(), self.worker
        match answer.fate:
            case Fate.ACCEPTED:
                outbox.accept(mail.id, now, worker)
            case Fate.IN_DOUBT:
                outbox.doubt(mail.id, now + wait(mail.tries), answer.why, self.in_doubt, worker)
            case Fate.NO_ADDRESS:
                outbox.bounce(mail.id, answer.why, worker)
                send_no_more(self.store, self.tokens, subscription, Ending.BOUNCED, now)
            case Fate.LATER if mail.tries < MOST_TRIES:
                outbox.retry(mail.id, now + wait(mail.tries), answer.why, worker)
            case Fate.LATER | Fate.REFUSED:
                outbox.fail(mail.id, answer.why, worker)
            case Fate.CLOSED | Fate.TROUBLE:
                outbox.retry(mail.id, now + FIRST_WAIT, answer.why, worker, counts=False)
            case Fate.UNWANTED:
                pass
