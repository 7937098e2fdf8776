"""The slots of a job: named moments from which on it is due, in Brussels' time. Pure.

A day of the calendar has one slot whatever its length. A local time that the change to summer time leaves out stands
for the moment an hour later by the clock, one that the change back brings twice for the first of the two (PEP 495).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from matcher.days import BRUSSELS

MONDAY, SUNDAY = 0, 6
EVERY_DAY = frozenset(range(7))
LONGEST_GAP = 8
"""Days within which any rule has a slot."""


@dataclass(frozen=True)
class Slot:
    name: str
    """Names of one job's slots sort as the slots follow each other."""
    begins: datetime
    """In UTC."""


class Slots(Protocol):
    """The endless row of a job's slots; `now` is aware."""

    def latest(self, now: datetime) -> Slot:
        """The last one that has begun."""

    def next(self, now: datetime) -> Slot:
        """The first one that has not."""


@dataclass(frozen=True)
class Daily:
    """At a local time, on some days of the week (Monday is 0); a slot has the name of its day: 2026-11-21."""

    at: time
    weekdays: frozenset[int] = EVERY_DAY

    def latest(self, now: datetime) -> Slot:
        return _latest(self, now)

    def next(self, now: datetime) -> Slot:
        return _next(self, now)

    def on(self, day: date) -> Slot | None:
        return Slot(day.isoformat(), _moment(day, self.at)) if day.weekday() in self.weekdays else None


@dataclass(frozen=True)
class Weekly:
    """Once a week at a local time; a slot has the name of its ISO week: 2026-W47."""

    weekday: int
    at: time

    def latest(self, now: datetime) -> Slot:
        return _latest(self, now)

    def next(self, now: datetime) -> Slot:
        return _next(self, now)

    def on(self, day: date) -> Slot | None:
        year, week, _ = day.isocalendar()
        return Slot(f"{year}-W{week:02}", _moment(day, self.at)) if day.weekday() == self.weekday else None


@dataclass(frozen=True)
class Every:
    """Every so many minutes, in UTC, so that no hour is left out or comes twice: 2026-11-21T06:05Z."""

    minutes: int

    def latest(self, now: datetime) -> Slot:
        return self._from(int(now.timestamp()) // (self.minutes * 60))

    def next(self, now: datetime) -> Slot:
        return self._from(int(now.timestamp()) // (self.minutes * 60) + 1)

    def _from(self, number: int) -> Slot:
        begins = datetime.fromtimestamp(number * self.minutes * 60, UTC)
        return Slot(f"{begins:%Y-%m-%dT%H:%MZ}", begins)


def local_day(now: datetime) -> date:
    """The day it is in Brussels."""
    return now.astimezone(BRUSSELS).date()


def _latest(rule: Daily | Weekly, now: datetime) -> Slot:
    return next(slot for slot in _from_day(rule, now, step=-1) if slot.begins <= now)


def _next(rule: Daily | Weekly, now: datetime) -> Slot:
    return next(slot for slot in _from_day(rule, now, step=1) if slot.begins > now)


def _from_day(rule: Daily | Weekly, now: datetime, step: int) -> Iterator[Slot]:
    """The slots of today and of the days before or after, the nearest first."""
    days = (local_day(now) + timedelta(days=step * number) for number in range(LONGEST_GAP))
    return (slot for day in days if (slot := rule.on(day)) is not None)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BRUSSELS).astimezone(UTC)
