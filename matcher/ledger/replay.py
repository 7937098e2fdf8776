"""A series of days through the ledger, as if each had been loaded on its day: what would have been told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from matcher.ledger.observing import observe
from matcher.ledger.passing import pass_time
from matcher.ledger.series import Row
from matcher.ledger.series_calls import SOURCE, as_call
from matcher.model import Call, Event, EventKind, Run, RunOutcome

KNOWN = "known before the series began"


@dataclass(frozen=True)
class Gap:
    """Days on which a call was missing, and that were no news."""

    call: str
    last_seen: date
    back: date


@dataclass
class Replayed:
    """What the ledger made of a series."""

    calls: dict[str, Call] = field(default_factory=dict)
    """By id, as they were last read."""
    events: list[Event] = field(default_factory=list)
    """The ledger, in its order."""
    runs: list[Run] = field(default_factory=list)
    """The readings, one a day; `doubted` names groups whose absence was not believed."""
    gaps: list[Gap] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """Of the events."""


def replay(days: Iterable[tuple[date, Mapping[str, Row]]], known_before: frozenset[str] = frozenset()) -> Replayed:
    """Each day read, in order, and the calendar after it. `known_before`: records that are older than the series."""
    done, made = Replayed(), dict[Row, Call]()
    for day, rows in days:
        read = {}
        for row in rows.values():
            call = made.get(row) or made.setdefault(row, as_call(row, day))
            before = done.calls.get(call.id)
            seen = {"as_of": day, "first_seen": before.first_seen if before else day, "last_seen": day}
            read[call.id] = call.model_copy(update=seen)
        _read(done, day, read, known_before)
    return done


def _read(done: Replayed, day: date, read: Mapping[str, Call], known_before: frozenset[str]) -> None:
    started = datetime.combine(day, time(), UTC)
    run = Run(id=f"{SOURCE}/{day}", source=SOURCE, started=started, as_of=day, outcome=RunOutcome.OK)
    since = done.runs[-1].as_of if done.runs else day - timedelta(days=1)
    observed = observe(done.calls, done.events, done.runs, run, read)
    _append(done, (_silenced(event, read, known_before) for event in observed.events))
    done.gaps += _gaps(done.calls, read, day, since, observed.events)
    done.runs.append(run.model_copy(update={"doubted": observed.doubted}))
    done.calls |= read
    _append(done, pass_time(done.calls.values(), since, day, done.events))


def _silenced(event: Event, read: Mapping[str, Call], known_before: frozenset[str]) -> Event:
    old = event.kind is EventKind.NEW and read[event.call].reference in known_before
    return event.model_copy(update={"silent": event.silent or KNOWN}) if old else event


def _append(done: Replayed, events: Iterable[Event]) -> None:
    for event in events:
        if event.key not in done.keys:
            done.keys.add(event.key)
            done.events.append(event.model_copy(update={"seq": len(done.keys)}))


def _gaps(
    before: Mapping[str, Call], read: Mapping[str, Call], day: date, previous: date, events: Iterable[Event]
) -> Iterator[Gap]:
    """Calls that are there again, and were not said to be withdrawn."""
    told = {event.call for event in events if event.kind is EventKind.RETURNED}
    for id in sorted(before.keys() & read.keys() - told):
        seen = before[id].last_seen
        if seen is not None and seen < previous:
            yield Gap(id, seen, day)
