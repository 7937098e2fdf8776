"""What a mail server's answer means for a mail. Pure.

Of an answer only its numbers are kept: its words often repeat the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
ADDRESS_STATUSES = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Enhanced codes by which the recipient's address takes no mail and will take none: unknown or badly written mailbox or
host, moved without a trace, a host without mail (RFC 7505), a mailbox switched off (RFC 3463, 3.2 and 3.3)."""
ADDRESS_CODES = frozenset({556})
"""Codes that say so without an enhanced one: the host takes no mail (RFC 7504). 550, 551 and 553 are also what a server
answers that does not relay for us (RFC 5321, 4.2.3), and would then end every subscription."""


@dataclass(frozen=True)
class Reply:
    """The code of an answer (RFC 5321, 4.2), and its enhanced one (RFC 3463) or nothing."""

    code: int
    status: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.status}".rstrip()

    @property
    def is_good(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_passing(self) -> bool:
        """It may be otherwise later."""
        return 400 <= self.code < 500

    @property
    def is_refusal(self) -> bool:
        return 500 <= self.code < 600

    @property
    def is_about_address(self) -> bool:
        """The address takes no mail, now or later."""
        return self.is_refusal and (self.status in ADDRESS_STATUSES or self.code in ADDRESS_CODES)


def read_reply(code: int, words: bytes | str) -> Reply:
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    found = _STATUS.match(text.strip())
    return Reply(code, found[0] if found and found[1] == str(code)[:1] else "")


def read_status(text: str) -> str:
    """The enhanced code at the start of a `Status` field; empty where there is none."""
    found = _STATUS.match(text.strip())
    return found[0] if found else ""
