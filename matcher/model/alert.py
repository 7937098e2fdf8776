"""Who reads news of calls by mail, what they agreed to, and each mail on its way. Holds personal data: addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import ConfigDict, Field

from matcher.model.base import Frozen, Text


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    """Mondays, 07:00 in Brussels."""
    MONTHLY = "monthly"
    """The first Monday of a month."""


class SubscriptionState(StrEnum):
    PENDING = "pending"
    """Asked for; the address is not confirmed."""
    CONFIRMED = "confirmed"
    ENDED = "ended"


class Ending(StrEnum):
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINT = "complaint"
    ORGANISATION_DELETED = "organisation deleted"


class Consent(Frozen):
    """The proof of an opt-in: what was agreed to, and when (GDPR, Article 7(1))."""

    text_version: Text
    """Version of the wording beside the button, kept in data/consent."""
    asked: datetime
    confirmed: datetime | None = None


class Subscription(Frozen):
    """One address that wants the news of one organisation. An address has at most one for each organisation."""

    model_config = ConfigDict(hide_input_in_errors=True)  # its address belongs in no message

    id: Text
    """Random and opaque; stands in links."""
    address: Text = Field(repr=False)
    profile: Text
    language: Text
    """ISO 639-1, of the mail."""
    rhythm: Rhythm = Rhythm.WEEKLY
    urgent: bool = False
    """Also wants, the next morning, new calls that close within 14 days and deadlines that were moved earlier."""
    state: SubscriptionState = SubscriptionState.PENDING
    consent: Consent
    ended: datetime | None = None
    ending: Ending | None = None
    cursor: int = 0
    """`Event.seq` up to which the news was told by digests that a mail server accepted."""
    saved: tuple[str, ...] = ()
    """Ids of calls it follows whatever their rank."""
    dismissed: tuple[str, ...] = ()
    """Ids of calls it does not want to hear of, unless they change."""


class MailKind(StrEnum):
    DIGEST = "digest"
    URGENT = "urgent"
    CONFIRMATION = "confirmation"


class MailState(StrEnum):
    """What became of a mail. Sent by one worker at a time, step by step, each step stored before the next is taken."""

    PLANNED = "planned"
    SENDING = "sending"
    """A worker holds it; the mail server has not been given its text."""
    HANDED_OVER = "handed_over"
    """Its text is being given to the mail server: from here on the server may have it."""
    ACCEPTED = "accepted"
    HELD = "held"
    """The server's answer was lost: it may or may not have the mail. A person or a setting decides."""
    BOUNCED = "bounced"
    FAILED = "failed"
    """Refused for a reason that is not the address."""
    CANCELLED = "cancelled"
    """Not wanted any more: unsubscribed, erased, or overtaken by a later digest."""


class OutboxMail(Frozen):
    """One mail. Unique by subscription, kind and slot."""

    id: Text
    subscription: Text
    kind: MailKind
    slot: Text
    """ISO week "2026-W47" of a digest, day "2026-11-21" of an urgent mail, a moment of a confirmation."""
    state: MailState = MailState.PLANNED
    message_id: Text
    """The same however often it is tried."""
    planned: datetime
    not_before: datetime
    tries: int = 0
    doubts: int = 0
    """How often the server's answer to its text was lost."""
    worker: str = ""
    lease: datetime | None = None
    """Until when that worker may keep it."""
    upto: int = 0
    """`Event.seq` that the subscription's cursor moves to when the mail is accepted."""
    events: tuple[int, ...] = ()
    """What it tells, by `Event.seq`."""
    content: str = ""
    """JSON of what is rendered; deleted after the retention period."""
    accepted: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """That a mail tells something, without what it says."""

    kind: MailKind
    slot: str
    state: MailState
    events: tuple[int, ...]
