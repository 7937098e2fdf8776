"""Notices that a mail did not arrive (RFC 3464) or was complained of (RFC 5965), and requests to leave by mail.

Notices come from anybody: only those count that carry the Message-ID of a mail that was sent from here, which nobody
else knows. What they say is never repeated: it holds addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from enum import StrEnum

from matcher.alerts.mailing.replies import Reply, read_status
from matcher.alerts.readers.tokens import BadToken, Purpose, Tokens
from matcher.model import Ending, MailState, Subscription, SubscriptionState
from matcher.store import Store

LARGEST = 2_000_000
"""Bytes of a notice that are read: it is short, and may return the mail it speaks of."""
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_UNSUBSCRIBE = re.compile(r"\bunsubscribe\s+(\S+)\s*$", re.IGNORECASE)
_CODE = re.compile(r"\b(5\d\d)\b")


class Notice(StrEnum):
    """What a message is."""

    HARD = "hard"
    """The address takes no mail, now or later."""
    SOFT = "soft"
    """It did not arrive, for a reason that may pass or lies with the mail."""
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribe"
    """A request to leave, by the address of List-Unsubscribe."""
    UNKNOWN = "unknown"
    """None of these, or about no mail of ours."""


@dataclass(frozen=True)
class Read:
    """A message and the mail or token it speaks of."""

    notice: Notice
    message_ids: tuple[str, ...] = ()
    token: str = ""


def read_notice(data: bytes) -> Read:
    """What a message says. Anything else than a notice is unknown, whatever is in it."""
    message = message_from_bytes(data[:LARGEST], policy=default)
    assert isinstance(message, EmailMessage)
    kind = _report_type(message)
    if kind == "delivery-status":
        return Read(_severity(message), _returned_ids(message))
    if kind == "feedback-report":
        return Read(Notice.COMPLAINT if _is_complaint(message) else Notice.UNKNOWN, _returned_ids(message))
    found = _UNSUBSCRIBE.search(_text(message, "Subject"))
    return Read(Notice.UNSUBSCRIBE, token=found[1]) if found else Read(Notice.UNKNOWN)


def obey_notice(store: Store, tokens: Tokens, data: bytes, now: datetime) -> Notice:
    """Read a message and do what it asks for; returns what it was."""
    read = read_notice(data)
    if read.notice is Notice.UNSUBSCRIBE:
        return _leave(store, tokens, read.token, now)
    mails = [mail for id in read.message_ids if (mail := store.outbox.by_message_id(id))]
    mail = next(iter(mails), None)
    if mail is None or mail.state not in (MailState.ACCEPTED, MailState.HELD, MailState.BOUNCED):
        return Notice.UNKNOWN
    if read.notice in (Notice.HARD, Notice.COMPLAINT):
        ending = Ending.COMPLAINT if read.notice is Notice.COMPLAINT else Ending.BOUNCED
        if subscription := store.subscriptions.subscription(mail.subscription):
            send_no_more(store, tokens, subscription, ending, now)
        if mail.state is not MailState.BOUNCED and read.notice is Notice.HARD:
            store.outbox.bounce(mail.id, "a notice said that the address takes no mail")
    return read.notice


def send_no_more(store: Store, tokens: Tokens, subscription: Subscription, ending: Ending, now: datetime) -> None:
    """Suppress an address, and end everything it is subscribed to."""
    store.subscriptions.suppress(tokens.hashes(subscription.address)[0], ending, now)
    for one in store.subscriptions.subscriptions(address=subscription.address):
        if one.state is not SubscriptionState.ENDED:
            store.subscriptions.end(one.id, now, ending)


def _leave(store: Store, tokens: Tokens, token: str, now: datetime) -> Notice:
    try:
        id = tokens.read(Purpose.UNSUBSCRIBE, token)
    except BadToken:
        return Notice.UNKNOWN
    return Notice.UNSUBSCRIBE if store.subscriptions.end(id, now, Ending.UNSUBSCRIBED) else Notice.UNKNOWN


def _report_type(message: EmailMessage) -> str:
    """Of a report (RFC 6522); empty for any other message."""
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type", "")).lower()


def _severity(message: EmailMessage) -> Notice:
    """By the fields of each recipient (RFC 3464, 2.3); ours have one."""
    fields = [field for part in _parts(message, "message/delivery-status") for field in _blocks(part)]
    failed = [field for field in fields if _text(field, "Action").lower() == "failed"]
    if any(_ends(field) for field in failed):
        return Notice.HARD
    return Notice.SOFT if any("Action" in field for field in fields) else Notice.UNKNOWN


def _ends(fields: Message) -> bool:
    """Whether the address takes no mail; a status that says nothing (5.0.0) is read in the server's own answer."""
    status, diagnosis = read_status(_text(fields, "Status")), _text(fields, "Diagnostic-Code")
    code = _CODE.search(diagnosis)
    found = re.search(r"\b5\.\d{1,3}\.\d{1,3}\b", diagnosis)
    if status == "5.0.0" and found:
        status = found[0]
    return Reply(int(code[1]) if code else 500, status).is_about_address


def _is_complaint(message: EmailMessage) -> bool:
    """Types of feedback that say "I do not want this" (RFC 5965, 7.3); others: of a virus, or not spam."""
    fields = [field for part in _parts(message, "message/feedback-report") for field in _blocks(part)]
    return any(_text(field, "Feedback-Type").lower() in ("abuse", "fraud", "opt-out") for field in fields)


def _returned_ids(message: EmailMessage) -> tuple[str, ...]:
    """Message-IDs of the mail that a report returns, whole or its headers only."""
    returned = [
        inner
        for part in message.walk()
        if part.get_content_type()
        in ("message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers")
        for inner in _blocks(part)
    ]
    return tuple(id for inner in returned for id in _MESSAGE_ID.findall(_text(inner, "Message-ID")))


def _parts(message: EmailMessage, kind: str) -> list[Message]:
    return [part for part in message.walk() if part.get_content_type() == kind]


def _blocks(part: Message) -> list[Message]:
    """The groups of fields in a part: parsed by the library where it knows the type, else here."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return [one for one in inner if isinstance(one, Message)]
    content = part.get_payload(decode=True)
    return [message_from_bytes(content, policy=default)] if isinstance(content, bytes) else []


def _text(fields: Message, name: str) -> str:
    """One field as plain text; empty where it is missing or cannot be read."""
    try:
        return " ".join(str(fields.get(name, "")).split())
    except (ValueError, IndexError, TypeError, AttributeError):  # the library fails on some badly written fields
        return ""
