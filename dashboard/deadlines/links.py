"""Addresses of the calendar of an organisation's deadlines. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.routes.paths import DEADLINES, KEY

if TYPE_CHECKING:
    from dashboard.frame import Frame


def calendar_file(frame: Frame, key: str) -> str:
    """The calendar; `key` opens that of an organisation that is not public. Without a day: it is read for years."""
    named = {"profile": frame.profile.id if frame.profile else "", "lang": frame.say.language, KEY: key}
    return f"{DEADLINES}?{urlencode({name: value for name, value in named.items() if value})}"


def subscription(frame: Frame) -> str:
    """The sign-up for mails."""
    profile = {"profile": frame.profile.id} if frame.profile else {}
    return f"/alerts/subscribe?{urlencode({**profile, 'lang': frame.say.language})}"
