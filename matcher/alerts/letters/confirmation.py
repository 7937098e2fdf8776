"""What the mail says that asks somebody to confirm an address. Pure."""

from __future__ import annotations

from datetime import datetime

from matcher.model import Frozen, Rhythm, Text

VALID_HOURS = 48
"""The link to confirm works for so long; the mail says it."""


class Confirmation(Frozen):
    """The content of its OutboxMail, as JSON."""

    profile: Text
    name: str
    """Of the organisation."""
    rhythm: Rhythm
    urgent: bool = False
    asked: datetime
