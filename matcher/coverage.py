"""How fresh and how complete what we show is: the age of the calls and the state of each source. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.days import day_words
from matcher.languages import terms
from matcher.model import Call, CallStatus, Issue, Run, RunOutcome, SourceCard, Tier, said

TIERS = {tier: term.said for tier, term in terms.TIERS.items()}
RHYTHMS = {"daily": 1, "weekly": 7}
"""Days from one reading to the next (`SourceCard.frequency`); a source that is not in it is not crawled."""
LATE = 2
"""A source is stale when its last good run is older than so many of its rhythms."""


class Condition(StrEnum):
    """What a reader must know first of a source."""

    GOOD = "good"
    REMARKS = "good, with remarks"
    STALE = "stale"
    FAILED = "latest run failed"
    NEVER_READ = "never read yet"


@dataclass(frozen=True)
class Freshness:
    """How old what is shown is. `sentence` is for the reader; `snapshot`: nothing was crawled here yet.

    `remedy`: what whoever runs this can do about it, for the command line; a visitor of the pages can run nothing.
    """

    as_of: date | None
    snapshot: bool
    sentence: str
    remedy: str = ""


@dataclass(frozen=True)
class SourceState:
    """One source on the coverage page: what it is, its last good run, its latest attempt and its calls by status."""

    source: str
    card: SourceCard | None
    """None only for a source that is no longer in the registry and whose runs were kept without one."""
    latest: Run | None
    last_good: Run | None
    on: date
    calls: dict[CallStatus, int]
    issues: tuple[Issue, ...]
    """Of the latest run."""

    @property
    def title(self) -> str:
        return self.card.title if self.card else self.source

    @property
    def age_days(self) -> int | None:
        return (self.on - self.last_good.as_of).days if self.last_good else None

    @property
    def is_crawled(self) -> bool:
        """False where the calls come with the project and are renewed with it."""
        return self.card is None or self.card.frequency in RHYTHMS

    @property
    def is_stale(self) -> bool:
        rhythm = RHYTHMS.get(self.card.frequency) if self.card else None
        return rhythm is not None and self.age_days is not None and self.age_days > LATE * rhythm

    @property
    def condition(self) -> Condition:
        if self.latest is None:
            return Condition.NEVER_READ
        if self.latest.outcome is RunOutcome.FAIL:
            return Condition.FAILED
        if self.is_stale:
            return Condition.STALE
        return Condition.GOOD if self.latest.outcome is RunOutcome.OK else Condition.REMARKS

    @property
    def alarms(self) -> tuple[str, ...]:
        """What was suspicious in the latest attempt, each with its evidence."""
        return self.latest.alarms if self.latest else ()

    @property
    def filled(self) -> dict[str, float]:
        """Per field the share (0..1) of the last good run's records in which it is filled."""
        return self.last_good.filled if self.last_good else {}


def source_state(
    name: str,
    card: SourceCard | None,
    runs: Sequence[Run],
    calls: Iterable[Call],
    issues: Iterable[Issue],
    on: date,
) -> SourceState:
    """The state of a source from its registry entry, its runs (newest first), its calls and its latest run's issues."""
    return SourceState(
        source=name,
        card=card or (runs[0].card if runs else None),
        latest=runs[0] if runs else None,
        last_good=next((run for run in runs if run.outcome is not RunOutcome.FAIL), None),
        on=on,
        calls=dict(Counter(call.status(on) for call in calls)),
        issues=tuple(issues),
    )


def freshness(good: Sequence[Run]) -> Freshness:
    """The age of the calls, from the last good run of each source. What was restated by hand does not date the rest."""
    of_calls = [run for run in good if run.card is None or run.card.yields == "calls"]
    read = [run for run in of_calls if run.card is None or run.card.tier is not Tier.CURATED] or of_calls
    if not read:
        return Freshness(None, True, said("no calls yet"), "run `funding snapshot load` or `funding crawl`")
    crawled = [run for run in read if not run.snapshot]
    day = max(run.as_of for run in crawled or read)
    if not crawled:
        sentence = said("snapshot of %(day)s", day=day_words(day))
        return Freshness(day, True, sentence, "run `funding crawl` for today's calls")
    shipped = max((run.as_of for run in read if run.snapshot), default=None)
    if shipped is None:
        return Freshness(day, False, said("calls as crawled on %(day)s", day=day_words(day)))
    told = {"day": day_words(day), "shipped": day_words(shipped)}
    return Freshness(day, False, said("calls as crawled on %(day)s, in part a snapshot of %(shipped)s", **told))
