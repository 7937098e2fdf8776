"""What a way out for mails is, and what it says of each mail that was given to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from matcher.alerts.mailing.mail import Envelope

HandOver = Callable[[], bool]
"""Called when nothing but the text is left to give; it stores that. False: the mail is not wanted any more."""


class Fate(StrEnum):
    """What became of a mail that was to be sent."""

    ACCEPTED = "accepted"
    UNWANTED = "unwanted"
    LATER = "later"
    """Not taken now; the reason lies with this mail or its recipient."""
    NO_ADDRESS = "no_address"
    """The address takes no mail, now or later."""
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    """The answer to the whole text was lost: it may have been taken or not."""
    CLOSED = "closed"
    """Certainly not taken; the server takes nothing at this moment, or the line broke."""
    TROUBLE = "trouble"
    """Certainly not taken; nothing else would be either before a person sees to it."""


@dataclass(frozen=True)
class Answer:
    fate: Fate
    why: str = ""
    """For a person; without address."""


class ServerTrouble(Exception):
    """No mail can be sent before a person sees to it; the message says what and where, and no password."""


class Transport(Protocol):
    stays_here: bool
    """Mails reach nobody, and the same one given twice is there once."""

    def connect(self) -> None:
        """Be ready to send. Raises ServerTrouble."""

    def send(self, envelope: Envelope, hand_over: HandOver) -> Answer: ...

    def close(self) -> None: ...
