"""Which days of which calls stand on the page of deadlines. Pure: calls, stages and the day come from outside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pandas as pd

from matcher.model import Call, CallStatus, Deadline, Precision, Pursuit, Stage, last_day

NOT_RULED_OUT = 1
"""The highest `usability` of a call that an organisation can use, or may be able to: 0 usable, 1 not known."""
OTHER = "other"
"""In place of a fund: all programmes but the five funds of the brief."""
OVER = (Stage.LOST, Stage.DISMISSED)
"""Stages in which nobody waits for a day of the call any more."""


class What(StrEnum):
    OPENS = "opens"
    CLOSES = "closes"


@dataclass(frozen=True)
class Moment:
    """A day of a call that lies ahead, or the month, quarter or year in which it lies."""

    call: Call
    what: What
    first: date
    last: date
    precision: Precision
    stage: Stage | None = None
    """How far the organisation is with the call."""
    deadline: Deadline | None = None
    """Of a closing."""

    @property
    def is_exact(self) -> bool:
        return self.precision in (Precision.MINUTE, Precision.DAY)


def chosen(standing: pd.DataFrame, pursuits: Mapping[str, Pursuit]) -> list[str]:
    """Ids of the calls whose days matter: what the organisation can use or may be able to use and is not over, then
    whatever else it is working on."""
    dropped = {call for call, one in pursuits.items() if one.stage in OVER}
    is_ahead = (standing["usability"] <= NOT_RULED_OUT) & (standing["status"] != CallStatus.CLOSED.value)
    usable = [str(call) for call in standing[is_ahead].index if call not in dropped]
    return [*usable, *sorted(pursuits.keys() - dropped - set(usable))]


def of_funds(calls: Iterable[Call], funds: Collection[str], own: Collection[str] = ()) -> list[Call]:
    """Those of the wanted funds; where none is wanted, those of the brief's five, and the organisation's `own`."""
    return [call for call in calls if ((call.fund or OTHER) in funds if funds else call.fund or call.id in own)]


def moments(calls: Iterable[Call], pursuits: Mapping[str, Pursuit], on: date) -> list[Moment]:
    """Openings and deadlines that are not over on that day, in their order."""
    found = [one for call in calls for one in _of(call, pursuits.get(call.id), on)]
    return sorted(found, key=lambda one: (one.first, one.last, one.call.title, one.call.id))


def _of(call: Call, pursuit: Pursuit | None, on: date) -> Iterator[Moment]:
    stage = pursuit.stage if pursuit else None
    if call.opening and (end := last_day(call.opening, call.opening_precision)) >= on:
        yield Moment(call, What.OPENS, call.opening, end, call.opening_precision, stage)
    if not call.is_ended:
        for one in call.deadlines:
            if one.last_day >= on:
                yield Moment(call, What.CLOSES, one.day, one.last_day, one.precision, stage, one)


def within(found: Iterable[Moment], on: date, days: int | None) -> list[Moment]:
    """Those that can come to pass in so many days; all without a number."""
    return [one for one in found if days is None or one.first <= on + timedelta(days=days)]


def in_month(found: Iterable[Moment], month: date) -> list[Moment]:
    """Those that can come to pass in the month that begins on that day."""
    end = last_day(month, Precision.MONTH)
    return [one for one in found if one.first <= end and one.last >= month]


def without_days(calls: Iterable[Call], found: Collection[Moment]) -> list[Call]:
    """Calls of which no day ahead is stated."""
    dated = {one.call.id for one in found}
    return [call for call in calls if call.id not in dated]
