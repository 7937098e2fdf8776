"""What was rendered -> a mail as it travels: headers, both parts, signature. Knows no server and no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from typing import TYPE_CHECKING, ClassVar, Literal

from email_validator import validate_email

from matcher.alerts.mailing.sender import Signer, read_sender
from matcher.model import MailKind, OutboxMail, Subscription
from matcher.printable import one_line
from matcher.settings import Settings

if TYPE_CHECKING:
    from matcher.alerts.letters.render import Rendered
    from matcher.alerts.readers.links import Links

LONGEST_SUBJECT = 200


class _AddressesOfAList(UniqueUnstructuredHeader, BaseHeader):
    """Addresses of web pages and mailboxes, a line each: the usual folding would encode what is longer than a line."""

    max_count: ClassVar[Literal[1]] = 1

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {str(self).replace(', ', ',' + policy.linesep + ' ')}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _AddressesOfAList)
AS_SENT = SMTP.clone(cte_type="7bit", header_factory=_headers)
"""Lines of at most 78 characters, all of them ASCII: any server takes them, and none recodes what is signed."""


@dataclass(frozen=True)
class Envelope:
    """A mail as the server gets it, and to whom: one recipient."""

    message_id: str
    sender: str
    recipient: str = field(repr=False)
    data: bytes = field(repr=False)
    needs_utf8: bool = False
    """The part of the address before the @ is not ASCII: only for servers with SMTPUTF8 (RFC 6531)."""


def message_id(id: str, settings: Settings) -> str:
    """The Message-ID of a mail of the outbox, from its id (RFC 5322, 3.6.4)."""
    return f"<{id}@{read_sender(settings).domain}>"


def build(
    rendered: Rendered, mail: OutboxMail, subscription: Subscription, links: Links, settings: Settings
) -> EmailMessage:
    """One mail to one address; the same for the same arguments, whenever it is built. Raises BadMailSetting.

    Its date is the day it was planned. It says that a program made it (RFC 3834, 5); `Precedence` is left out, which
    no standard defines.
    """
    message = EmailMessage(policy=AS_SENT.clone(utf8=_needs_utf8(subscription.address)))
    sender = read_sender(settings)
    message["From"] = sender
    name, _, host = _recipient(subscription.address).rpartition("@")
    message["To"] = Address(username=name, domain=host)
    message["Subject"] = one_line(rendered.subject, LONGEST_SUBJECT)
    message["Date"] = mail.planned
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in _list_headers(mail, subscription, links, sender.domain):
        message[name] = value
    message.set_content(rendered.text, charset="utf-8")
    message.add_alternative(rendered.html, subtype="html", charset="utf-8")
    message["Content-Language"] = subscription.language  # after the parts: they take such headers with them
    return message


def _list_headers(mail: OutboxMail, subscription: Subscription, links: Links, domain: str) -> list[tuple[str, str]]:
    """How to leave (RFC 2369, RFC 8058) and the list's name (RFC 2919).

    A confirmation has none of it: who does not answer it has not joined. One click needs https (RFC 8058, 3.1).
    """
    if mail.kind is MailKind.CONFIRMATION:
        return []
    page, mailto = links.unsubscribe(subscription.id), links.unsubscribe_mailto(subscription.id)
    headers = [
        ("List-Id", f"News of EU calls <funding-news.{domain}>"),
        ("List-Unsubscribe", ", ".join(f"<{address}>" for address in (page, mailto) if address)),
    ]
    return headers + ([("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if page.startswith("https://") else [])


def envelope(message: EmailMessage, mail: OutboxMail, address: str, signer: Signer | None) -> Envelope:
    """What is given to the server. Bounces come back to the sender and are known by their Message-ID."""
    data = message.as_bytes()
    return Envelope(
        message_id=mail.message_id,
        sender=message["From"].addresses[0].addr_spec,
        recipient=_recipient(address),
        data=signer.sign(data) if signer else data,
        needs_utf8=_needs_utf8(address),
    )


def _recipient(address: str) -> str:
    """With the host in ASCII wherever that is enough."""
    read = validate_email(address, check_deliverability=False)
    return read.ascii_email or f"{read.local_part}@{read.ascii_domain}"


def _needs_utf8(address: str) -> bool:
    return not address.rpartition("@")[0].isascii()
