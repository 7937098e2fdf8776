"""How fresh and how complete what we show is: the age of the calls and the state of each source. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.days import day_words
from matcher.model import Call, CallStatus, Issue, Run, RunOutcome
from matcher.selection import CURATED


@dataclass(frozen=True)
class Freshness:
    """How old what is shown is. `sentence` is for the reader; `snapshot`: nothing was crawled here yet."""

    as_of: date | None
    snapshot: bool
    sentence: str


@dataclass(frozen=True)
class SourceState:
    """One source on the coverage page: its last good run, its latest attempt and its calls by status."""

    source: str
    latest: Run
    last_good: Run | None
    age_days: int | None
    calls: dict[CallStatus, int]
    issues: tuple[Issue, ...]


def source_state(runs: Sequence[Run], calls: Iterable[Call], issues: Iterable[Issue], on: date) -> SourceState:
    """The state of one source from its runs (newest first, at least one), its calls and its latest run's issues."""
    good = next((run for run in runs if run.outcome is not RunOutcome.FAIL), None)
    return SourceState(
        source=runs[0].source,
        latest=runs[0],
        last_good=good,
        age_days=(on - good.as_of).days if good else None,
        calls=dict(Counter(call.status(on) for call in calls)),
        issues=tuple(issues),
    )


def freshness(good: Sequence[Run]) -> Freshness:
    crawled = [run for run in good if not run.snapshot]
    if crawled:
        day = max(run.as_of for run in crawled)
        return Freshness(day, False, f"calls as crawled on {day_words(day)}")
    if not good:
        return Freshness(None, True, "no calls yet; run `funding snapshot load` or `funding crawl`")
    day = max(run.as_of for run in good if run.source != CURATED)
    return Freshness(day, True, f"snapshot of {day_words(day)}; run `funding crawl` for today's calls")
