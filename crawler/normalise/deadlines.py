"""Opening day, deadlines and deadline model of a portal record. What a date means depends on its kind: `MARKS`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from crawler.normalise.dates import FORMS, parse_clock, parse_day, parse_moment
from crawler.normalise.issues import Issues
from crawler.normalise.portal_json import objects, strings
from crawler.source import RawCall
from matcher.model import CallKind, Deadline, DeadlineModel, Precision

MARKS: dict[CallKind, str | None] = {
    CallKind.TOPIC: None,  # midnight stands for "some time that day": the index lost the time of day
    CallKind.CASCADE: None,  # local times with a +0000 mark that nobody converted: 17:00 and 23:59 prevail all year
    CallKind.EXTERNAL_ACTION: "UTC",  # truly converted: 21:59 in summer and 22:59 in winter, noon in Brussels likewise
}
"""The zone that the portal's mark +0000 really means, per kind of record."""

MODELS = {
    "single-stage": DeadlineModel.SINGLE_STAGE,
    "single stage": DeadlineModel.SINGLE_STAGE,
    "two-stage": DeadlineModel.TWO_STAGE,
    "two stage": DeadlineModel.TWO_STAGE,
    "multiple cut-off": DeadlineModel.MULTIPLE_CUT_OFF,
    "multiple cut-offs": DeadlineModel.MULTIPLE_CUT_OFF,
    "permanent": DeadlineModel.PERMANENT,
    "31094504": DeadlineModel.SINGLE_STAGE,
    "31094505": DeadlineModel.TWO_STAGE,
}
ZONES = {
    "brussels": "Europe/Brussels",
    "brussels time": "Europe/Brussels",
    "cet (brussels)": "Europe/Brussels",
    "utc": "UTC",
}
ZONE = re.compile(r"[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+")
CLOSING_TIME = re.compile(
    r"\bdeadline\b[^.;]{0,80}?\b(\d{1,2}[:.h]\d{2})(?::00)?\s*(?:h(?:ours?)?|CES?T)?\s*,?\s*\(?Brussels\b",
    re.IGNORECASE,
)
"""A closing time in the conditions, as far as its words leave no doubt: "deadline … 17:00 (Brussels time)"."""


class Dates(NamedTuple):
    opening: date | None
    deadlines: tuple[Deadline, ...]
    model: DeadlineModel | None
    opening_precision: Precision = Precision.DAY


class Action(NamedTuple):
    """One entry of the portal's `actions`."""

    opening: date | None
    deadlines: tuple[date, ...]
    model: str


class Clock(NamedTuple):
    at: time
    zone: str | None


def understand_dates(raw: RawCall, conditions: str, issues: Issues) -> Dates:
    """Opening, numbered deadlines and model; `conditions` is the clean text, which may state the hour of closing."""
    actions = _actions(raw.actions, issues)
    model = read_model(raw.deadline_model or next((a.model for a in actions if a.model), ""), issues)
    moments = [moment for text in raw.deadlines if (moment := _moment(text, "deadlines", issues))]
    moments = _complete(moments, [day for action in actions for day in action.deadlines], model, issues)
    clock = read_deadline_time(raw.deadline_time, issues) or clock_in(conditions)
    unnumbered = sorted({_deadline(moment, raw.kind, clock) for moment in moments}, key=_order)
    opening = _moment(raw.opening, "opening", issues) if raw.opening.strip() else None
    day = opening.date() if opening else min((a.opening for a in actions if a.opening), default=None)
    return Dates(day, numbered(unnumbered, model, issues), model)


def _actions(text: str, issues: Issues) -> list[Action]:
    found = []
    for entry in objects(text, "actions", issues):
        procedure = entry.get("submissionProcedure")
        model = procedure.get("abbreviation") if isinstance(procedure, dict) else None
        days = [_moment(day, "actions.deadlineDates", issues) for day in strings(entry.get("deadlineDates"))]
        planned = entry.get("plannedOpeningDate")
        opening = parse_day(planned) if isinstance(planned, str) else None
        found.append(Action(opening, tuple(day.date() for day in days if day), model if isinstance(model, str) else ""))
    return found


def read_model(text: str, issues: Issues) -> DeadlineModel | None:
    """The model that a label or code names; None, with an issue, for an unknown one. Empty is silence."""
    words = " ".join(text.lower().split())
    if not words:
        return None
    if words not in MODELS:
        issues.add("deadline_model", "unknown deadline model", text, MODELS)
    return MODELS.get(words)


def _moment(text: str, field: str, issues: Issues) -> datetime | None:
    moment = parse_moment(text)
    if moment is None and text.strip():
        issues.add(field, "not a date that can be read in one way only", text, FORMS)
    return moment


def _complete(moments: list[datetime], days: list[date], model: DeadlineModel | None, issues: Issues) -> list[datetime]:
    """The deadlines, with the stages and cut-offs that only `actions` lists."""
    stated = {moment.date() for moment in moments}
    further = [datetime(day.year, day.month, day.day) for day in dict.fromkeys(days) if day not in stated]
    if further and stated and not stated <= set(days):
        listed = f"{_days(stated)} and {_days(days)}"
        issues.add("deadlines", "the record and its actions state different days; those of the record count", listed)
        return moments
    if further and stated and model is DeadlineModel.SINGLE_STAGE:
        listed = f"{_days(stated)} and {_days(days)}"
        issues.add(
            "deadlines", "a single-stage call whose actions list further days; those of the record count", listed
        )
        return moments
    return moments + further


def read_deadline_time(text: str, issues: Issues) -> Clock | None:
    """A closing time that a record states apart from its days."""
    if not text.strip():
        return None
    words = text.split(maxsplit=1)
    at, name = parse_clock(words[0]), " ".join(words[1:]).strip(" ()")
    zone = ZONES.get(name.lower()) or (name if ZONE.fullmatch(name) else None)
    if at is None or (name and zone is None):
        issues.add("deadline_time", "not a time of day with a zone", text, ["17:00 Europe/Brussels", "17:00"])
        return None
    return Clock(at, zone)


def clock_in(conditions: str) -> Clock | None:
    """The one closing time, of Brussels, that conditions state beyond doubt."""
    found = {parse_clock(at) for at in CLOSING_TIME.findall(conditions)} if "Brussels" in conditions else set()
    at = found.pop() if len(found) == 1 else None
    return Clock(at, "Europe/Brussels") if at else None


def _deadline(moment: datetime, kind: CallKind, clock: Clock | None) -> Deadline:
    if moment.time() != time(0):
        return Deadline(day=moment.date(), at=moment.time(), zone=MARKS[kind], precision=Precision.MINUTE)
    if clock:
        return Deadline(day=moment.date(), at=clock.at, zone=clock.zone, precision=Precision.MINUTE)
    return Deadline(day=moment.date())


def numbered(deadlines: list[Deadline], model: DeadlineModel | None, issues: Issues) -> tuple[Deadline, ...]:
    """Deadlines in their order, with the number of their stage or cut-off; several without a model are recorded."""
    if len(deadlines) < 2 and model is not DeadlineModel.TWO_STAGE:
        return tuple(deadlines)
    if model in (None, DeadlineModel.SINGLE_STAGE) and len(deadlines) > 1:
        issues.add("deadlines", "several deadlines, but no model with several", _days(d.day for d in deadlines))
    if model is DeadlineModel.TWO_STAGE and len(deadlines) > 2:
        issues.add("deadlines", "more than two deadlines in a two-stage call", _days(d.day for d in deadlines))
    if model is DeadlineModel.TWO_STAGE and len(deadlines) == 1:
        return tuple(deadlines)  # which of the two stages it is, the record does not say
    return tuple(d.model_copy(update={"stage": number}) for number, d in enumerate(deadlines, start=1))


def _order(deadline: Deadline) -> tuple[date, time]:
    return deadline.day, deadline.at or time.max


def _days(days: Iterable[date]) -> str:
    return ", ".join(day.isoformat() for day in sorted(set(days)))
