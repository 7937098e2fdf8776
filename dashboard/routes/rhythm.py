"""When the next mail of a rhythm would come. Pure: the moment comes from outside."""

from __future__ import annotations

from datetime import date, datetime, time

from matcher.model import Rhythm
from matcher.scheduler.slots import MONDAY, Weekly, local_day

MAILS = Weekly(MONDAY, time(7))


def next_mail(now: datetime, rhythm: Rhythm = Rhythm.WEEKLY) -> date:
    """The Monday, in Brussels, on which the next mail can come; `now` is aware."""
    slot = MAILS.next(now)
    while rhythm is Rhythm.MONTHLY and local_day(slot.begins).day > 7:
        slot = MAILS.next(slot.begins)
    return local_day(slot.begins)
