"""Dates, money and states of a call in words for the screen. Pure: the day comes from outside."""

from __future__ import annotations

from datetime import date

from babel import Locale

from matcher.amounts import money_words
from matcher.currency import NO_RATES, Rates
from matcher.days import date_words
from matcher.model import Basis, Call, CallKind, CallStatus, Deadline, Precision
from matcher.wording.calls import deadline_words as stated_words
from matcher.wording.calls import no_deadline_words, opens_words
from matcher.wording.national import budget_note

BASES = {
    Basis.CALL_DOCUMENT: "the call document",
    Basis.TOPIC_CONDITIONS: "the conditions of the topic",
    Basis.CALL_RECORD: "the record of the call",
    Basis.PROGRAMME_RULE: "what is usual for this programme",
}
KINDS = {
    CallKind.TOPIC: "Grant topic",
    CallKind.EXTERNAL_ACTION: "External action",
    CallKind.CASCADE: "Sub-grant of a funded project",
    CallKind.CALL: "Call of a programme outside the portal",
}
NATIONAL = "Call of a national or regional programme"
STATUSES = {
    CallStatus.FORTHCOMING: "forthcoming",
    CallStatus.OPEN: "open",
    CallStatus.CLOSED: "closed",
    CallStatus.UNKNOWN: "not known whether open",
}


def deadline_words(deadline: Deadline, on: date) -> str:
    """The deadline as precisely as its source states it, and how far away it is."""
    return " · ".join(filter(None, (stated_deadline(deadline), time_left(deadline, on))))


def stated_deadline(deadline: Deadline) -> str:
    """What the source states, and what it leaves open."""
    if deadline.precision in (Precision.MINUTE, Precision.DAY):
        return stated_words(deadline) if deadline.at else f"{stated_words(deadline)}, time of day not stated"
    return f"{stated_words(deadline)}, day not stated"


def time_left(deadline: Deadline, on: date) -> str:
    """Days are counted only to a day the source states; a vaguer deadline is passed or nothing is said."""
    if deadline.precision in (Precision.MINUTE, Precision.DAY):
        return distance(deadline.day, on)
    return "passed" if deadline.last_day < on else ""


def distance(day: date, on: date) -> str:
    """How far a day is from another: today, tomorrow, in 12 days, 3 days ago."""
    days = (day - on).days
    if days in (0, 1, -1):
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def next_deadline_words(call: Call, on: date) -> str:
    """The one date that matters on that day: what a new applicant works towards, or when it was over."""
    ahead = call.next_deadline(on)
    if call.status(on) is CallStatus.CLOSED and (ahead or not call.deadlines):
        return "closed, as its authority says"
    if ahead is not None:
        return deadline_words(ahead, on)
    if not call.deadlines:
        return no_deadline_words(call)
    last = max(call.deadlines, key=lambda deadline: deadline.last_day)
    return f"closed: {deadline_words(last, on)}"


def stage_words(deadline: Deadline, call: Call) -> str:
    """Which of several deadlines it is; empty for the only one."""
    if deadline.stage is None or len(call.deadlines) == 1:
        return ""
    kind = "stage" if call.deadline_model == "two_stage" else "cut-off"
    return f"{kind} {deadline.stage}"


def status_words(call: Call, on: date) -> str:
    """The state on that day, with the opening day where it lies ahead or was not long ago."""
    status = call.status(on)
    if status is CallStatus.FORTHCOMING and call.opening:
        away = f" · {distance(call.opening, on)}" if call.opening_precision is Precision.DAY else ""
        return f"{opens_words(call)}{away}"
    return STATUSES[status]


def opening_words(call: Call) -> str:
    """When the call opens, as precisely as its source says; what a timetable says is planned."""
    if call.opening is None:
        return "not stated"
    planned = ", planned" if call.is_planned else ""
    return f"{date_words(call.opening, call.opening_precision)}{planned}"


def budget_words(call: Call, rates: Rates = NO_RATES) -> str:
    """What the call can spend, and what that amount counts."""
    return f"{money_words(call.budget.total, rates)}{budget_note(call)}" if call.budget else "not stated"


def country_words(code: str) -> str:
    """The English name of a country, or the code where it has none."""
    return str(Locale("en").territories.get(code, code))


def count_words(number: int, one: str, many: str) -> str:
    """`1 call`, `2 calls`."""
    return f"{number:,} {one if number == 1 else many}"
