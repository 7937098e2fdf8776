"""The rule on time: whether a call can be applied to, now or later."""

from __future__ import annotations

from datetime import date

from matcher.days import date_words, day_words
from matcher.eligibility.finding import Finding
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Basis, Call, CallStatus, DeadlineModel, Precision, Said, said


@rule(
    "Can one apply now or later?",
    "Regulation (EU, Euratom) 2024/2509, Article 197 (calls state their final date)",
    needs=("call.opening", "call.deadlines", "call.deadline_model", "call.published_status"),
)
def call_status(situation: Situation) -> Finding:
    """A proposal must arrive by the call's deadline: a call that is open or still to open can be applied to."""
    call = situation.call
    answer, reason, remedy = {
        CallStatus.OPEN: (Answer.MET, _open_until(call), ""),
        CallStatus.FORTHCOMING: (Answer.MET, _opens_on(call), ""),
        CallStatus.CLOSED: (
            Answer.NOT_MET,
            _closed_on(call, situation.on),
            said("Look out for the next call of this kind."),
        ),
        CallStatus.UNKNOWN: (Answer.UNKNOWN, _undated(call), said("Look up the dates on the call's page.")),
    }[call.status(situation.on)]
    return Finding(answer, reason, Basis.CALL_RECORD, situation.terms.page("deadlines"), remedy=remedy)


def _open_until(call: Call) -> Said:
    last = call.final_deadline
    if last is None:
        return said("Open, without a closing day.")
    return said("Open until %(day)s.", day=date_words(last.day, last.precision))


def _opens_on(call: Call) -> Said:
    if call.opening is None:
        return said("Announced; the opening day is not known yet.")
    day = date_words(call.opening, call.opening_precision)
    if _is_a_day(call.opening_precision):
        return said("Planned to open on %(day)s.", day=day) if call.is_planned else said("Opens on %(day)s.", day=day)
    if call.is_planned:
        return said("Planned to open in %(month)s.", month=day)
    return said("Opens in %(month)s.", month=day)


def _is_a_day(precision: Precision) -> bool:
    return precision in (Precision.DAY, Precision.MINUTE)


def _closed_on(call: Call, on: date) -> Said:
    last = call.final_deadline
    if last is None or last.last_day >= on:
        return said("Closed, as its authority said on %(day)s.", day=day_words(call.as_of))
    day = date_words(last.day, last.precision)
    if _is_a_day(last.precision):
        if call.is_planned:
            return said("Was planned to close on %(day)s.", day=day)
        return said("Closed on %(day)s.", day=day)
    if call.is_planned:
        return said("Was planned to close in %(month)s.", month=day)
    return said("Closed in %(month)s.", month=day)


def _undated(call: Call) -> Said:
    if call.is_planned and call.opening:
        day = date_words(call.opening, call.opening_precision)
        if _is_a_day(call.opening_precision):
            return said("It was planned to open on %(day)s; whether it did, the timetable does not say.", day=day)
        return said("It was planned to open in %(month)s; whether it did, the timetable does not say.", month=day)
    if call.deadlines or call.deadline_model is DeadlineModel.PERMANENT:
        return said("The record gives no opening day, so that it is not known whether one can apply.")
    return said("The record gives no deadline, so that it is not known whether one can apply.")
