"""The rule on time: whether a call can be applied to, now or later."""

from __future__ import annotations

from datetime import date

from matcher.days import date_words, day_words
from matcher.eligibility.finding import Finding
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Basis, Call, CallStatus, DeadlineModel, Precision


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
        CallStatus.CLOSED: (Answer.NOT_MET, _closed_on(call, situation.on), "Look out for the next call of this kind."),
        CallStatus.UNKNOWN: (Answer.UNKNOWN, _undated(call), "Look up the dates on the call's page."),
    }[call.status(situation.on)]
    return Finding(answer, reason, Basis.CALL_RECORD, situation.terms.page("deadlines"), remedy=remedy)


def _open_until(call: Call) -> str:
    last = call.final_deadline
    return f"Open until {date_words(last.day, last.precision)}." if last else "Open, without a closing day."


def _opens_on(call: Call) -> str:
    if call.opening is None:
        return "Announced; the opening day is not known yet."
    return f"{'Planned to open' if call.is_planned else 'Opens'} {_when(call.opening, call.opening_precision)}."


def _when(first: date, precision: Precision) -> str:
    return f"{'on' if precision in (Precision.DAY, Precision.MINUTE) else 'in'} {date_words(first, precision)}"


def _closed_on(call: Call, on: date) -> str:
    last = call.final_deadline
    if last and last.last_day < on:
        return f"{'Was planned to close' if call.is_planned else 'Closed'} {_when(last.day, last.precision)}."
    return f"Closed, as its authority said on {day_words(call.as_of)}."


def _undated(call: Call) -> str:
    if call.is_planned and call.opening:
        planned = _when(call.opening, call.opening_precision)
        return f"It was planned to open {planned}; whether it did, the timetable does not say."
    missing = "opening day" if call.deadlines or call.deadline_model is DeadlineModel.PERMANENT else "deadline"
    return f"The record gives no {missing}, so that it is not known whether one can apply."
