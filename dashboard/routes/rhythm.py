"""When the next mail of a rhythm would come. Pure: the moment comes from outside."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from matcher.alerts.digests import rhythm as mondays
from matcher.days import BRUSSELS
from matcher.model import Rhythm

SENT_AFTER = timedelta(hours=7)
"""From the beginning of a Monday in Brussels."""


def next_mail(now: datetime, rhythm: Rhythm = Rhythm.WEEKLY) -> date:
    """The Monday, in Brussels, on which the next mail can come: today while it is too early for it; `now` is aware."""
    return mondays.next_mail(rhythm, (now.astimezone(BRUSSELS) - SENT_AFTER).date())
