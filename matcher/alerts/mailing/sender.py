"""Who sends: the address of FUNDING_MAIL_SENDER, and the key that signs for its domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.policy import SMTP
from urllib.parse import urlsplit

import dkim

from matcher.addresses import BadAddress, read_address
from matcher.settings import Settings

SIGNED = (
    "From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id",
    "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Auto-Submitted", "Content-Language",
)  # fmt: skip
"""Headers under the signature: what a reader sees (RFC 6376, 5.4.1) and what one-click unsubscribing stands on (RFC
8058, 4). Each is named once more than it occurs, so that nobody can add another one (RFC 6376, 8.15)."""


class BadMailSetting(ValueError):
    """A setting of mail that cannot be used; the message names it and what to write, and no password."""


@dataclass(frozen=True)
class Signer:
    """Signs for one domain (RFC 6376), with the key whose public half the DNS has under `selector`."""

    domain: str
    selector: str
    key: bytes = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """The mail with its signature in front. Raises BadMailSetting."""
        names = [name.lower().encode() for name in SIGNED]
        present = [line.split(b":")[0].lower() for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n")]
        try:
            signature = dkim.sign(
                data,
                self.selector.encode(),
                self.domain.encode(),
                self.key,
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[*(name for name in names if name in present), *names],
            )
        except dkim.DKIMException as error:
            raise BadMailSetting(
                f"setting FUNDING_DKIM_KEY: the key signs nothing ({type(error).__name__}); write the path of an RSA "
                "private key in PEM form."
            ) from error
        return bytes(signature) + data


def read_sender(settings: Settings) -> Address:
    """From whom mails come. Mails that stay files may do without: then of the host of FUNDING_PUBLIC_URL.

    Raises BadMailSetting.
    """
    if not settings.mail_sender and not settings.mail_server:
        return Address("EU funding", "news", urlsplit(settings.public_url).hostname or "localhost")
    try:
        (one,) = SMTP.header_factory("From", settings.mail_sender).addresses
        name, domain = read_address(one.addr_spec).rsplit("@", 1)
        return Address(one.display_name, name, domain.encode("idna").decode())
    except (ValueError, BadAddress, IndexError):
        raise BadMailSetting(
            "setting FUNDING_MAIL_SENDER: one address is needed to send mail; write Name <news@example.org>."
        ) from None


def read_signer(settings: Settings) -> Signer | None:
    """None where mails are not signed. Raises BadMailSetting."""
    if not settings.dkim_key:
        return None
    if not settings.dkim_selector:
        raise BadMailSetting("setting FUNDING_DKIM_SELECTOR: it goes with FUNDING_DKIM_KEY; write the DNS selector.")
    try:
        key = settings.dkim_key.read_bytes()
    except OSError as error:
        raise BadMailSetting(
            f"setting FUNDING_DKIM_KEY: {settings.dkim_key} cannot be read ({error.strerror})."
        ) from error
    return Signer(read_sender(settings).domain, settings.dkim_selector, key)
