"""The deadlines of all stages of a call: day, hour and zone, what for, and how far away. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from babel.dates import get_timezone_location

from dashboard import words
from matcher.days import BRUSSELS
from matcher.languages import Speaker
from matcher.model import Call, Deadline, DeadlineModel


class Row(NamedTuple):
    day: str
    time: str
    stage: str
    state: str


def rows(say: Speaker, call: Call, on: date) -> Iterator[Row]:
    """Each deadline in the order of its day, as precisely as its source states it."""
    for one in sorted(call.deadlines, key=lambda one: (one.day, one.stage or 0)):
        yield Row(say.day(one.day, one.precision), _time(say, one), _stage(say, one, call), _state(say, one, on))


def _time(say: Speaker, one: Deadline) -> str:
    if one.at is None:
        return say.gettext("not stated")
    hour = f"{one.at:%H:%M}"
    if one.zone is None:
        return say.gettext("%(time)s (time zone not stated)", time=hour)
    if one.zone == BRUSSELS.key:
        return say.gettext("%(time)s (Brussels time)", time=hour)
    city = get_timezone_location(one.zone, locale=say.locale, return_city=True)
    return say.gettext("%(time)s (local time in %(city)s)", time=hour, city=city)


def _stage(say: Speaker, one: Deadline, call: Call) -> str:
    told = words.stage_words(say, one, call)
    if told:
        return told
    if call.deadline_model is DeadlineModel.MULTIPLE_CUT_OFF:
        return say.gettext("cut-off")
    return say.gettext("application")


def _state(say: Speaker, one: Deadline, on: date) -> str:
    """How many days are left is told only where the source states a day."""
    if one.last_day < on:
        return say.gettext("passed")
    return words.time_left(say, one, on) or say.gettext("ahead, day not stated")


def none(say: Speaker, call: Call) -> str:
    """Why a call has no deadline."""
    if call.deadline_model is DeadlineModel.PERMANENT:
        return say.gettext("Applications are taken all the time: there is no closing day.")
    return say.gettext("The source states no deadline. Look at the official page before you plan.")
