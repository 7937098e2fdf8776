"""Which sources were not read as they should have been, and whose news waits for their next good reading. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from matcher.alerts.digests.digest import StaleSource
from matcher.alerts.digests.news import OF_CALENDAR
from matcher.coverage import Condition, SourceState, source_state
from matcher.model import Event, EventKind, Run, SourceCard

WAITS = 7
"""Days for which news of a source waits after its reading failed. Longer would lose it: it is true as of its day, and
the mail names the source."""


def source_states(cards: Iterable[SourceCard], runs: Iterable[Run], on: date) -> list[SourceState]:
    """The states of the sources that give calls, in the order of the registry; `runs` newest first."""
    of_source: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        of_source[run.source].append(run)
    giving = [card for card in cards if card.yields == "calls"]
    return [source_state(card.name, card, of_source[card.name], (), (), on) for card in giving]


def stale_sources(states: Iterable[SourceState], country: str) -> tuple[StaleSource, ...]:
    """Sources of the whole EU and of the country whose last reading failed or is too old."""
    return tuple(
        StaleSource(title=state.title, read=state.last_good.as_of if state.last_good else None)
        for state in states
        if state.condition in (Condition.FAILED, Condition.STALE)
        if state.card is None or state.card.country in ("", country)
    )


def waiting(events: Sequence[Event], states: Iterable[SourceState], on: date) -> frozenset[int]:
    """Places of events that wait: read from a source whose latest reading failed or is held.

    What the calendar brings does not wait: it rests on no reading, and a deadline does not wait either. Only that a
    call opened waits with the call's being new, of which it is a part.
    """
    failed = {state.source for state in states if state.condition is Condition.FAILED}
    fresh = [event for event in events if event.source in failed and (on - event.on).days < WAITS]
    unknown = {event.call for event in fresh if event.kind is EventKind.NEW}
    return frozenset(event.seq for event in fresh if event.kind not in OF_CALENDAR or _opens(event, unknown))


def _opens(event: Event, calls: Collection[str]) -> bool:
    return event.call in calls and event.kind in (EventKind.OPENING, EventKind.OPENED)
