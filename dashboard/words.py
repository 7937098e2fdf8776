"""Dates, money and states of a call in words for the screen, in a reader's language. Pure: the day comes from outside.

What the matcher words itself is said by `say.say`; here stands what only pages tell.
"""

from __future__ import annotations

from datetime import date

from matcher import amounts
from matcher.currency import NO_RATES, Rates
from matcher.languages import Speaker, Term, terms
from matcher.model import Call, CallStatus, Deadline, GrantSize, Precision
from matcher.wording import calls, national

TO_THE_DAY = (Precision.MINUTE, Precision.DAY)


def deadline_words(say: Speaker, deadline: Deadline, on: date) -> str:
    """The deadline as precisely as its source states it, and how far away it is."""
    return " · ".join(filter(None, (stated_deadline(say, deadline), time_left(say, deadline, on))))


def stated_deadline(say: Speaker, deadline: Deadline) -> str:
    """What the source states, and what it leaves open."""
    if deadline.precision not in TO_THE_DAY:
        return say.gettext("%(month)s, day not stated", month=say.deadline(deadline))
    if deadline.at is None:
        return say.gettext("%(day)s, time of day not stated", day=say.deadline(deadline))
    return say.deadline(deadline)


def time_left(say: Speaker, deadline: Deadline, on: date) -> str:
    """Days are counted only to a day the source states; a vaguer deadline is passed or nothing is said."""
    if deadline.precision in TO_THE_DAY:
        return say.days_left(deadline.day, on)
    return say.gettext("passed") if deadline.last_day < on else ""


def next_deadline_words(say: Speaker, call: Call, on: date) -> str:
    """The one date that matters on that day: what a new applicant works towards, or when it was over."""
    ahead = call.next_deadline(on)
    if call.status(on) is CallStatus.CLOSED and (ahead or not call.deadlines):
        return say.gettext("closed, as its authority says")
    if ahead is not None:
        return deadline_words(say, ahead, on)
    if not call.deadlines:
        return say.say(calls.no_deadline_words(call))
    last = max(call.deadlines, key=lambda deadline: deadline.last_day)
    return say.gettext("closed: %(deadline)s", deadline=deadline_words(say, last, on))


def stage_words(say: Speaker, deadline: Deadline, call: Call) -> str:
    """Which of several deadlines it is; empty for the only one."""
    if deadline.stage is None or len(call.deadlines) == 1:
        return ""
    if call.deadline_model == "two_stage":
        return say.gettext("stage %(number)s", number=say.number(deadline.stage))
    return say.gettext("cut-off %(number)s", number=say.number(deadline.stage))


def status_words(say: Speaker, call: Call, on: date) -> str:
    """The state on that day, with the opening day where it lies ahead or was not long ago."""
    status = call.status(on)
    if status is CallStatus.FORTHCOMING and call.opening:
        away = say.days_left(call.opening, on) if call.opening_precision is Precision.DAY else ""
        return " · ".join(filter(None, (say.say(calls.opens_words(call)), away)))
    return say.term(terms.STATUSES[status])


def opening_words(say: Speaker, call: Call) -> str:
    """When the call opens, as precisely as its source says; what a timetable says is planned."""
    if call.opening is None:
        return say.gettext("not stated")
    day = say.day(call.opening, call.opening_precision)
    return say.gettext("%(day)s, planned", day=day) if call.is_planned else day


def budget_words(say: Speaker, call: Call, rates: Rates = NO_RATES) -> str:
    """What the call can spend, and what that amount counts."""
    return say.say(national.budget_words(call, rates)) or say.gettext("not stated")


def grant_words(say: Speaker, grant: GrantSize, rates: Rates = NO_RATES) -> str:
    """What one project can receive, as far as the source says; empty where it says nothing."""
    return say.say(amounts.grant_words(grant, rates))


def kind_term(call: Call) -> Term:
    """What one applies to."""
    return terms.NATIONAL if call.national else terms.CALL_KINDS[call.kind]
