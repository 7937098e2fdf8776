"""Which Mondays bring a mail. Pure; days are those of Brussels."""

from __future__ import annotations

from datetime import date, timedelta

from matcher.model import Rhythm

WEEK = timedelta(days=7)


def monday_of(on: date) -> date:
    """The Monday of its ISO week."""
    return on - timedelta(days=on.weekday())


def is_due(rhythm: Rhythm, on: date) -> bool:
    """Whether the week of that day has a mail: each week, or the one that holds the first Monday of a month."""
    return rhythm is Rhythm.WEEKLY or monday_of(on).day <= WEEK.days


def next_mail(rhythm: Rhythm, on: date) -> date:
    """The Monday after that day on which the next mail can come."""
    day = monday_of(on) + WEEK
    while not is_due(rhythm, day):
        day += WEEK
    return day


def slot_of(on: date) -> str:
    """The ISO week, "2026-W47": a subscription has one digest in it."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02}"
