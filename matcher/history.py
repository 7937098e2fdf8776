"""What became of a call from reading to reading: planned, open, closed, and days that moved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

from matcher.days import date_words
from matcher.model import Call, CallStatus, Deadline, said_of
from matcher.model.said import joined

ELIGIBILITY = "eligibility"
"""What changed where a call document says otherwise who may apply, with whom or for how much."""

STATES = {
    CallStatus.FORTHCOMING: said_of("call status", "planned"),
    CallStatus.OPEN: said_of("call status", "open"),
    CallStatus.CLOSED: said_of("call status", "closed"),
}


class Earlier(Protocol):
    """What a call said before it changed, and the first day on which it said so no more."""

    @property
    def call(self) -> Call: ...

    @property
    def valid_until(self) -> date: ...


@dataclass(frozen=True)
class Step:
    """One thing that changed, and the day on which the change was read. `was` and `now` are words for a reader; of what
    a document says one of them is empty where a sentence came or went."""

    on: date
    what: str
    """state, opening, deadline, or ELIGIBILITY."""
    was: str
    now: str
    where: str = ""
    """In a document: the headings above."""


def history(call: Call, versions: Iterable[Earlier]) -> tuple[Step, ...]:
    """The steps that led to what a call says now, oldest first; `versions`: what it said before, newest first."""
    earlier = list(reversed(list(versions)))
    told = [*(version.call for version in earlier), call]
    days = [version.valid_until for version in earlier]
    return tuple(
        step for (before, after), day in zip(pairwise(told), days, strict=True) for step in _steps(before, after, day)
    )


def _steps(before: Call, after: Call, day: date) -> Iterable[Step]:
    for what, was, now in (
        ("state", _state(before), _state(after)),
        ("opening", _opening(before), _opening(after)),
        ("deadline", _deadlines(before.deadlines), _deadlines(after.deadlines)),
    ):
        if was and now and was != now:
            yield Step(day, what, was, now)


def _state(call: Call) -> str:
    """What the source said of the call on the day it was read: its label, else what its dates tell."""
    label = STATES.get(call.published_status)
    return label or STATES.get(call.status(call.as_of)) or ""


def _opening(call: Call) -> str:
    return date_words(call.opening, call.opening_precision) if call.opening else ""


def _deadlines(deadlines: Sequence[Deadline]) -> str:
    return joined(", ", [date_words(deadline.day, deadline.precision) for deadline in deadlines])
