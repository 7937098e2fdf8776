"""Which mail server is meant, and how it is spoken to: encrypted, but to this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from matcher.alerts.mailing.sender import BadMailSetting, read_sender
from matcher.settings import Settings

STEP_SECONDS = 60
ANSWER_SECONDS = 600
"""For the answer to the whole text a server may take long; who gives up early makes doubles (RFC 5321, 4.5.3.2.6)."""
PORTS = {"smtp": 587, "smtps": 465}


class Encryption(StrEnum):
    NONE = "none"
    """Only to this machine."""
    STARTTLS = "starttls"
    IMPLICIT = "implicit"


@dataclass(frozen=True)
class Server:
    """A mail server and how it is spoken to."""

    host: str
    port: int
    encryption: Encryption
    name: str = "localhost"
    """By which we greet it: the sender's domain."""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    step_seconds: float = STEP_SECONDS
    answer_seconds: float = ANSWER_SECONDS

    def __str__(self) -> str:
        return f"mail server {self.host}:{self.port}"


def read_server(settings: Settings) -> Server:
    """Raises BadMailSetting, which does not repeat what may hold a password."""
    try:
        parts = urlsplit(settings.mail_server)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _bad_server("this is not the address of a mail server") from None
    if parts.username or parts.password:
        raise _bad_server("user and password belong into FUNDING_MAIL_USER and FUNDING_MAIL_PASSWORD")
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _bad_server("this is not the address of a mail server")
    encryption = Encryption.IMPLICIT if parts.scheme == "smtps" else Encryption.STARTTLS
    if encryption is Encryption.STARTTLS and _is_this_machine(parts.hostname):
        encryption = Encryption.NONE
    return Server(
        host=parts.hostname,
        port=port,
        encryption=encryption,
        name=read_sender(settings).domain,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bad_server(problem: str) -> BadMailSetting:
    return BadMailSetting(
        f"setting FUNDING_MAIL_SERVER: {problem}; write smtp://host:587 (STARTTLS) or smtps://host:465."
    )
