"""A run against what its source should give and what it last gave: ok, warn or fail, and a rate per stage. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crawler.source import Expect, RunReport
from matcher.model import Call, Frozen, Run, RunOutcome

STAGES: dict[str, Callable[[Call], bool]] = {
    "deadline": lambda call: bool(call.deadlines),
    "budget": lambda call: call.budget is not None,
    "text": lambda call: bool(call.text),
}


class Rates(Frozen):
    """How far records came. `read` is a count, the others are shares (0..1) of the records or calls."""

    read: int
    normalised: float
    deadline: float
    budget: float
    text: float
    issues: float
    """Issues per record."""


class Health(Frozen):
    outcome: RunOutcome
    reasons: tuple[str, ...]
    rates: Rates


def examine(
    report: RunReport, expect: Expect, calls: Sequence[Call], records: int, issues: int, last_good: Run | None
) -> Health:
    """Judge a run. `records`: lines read from it; `last_good`: the run of the source to hold it against.

    A run limited to some programmes is not held against the number of calls of the whole source.
    """
    gaps = _incomplete(report, records)
    failures = [*_too_few(report, expect, calls, last_good), *_unfilled(expect, calls)]
    excess = _too_many(report, expect, calls)
    warned = report.failures or excess
    outcome = RunOutcome.FAIL if gaps or failures else RunOutcome.WARN if warned else RunOutcome.OK
    # What went wrong in the crawl comes before the counts that it explains.
    reasons = (*gaps, *report.failures, *failures, *excess)
    return Health(outcome=outcome, reasons=reasons, rates=measure(calls, records, issues))


def measure(calls: Sequence[Call], records: int, issues: int) -> Rates:
    """A rate per stage; 0 where there was nothing to measure."""
    shares = {name: _share(sum(map(has, calls)), len(calls)) for name, has in STAGES.items()}
    return Rates(read=records, normalised=_share(len(calls), records), issues=_share(issues, records), **shares)


def _incomplete(report: RunReport, records: int) -> list[str]:
    reasons = [] if report.complete else ["the crawl did not read all that the source announced"]
    if records < report.records:
        reasons.append(f"the file holds {records} records, its report says {report.records}")
    return reasons


def _too_few(report: RunReport, expect: Expect, calls: Sequence[Call], last_good: Run | None) -> list[str]:
    if report.programmes:
        return [] if calls else ["no calls at all"]
    reasons = []
    if len(calls) < expect.min:
        reasons.append(f"{len(calls)} calls, expected at least {expect.min}")
    if last_good and len(calls) < expect.shrink * last_good.calls:
        limit = f"the limit is {expect.shrink:.0%} of them"
        reasons.append(f"{len(calls)} calls after {last_good.calls} in the good run {last_good.id}; {limit}")
    return reasons


def _too_many(report: RunReport, expect: Expect, calls: Sequence[Call]) -> list[str]:
    if report.programmes or len(calls) <= expect.max:
        return []
    return [f"{len(calls)} calls, expected at most {expect.max}"]


def _unfilled(expect: Expect, calls: Sequence[Call]) -> list[str]:
    filled = {field: _share(sum(bool(getattr(call, field)) for call in calls), len(calls)) for field in expect.filled}
    return [
        f"{field} is filled in {filled[field]:.0%} of the calls, expected at least {least:.0%}"
        for field, least in expect.filled.items()
        if calls and filled[field] < least
    ]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
