"""What the calendar alone brings: calls that open, are about to close and close. Pure.

The days are those of the call as it is known; a day known only by month, quarter or year is not counted down to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from matcher.model import Call, CallStatus, Event, EventKind, MaterialField, Observation, Precision

OPENING_WITHIN = (14,)
"""Days before a call opens."""
CLOSING_WITHIN = (30, 14)
"""Days before the next deadline; at most these two times, as GOV.UK and Find a Grant do."""
URGENT = timedelta(days=3)
OF_STATE = (MaterialField.STATE, MaterialField.OPENING, MaterialField.DEADLINES)
EXACT = (Precision.DAY, Precision.MINUTE)


def pass_time(calls: Iterable[Call], since: date, on: date, known: Iterable[Event] = ()) -> tuple[Event, ...]:
    """The events of the days after `since` up to `on` that are still true `on` that day; none that is `known`.

    `known`: the events of the ledger in its order, the silent ones too. Idempotent: given twice, the ledger keeps them
    once. A call that is withdrawn, or only planned in a timetable, brings none.
    """
    told, withdrawn, by_word = set[_Step](), set[str](), set[tuple[str, EventKind]]()
    for event in known:
        told.add(_step(event))
        _note(event, withdrawn, by_word)
    found = (
        event
        for call in calls
        if call.id not in withdrawn and not call.is_planned
        for event in _of_call(call, since, on)
        if (call.id, event.kind) not in by_word
    )
    return tuple(event for event in found if _step(event) not in told)


def urgent_sources(calls: Iterable[Call], on: date) -> tuple[str, ...]:
    """Sources that hold running calls with a deadline within three days: to be read daily, whatever their frequency."""
    return tuple(sorted({call.source for call in calls if _is_urgent(call, on)}))


_Step = tuple[str, EventKind, date | None, int | None]


def _step(event: Event) -> _Step:
    """What makes an event of the calendar the same one."""
    return event.call, event.kind, event.day, event.within


def _note(event: Event, withdrawn: set[str], by_word: set[tuple[str, EventKind]]) -> None:
    """What was opened or closed by its publisher's word needs no calendar, until days or state change again."""
    if event.kind is EventKind.WITHDRAWN and not event.is_held:
        withdrawn.add(event.call)
    elif event.kind is EventKind.RETURNED:
        withdrawn.discard(event.call)
    elif event.kind is EventKind.CHANGED and any(one.field in OF_STATE for one in event.changes):
        by_word -= {(event.call, EventKind.OPENED), (event.call, EventKind.CLOSED)}
    elif event.kind in (EventKind.OPENED, EventKind.CLOSED) and event.observation.run:
        by_word.add((event.call, event.kind))


def _of_call(call: Call, since: date, on: date) -> Iterator[Event]:
    status, final = call.status(on), call.final_day
    if status is CallStatus.CLOSED:
        if final is not None and since <= final < on:
            yield _event(call, EventKind.CLOSED, on, final)
        return
    if call.opening is not None and call.opening_precision in EXACT:
        if status is CallStatus.FORTHCOMING:
            yield from _countdown(call, EventKind.OPENING, call.opening, OPENING_WITHIN, since, on)
        elif status is CallStatus.OPEN and since < call.opening <= on:
            yield _event(call, EventKind.OPENED, on, call.opening)
    deadline = call.next_deadline(on)
    if deadline is not None and deadline.precision in EXACT:
        yield from _countdown(call, EventKind.CLOSING, deadline.last_day, CLOSING_WITHIN, since, on)


def _countdown(
    call: Call, kind: EventKind, day: date, steps: tuple[int, ...], since: date, on: date
) -> Iterator[Event]:
    """The nearest step that was reached, if it was reached after `since`: the further ones are over by then."""
    reached = [step for step in steps if day - timedelta(days=step) <= on]
    if reached and since < day - timedelta(days=min(reached)):
        yield _event(call, kind, on, day, min(reached))


def _event(call: Call, kind: EventKind, on: date, day: date, within: int | None = None) -> Event:
    seen = Observation(url=call.url, seen_before=call.last_seen)
    return Event(call=call.id, source=call.source, kind=kind, on=on, day=day, within=within, observation=seen)


def _is_urgent(call: Call, on: date) -> bool:
    deadline = None if call.is_planned or call.status(on) is CallStatus.CLOSED else call.next_deadline(on)
    return deadline is not None and deadline.last_day - on <= URGENT
