"""Who a provider says somebody is (OpenID Connect Core 1.0, section 2 and 5.1). Pure.

The provider is believed in what it vouches for; what a person may type there, such as a name, is a hostile text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matcher.addresses import BadAddress, read_address
from matcher.printable import one_line

LONGEST_NAME = 100
LONGEST_IDENTIFIER = 255
"""ASCII characters (section 2, "sub")."""


@dataclass(frozen=True)
class Identity:
    issuer: str
    subject: str = field(repr=False)
    at: datetime
    """When the provider said so."""
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    """Only if the provider verified it."""


def identity(claims: Mapping[str, object]) -> Identity | None:
    """None where the claims name nobody for good, or not when they were made."""
    issuer, subject, at = claims.get("iss"), claims.get("sub"), _moment(claims.get("iat"))
    if claims.get("is_logged_in") is not True or at is None:
        return None
    if not (isinstance(issuer, str) and isinstance(subject, str) and _is_name(issuer) and _is_name(subject)):
        return None
    return Identity(issuer, subject, at, _name(claims), _address(claims))


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_IDENTIFIER and text.isascii() and text.isprintable()


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _name(claims: Mapping[str, object]) -> str:
    name = claims.get("name") or claims.get("preferred_username")
    return one_line(name, LONGEST_NAME) if isinstance(name, str) else ""


def _address(claims: Mapping[str, object]) -> str:
    """Some providers write the truth value as a text."""
    address = claims.get("email")
    if claims.get("email_verified") not in (True, "true") or not isinstance(address, str):
        return ""
    try:
        return read_address(address)
    except BadAddress:
        return ""
