"""What one reading of a source brings, held against what the store knew before it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from matcher.ledger.absence import absences, doubted, is_complete, was_running
from matcher.ledger.comparing import compare
from matcher.ledger.forms import ELIGIBILITY, Form
from matcher.ledger.silence import STOPPED, WAS_CLOSED, good, guarded, reason_for_all, silenced, unsure
from matcher.ledger.states import turn
from matcher.model import Call, CallStatus, Event, EventKind, FieldChange, MaterialField, Observation, Run

REMEMBERED = (EventKind.WITHDRAWN, EventKind.RETURNED)
"""Kinds of entries that later readings are held against; beside them only what is silent as STOPPED."""
UNTOLD = "that it was withdrawn was told to nobody"


@dataclass(frozen=True)
class Observed:
    """What a reading brought."""

    events: tuple[Event, ...] = ()
    doubted: tuple[str, ...] = ()
    """Groups of running calls of which most are missing, which is not believed; for Run.doubted."""


def observe(
    before: Mapping[str, Call],
    known: Iterable[Event],
    earlier: Iterable[Run],
    run: Run,
    read: Mapping[str, Call],
    gone: frozenset[str] = frozenset(),
    silent: str = "",
) -> Observed:
    """The events of a good reading, by kind and call.

    `before`: the calls of the source as stored before it, by id; `known`: what the ledger holds of the source, silent
    entries too, at least REMEMBERED and STOPPED, each in its order; `earlier`: runs of the source; `run`: this one;
    `read`: the calls it brought, by id; `gone`: ids of calls whose own page is known to be gone; `silent`: why nothing
    of it is told.
    """
    runs, memory = good(earlier, run), _Memory.of(known)
    missing_of = () if not is_complete(run) else doubted(before, read.keys(), memory.withdrawn, run.as_of)
    run = run.model_copy(update={"doubted": missing_of})
    events = [
        *_news(before, read, run),
        *_differences(before, read, runs, run, memory),
        *_returns(read, before, run, memory),
        *_withdrawals(before, read, runs, run, memory, gone),
    ]
    since = runs[-1].as_of if runs else None
    events = list(silenced(events, silent or reason_for_all(run, runs)))
    return Observed(guarded(events, since, run), missing_of)


@dataclass
class _Memory:
    """What the ledger says of the source's calls."""

    withdrawn: dict[str, str] = field(default_factory=dict)
    """Calls that are withdrawn -> why nobody was told; empty where it was told."""
    said_last: dict[str, dict[MaterialField, Form]] = field(default_factory=dict)
    """Call -> what it said in fields that it is silent about now."""

    @classmethod
    def of(cls, known: Iterable[Event]) -> _Memory:
        memory = cls()
        for event in known:
            if event.kind is EventKind.WITHDRAWN:
                memory.withdrawn[event.call] = "" if not event.silent else UNTOLD
            elif event.kind is EventKind.RETURNED:
                memory.withdrawn.pop(event.call, None)
            elif event.silent == STOPPED:
                memory.said_last.setdefault(event.call, {}).update({one.field: one.was for one in event.changes})
        return memory


def _news(before: Mapping[str, Call], read: Mapping[str, Call], run: Run) -> Iterator[Event]:
    for id in sorted(read.keys() - before.keys()):
        call = read[id]
        over = call.status(run.as_of) is CallStatus.CLOSED or call.published_status is CallStatus.CLOSED
        yield _event(call, EventKind.NEW, run, silent=WAS_CLOSED if over else "")


def _differences(
    before: Mapping[str, Call], read: Mapping[str, Call], runs: Sequence[Run], run: Run, memory: _Memory
) -> Iterator[Event]:
    poorer = bool(runs) and runs[-1].partial
    for id in sorted(read.keys() & before.keys()):
        was, now = before[id], read[id]
        if was is now:
            continue
        found = compare(was, now, run.as_of, memory.said_last.get(id), poorer)
        turned = turn(was, now, run.as_of)
        if turned and turned.kind is not EventKind.CHANGED:
            yield _event(now, turned.kind, run, was, day=turned.day, note="its publisher says so")
        of_call = [one for one in found.changes if one.field not in ELIGIBILITY]
        of_call += turned.changes if turned else ()
        if of_call:
            yield _event(now, EventKind.CHANGED, run, was, of_call)
        if of_eligibility := [one for one in found.changes if one.field in ELIGIBILITY]:
            yield _event(now, EventKind.ELIGIBILITY, run, was, of_eligibility)
        if found.silenced:
            yield _event(now, EventKind.CHANGED, run, was, found.silenced, silent=STOPPED)


def _returns(read: Mapping[str, Call], before: Mapping[str, Call], run: Run, memory: _Memory) -> Iterator[Event]:
    for id in sorted(read.keys() & memory.withdrawn.keys()):
        note, untold = "there again after it was withdrawn", memory.withdrawn[id]
        yield _event(read[id], EventKind.RETURNED, run, before.get(id), note=note, silent=untold)


def _withdrawals(
    before: Mapping[str, Call],
    read: Mapping[str, Call],
    runs: Sequence[Run],
    run: Run,
    memory: _Memory,
    gone: frozenset[str],
) -> Iterator[Event]:
    if not is_complete(run):
        return
    away = before.keys() - read.keys() - memory.withdrawn.keys()
    missing = (before[id] for id in sorted(away) if was_running(before[id], run.as_of))
    for one in absences(missing, [past for past in runs if is_complete(past)], run, gone):
        asked = unsure(one.doubted, run) if one.doubted else ""
        yield _event(one.call, EventKind.WITHDRAWN, run, one.call, note=one.note, silent=asked)


def _event(
    call: Call,
    kind: EventKind,
    run: Run,
    before: Call | None = None,
    changes: Iterable[FieldChange] = (),
    day: date | None = None,
    silent: str = "",
    note: str = "",
) -> Event:
    seen = Observation(run=run.id, url=call.url, seen_before=before and (before.last_seen or before.as_of), note=note)
    return Event(
        call=call.id,
        source=call.source,
        kind=kind,
        on=run.as_of,
        day=day,
        changes=tuple(changes),
        silent=silent,
        observation=seen,
    )
