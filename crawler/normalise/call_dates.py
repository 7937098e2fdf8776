"""Opening day, deadlines and deadline model of a call outside the portal, from texts as its page shows them."""

from __future__ import annotations

from datetime import date

from crawler.normalise.date_words import phrase
from crawler.normalise.deadlines import MODELS, Clock, Dates, clock_in, numbered, read_deadline_time, read_model
from crawler.normalise.issues import Issues
from crawler.normalise.moments import READ, Moment, read_moments
from crawler.normalise.numerals import Unclear
from crawler.source import RawCall, Source
from matcher.model import Deadline, DeadlineModel, Precision

FAR_YEARS = 2
"""A lone deadline so many years ahead, or on the last day of such a year, is the end of a form's validity: the European
Urban Initiative lists its rolling peer reviews with 31/12/2028."""


def understand_stated_dates(raw: RawCall, conditions: str, source: Source, issues: Issues) -> Dates:
    """Opening, numbered deadlines and model; times are those of the source's zone unless the text names another.

    A call whose words say that it has no end, or whose only deadline lies too far ahead to be one, is permanent.
    """
    model = _stated_model(raw, issues)
    ends, spans = _deadlines(raw, source, issues)
    opening = _opening(raw, source, issues) or next(iter(spans), None)
    stages = {moment.stage for moment in ends}
    if model is None and stages == {1, 2}:
        model = DeadlineModel.TWO_STAGE
    clock = read_deadline_time(raw.deadline_time, issues) or clock_in(conditions)
    deadlines = sorted({to_deadline(moment, clock) for moment in ends}, key=lambda d: (d.day, str(d.at)))
    may_be_endless = model in (None, DeadlineModel.PERMANENT) and len(deadlines) == 1
    if may_be_endless and is_far(deadlines[0], raw.fetched_at.date()):
        issues.add("deadlines", "too far ahead for a deadline; the call was taken to have no end", _shown(raw))
        deadlines, model = [], DeadlineModel.PERMANENT
    day, precision = (opening.day, opening.precision) if opening else (None, Precision.DAY)
    precision = Precision.DAY if precision is Precision.MINUTE else precision
    return Dates(day, numbered(deadlines, model, issues), model, precision)


def _stated_model(raw: RawCall, issues: Issues) -> DeadlineModel | None:
    """The model that the record names, or that its words imply; "ongoing" beside a deadline means no more than open."""
    if stated := MODELS.get(" ".join(raw.deadline_model.lower().split())):
        return stated
    for text in (raw.deadline_model, *(raw.deadlines or (raw.status,))):
        if found := phrase("rolling").search(text):
            issues.add("deadlines", f"{found[0].strip()!r} was taken to mean that the call has no end", text)
            return DeadlineModel.PERMANENT
    return read_model(raw.deadline_model, issues)


def _deadlines(raw: RawCall, source: Source, issues: Issues) -> tuple[list[Moment], list[Moment]]:
    """The ends, and the beginnings of spans, that the record's deadlines state."""
    found: list[Moment] = []
    for text in raw.deadlines:
        without = phrase("rolling").sub(" ", text)
        if any(sign.isdigit() for sign in without) or without == text:
            found += _read(without, "deadlines", raw, source, issues)
    return [m for m in found if not m.opens], [m for m in found if m.opens]


def _opening(raw: RawCall, source: Source, issues: Issues) -> Moment | None:
    found = _read(raw.opening, "opening", raw, source, issues) if raw.opening.strip() else ()
    return min(found, default=None, key=lambda moment: moment.day)


def _read(text: str, field: str, raw: RawCall, source: Source, issues: Issues) -> tuple[Moment, ...]:
    if not text.strip():
        return ()
    try:
        moments = read_moments(text, raw.language.strip().lower() or source.language, source.zone)
    except Unclear as doubt:
        issues.add(field, f"not read as a date ({doubt})", text, READ)
        return ()
    for moment in moments:
        if moment.doubt:
            issues.add(field, moment.doubt, text)
    return moments


def to_deadline(moment: Moment, clock: Clock | None) -> Deadline:
    """The deadline at a moment; a day without its own time of day takes that of `clock`."""
    if moment.precision is Precision.DAY and not moment.doubt and clock:
        return Deadline(day=moment.day, at=clock.at, zone=clock.zone, precision=Precision.MINUTE)
    return Deadline(day=moment.day, at=moment.time, zone=moment.zone, precision=moment.precision)


def is_far(deadline: Deadline, today: date) -> bool:
    """The day lies so far ahead (`FAR_YEARS`) that it is no deadline."""
    if deadline.precision not in (Precision.DAY, Precision.MINUTE):
        return False
    ahead = deadline.day.year - today.year
    is_last_day = (deadline.day.month, deadline.day.day) == (12, 31)
    same_day_or_later = (deadline.day.month, deadline.day.day) >= (today.month, today.day)
    return ahead > FAR_YEARS or (ahead == FAR_YEARS and (is_last_day or same_day_or_later))


def _shown(raw: RawCall) -> str:
    return " | ".join(raw.deadlines)
