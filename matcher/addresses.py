"""Mail addresses: one and only one, when two are the same, and how one is shown or kept without being told. Pure.

A message of this module never repeats the address: messages reach logs.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3 less the angle brackets)."""
ENCODED = "=?"
"""Begins an encoded word (RFC 2047), which readers of a header turn into other letters: into another address."""


class BadAddress(ValueError):
    """What was given is not one mail address."""


def read_address(text: str) -> str:
    """The one address in a text, spelled as mail software expects it. Asks no server, so it may not exist.

    Raises BadAddress, which does not repeat the text.
    """
    return _validated(text).normalized


def address_key(address: str) -> str:
    """What two spellings of one mailbox share.

    The domain in its ASCII form (RFC 5890). The part before it in small letters a to z: a server might tell letter
    cases apart, yet is asked not to (RFC 5321, 2.4), and of Unicode letters some become another one when their case
    changes. Dots and what follows a plus sign mean something with some providers only, so they count.
    """
    read = _validated(address)
    small = "".join(letter.lower() if letter.isascii() else letter for letter in read.local_part)
    return f"{small}@{read.ascii_domain}"


def untagged(key: str) -> str:
    """A key without what follows a plus sign: with most providers the mailbox that it reaches all the same."""
    name, _, host = key.rpartition("@")
    return f"{name.partition('+')[0] or name}@{host}"


def address_hash(address: str, key: bytes) -> str:
    """By which an address is known again without being kept: without the key nobody can try addresses against it."""
    return hmac.new(key, address_key(address).encode(), sha256).hexdigest()


def masked(address: str) -> str:
    """Enough for somebody who knows the address to know it again: "a…@e….org"."""
    local, _, domain = address.rpartition("@")
    name, _, ending = domain.rpartition(".")
    return f"{local[:1]}…@{name[:1]}….{ending}"


def _validated(text: str) -> ValidatedEmail:
    stripped = text.strip()
    try:
        if len(stripped) <= LONGEST and stripped.isprintable() and ENCODED not in stripped:
            return validate_email(stripped, check_deliverability=False, strict=True)
    except (EmailNotValidError, UnicodeError):  # half of a surrogate pair is no character of any address
        pass
    raise BadAddress("This is not one mail address; write one, such as name@example.org.") from None
