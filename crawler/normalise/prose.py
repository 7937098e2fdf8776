"""Fills what a call outside the portal leaves empty from its running text, with the sentence each value was read in.

The sentences are kept at the end of `Call.terms`, one line for each field: "Read in the text, deadlines: …".
"""

from __future__ import annotations

from typing import Any, NamedTuple

from crawler.normalise.call_dates import is_far, to_deadline
from crawler.normalise.deadlines import Dates
from crawler.normalise.issues import Issues
from crawler.normalise.overview import Share
from crawler.normalise.prose_dates import Candidate
from crawler.normalise.prose_days import find_days
from crawler.normalise.prose_money import find_funds
from crawler.normalise.prose_words import sentences
from crawler.source import RawCall, Source
from matcher.model import Budget, DeadlineModel, GrantSize, Precision
from matcher.model.call import READ_IN

FIELDS = {
    "maximum": "largest grant",
    "minimum": "smallest grant",
    "rate_percent": "rate of funding",
    "deadline_model": "no closing day",
}
"""Fields that a reader knows by another name."""


class Facts(NamedTuple):
    """Dates and money of a call, and the lines that say where those from its text stand."""

    dates: Dates
    funds: Share
    notes: tuple[str, ...]


def with_prose(dates: Dates, funds: Share, text: str, raw: RawCall, source: Source, issues: Issues) -> Facts:
    """The facts, with those added that only the text states; what the page states in its own place always counts."""
    language = raw.language.strip().lower() or source.language
    said = sentences(text, language)
    dates, days_read = _dates(dates, said, language, raw, source, issues)
    funds, funds_read = _funds(funds, said, language, issues)
    read = days_read | funds_read
    notes = (f"{READ_IN}, {FIELDS.get(field, field)}: {sentence}" for field, sentence in read.items())
    return Facts(dates, funds, tuple(notes))


def _dates(
    dates: Dates, said: list[str], language: str, raw: RawCall, source: Source, issues: Issues
) -> tuple[Dates, dict[str, str]]:
    open_ended = bool(dates.deadlines) or dates.model is DeadlineModel.PERMANENT
    if open_ended and dates.opening:
        return dates, {}
    days = find_days(said, language, source.zone, issues)
    read: dict[str, str] = {}
    if not open_ended:
        dates, read = _with_end(dates, days.deadlines, days.endless, raw, issues)
    if dates.opening is None and days.opening and _is_before(days.opening, dates):
        opening = days.opening.moment
        precision = Precision.DAY if opening.precision is Precision.MINUTE else opening.precision
        dates = dates._replace(opening=opening.day, opening_precision=precision)
        read["opening"] = days.opening.sentence
    return dates, read


def _is_before(opening: Candidate, dates: Dates) -> bool:
    return all(opening.moment.day <= deadline.day for deadline in dates.deadlines)


def _with_end(
    dates: Dates, found: tuple[Candidate, ...], endless: str, raw: RawCall, issues: Issues
) -> tuple[Dates, dict[str, str]]:
    """The dates with the deadlines that were found, or as those of a call without end."""
    if not found and not endless:
        return dates, {}
    if not found:
        issues.add("deadlines", "the text was taken to mean that the call has no end", endless)
        return dates._replace(model=DeadlineModel.PERMANENT), {"deadline_model": endless}
    deadlines = tuple(to_deadline(candidate.moment, None) for candidate in found)
    if len(deadlines) == 1 and is_far(deadlines[0], raw.fetched_at.date()):
        issues.add("deadlines", "too far ahead for a deadline; it was left out", found[0].sentence)
        return dates, {}
    if len(deadlines) == 2:
        first, second = sorted(deadlines, key=lambda deadline: deadline.day)
        numbered = (first.model_copy(update={"stage": 1}), second.model_copy(update={"stage": 2}))
        dates = dates._replace(deadlines=numbered, model=DeadlineModel.TWO_STAGE)
    else:
        dates = dates._replace(deadlines=deadlines)
    return dates, {"deadlines": " ".join(dict.fromkeys(candidate.sentence for candidate in found))}


def _funds(funds: Share, said: list[str], language: str, issues: Issues) -> tuple[Share, dict[str, str]]:
    found = find_funds(said, language, issues)
    grant: dict[str, Any] = {name: getattr(funds.grant, name) for name in GrantSize.model_fields}
    fills = {f: v for f, v in found.values.items() if f != "budget" and grant[f] is None}
    if not _sizes_agree({**grant, **fills}):
        issues.add("grant", "the text names a smallest grant above the largest; both were left out")
        fills = {field: value for field, value in fills.items() if field == "rate_percent"}
    budget = funds.budget
    read = {field: found.evidence[field] for field in fills}
    if budget is None and "budget" in found.values:
        budget = Budget(total=found.values["budget"])
        read["budget"] = found.evidence["budget"]
    return Share(budget, GrantSize.model_validate(grant | fills)), read


def _sizes_agree(grant: dict[str, Any]) -> bool:
    least, most = grant["minimum"], grant["maximum"]
    return not (least and most) or (least.currency == most.currency and least.amount <= most.amount)
