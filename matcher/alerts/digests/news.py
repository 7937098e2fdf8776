"""Events of sources' records -> what became news of each call as a reader knows it. Pure.

One call has one news in a window of the ledger, whatever became of it there: the field that moved twice moved once, and
what was undone inside the window is no news. Knows no organisation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from matcher.alerts.digests.moves import net_changes
from matcher.ledger.passing import CLOSING_WITHIN
from matcher.model import Call, CallStatus, Event, EventKind, FieldChange, Frozen, MaterialField, Text

HEADLINES = (
    EventKind.WITHDRAWN,
    EventKind.CLOSED,
    EventKind.CLOSING,
    EventKind.NEW,
    EventKind.OPENED,
    EventKind.ELIGIBILITY,
    EventKind.CHANGED,
    EventKind.RETURNED,
    EventKind.OPENING,
)
"""Of several kinds the first decides where a reader meets the call: what presses, then what is least known to him."""
OF_CHANGE = (EventKind.CHANGED, EventKind.ELIGIBILITY)
OF_CALENDAR = {
    EventKind.CLOSING: "deadlines",
    EventKind.CLOSED: "deadlines",
    EventKind.OPENING: "opening",
    EventKind.OPENED: "opening",
}
"""What the calendar brings -> the field whose day it is about."""
FIELDS = {
    MaterialField.TITLE: ("title",),
    MaterialField.OPENING: ("opening",),
    MaterialField.DEADLINES: ("deadlines",),
    MaterialField.BUDGET: ("budget",),
    MaterialField.GRANT: ("grant",),
    MaterialField.APPLICANTS: ("applicants",),
    MaterialField.TERMS: ("terms",),
    MaterialField.CONDITIONS: ("conditions",),
    MaterialField.CRITERIA: ("criteria", "documents"),
    MaterialField.DOCUMENT: ("documents",),
}
"""Where a listed call keeps what a change is about. A state is always the record's own."""


class News(Frozen):
    """What became of one call in one window of the ledger."""

    call: Text
    """Id of the listed call."""
    kinds: tuple[EventKind, ...]
    """In the order of HEADLINES; the first is the headline."""
    on: date
    """The last day on which something of it was learnt."""
    changes: tuple[FieldChange, ...] = ()
    events: tuple[int, ...] = ()
    """`Event.seq` of all it rests on, ascending."""

    @property
    def kind(self) -> EventKind:
        return self.kinds[0]


def listed_by_record(calls: Iterable[Call]) -> dict[str, list[Call]]:
    """Record id -> the listed calls it is part of: one, or several of a page that names several."""
    found: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        for record in (call.id, *(seen.id for seen in call.sightings)):
            found[record].append(call)
    return found


def by_call(events: Iterable[Event], listed: Mapping[str, Sequence[Call]]) -> list[tuple[Call, list[Event]]]:
    """Each listed call with the events of its records, by call id."""
    found: dict[str, tuple[Call, list[Event]]] = {}
    for event in events:
        for call in listed.get(event.call, ()):
            found.setdefault(call.id, (call, []))[1].append(event)
    return [found[key] for key in sorted(found)]


def call_news(call: Call, events: Sequence[Event], firsts: Mapping[str, int], on: date) -> News | None:
    """What the events of its records are to a reader of the call; None: nothing.

    `events`: of one window, in the order of the ledger, without silent ones. `firsts`: record id -> place of its first
    entry "new" in the whole ledger, silent or not. A record without one was known before there was a ledger.
    """
    counted = [event for event in events if _counts(call, event, firsts, on)]
    changing = [event for event in counted if event.kind in OF_CHANGE]
    kinds = {event.kind for event in counted if event.kind not in OF_CHANGE}
    if EventKind.NEW in kinds:  # what one never knew of has not changed for one
        changing = []
        kinds -= {EventKind.RETURNED}
    moved = _moved(call, changing)
    kinds |= {kind for kind, changes in moved.items() if changes}
    kinds = _settled(kinds, counted)
    if not kinds:
        return None
    changes = tuple(change for kind in OF_CHANGE for change in moved.get(kind, ()) if kind in kinds)
    telling = [event for event in counted if event.kind in kinds]
    return News(
        call=call.id,
        kinds=tuple(kind for kind in HEADLINES if kind in kinds),
        on=max(event.on for event in telling),
        changes=changes,
        events=tuple(event.seq for event in telling),
    )


def _counts(call: Call, event: Event, firsts: Mapping[str, int], on: date) -> bool:
    """Whether an event of one of its records is news of the listed call as it stands on that day."""
    closed = call.status(on) is CallStatus.CLOSED
    match event.kind:
        case EventKind.NEW:
            return not closed and event.seq == _first(call, firsts)
        case EventKind.CHANGED | EventKind.ELIGIBILITY:
            return not closed and any(_gives_change(call, event.call, change) for change in event.changes)
        case EventKind.WITHDRAWN | EventKind.RETURNED:
            return not closed and event.call == call.id
        case _:
            return _is_its(call, event) and _still_true(call, event, on)


def _is_its(call: Call, event: Event) -> bool:
    """Whether a day of the calendar is the listed call's, or its publisher's own word that it opened or closed."""
    by_word = bool(event.observation.run)
    return event.call == call.id if by_word else _gives(call, event.call, OF_CALENDAR[event.kind])


def _still_true(call: Call, event: Event, on: date) -> bool:
    """What was about to come, or came, holds as long as the day it is about is still the call's."""
    status = call.status(on)
    match event.kind:
        case EventKind.CLOSING:
            deadline = call.next_deadline(on)
            if deadline is None or status is CallStatus.CLOSED:
                return False
            return deadline.last_day == event.day and (deadline.last_day - on).days <= max(CLOSING_WITHIN)
        case EventKind.CLOSED:
            return status is CallStatus.CLOSED
        case EventKind.OPENING:
            return status is CallStatus.FORTHCOMING and call.opening == event.day
        case _:
            return status is CallStatus.OPEN and event.day in (None, call.opening)


def _first(call: Call, firsts: Mapping[str, int]) -> int:
    """Place in the ledger at which the call came to be known; 0: before there was one.

    A page that names a call is not the call: it may announce what is published later.
    """
    records = (call.id, *(seen.id for seen in call.sightings if seen.basis != "names it"))
    return min(firsts.get(record, 0) for record in records)


def _moved(call: Call, events: Sequence[Event]) -> dict[EventKind, tuple[FieldChange, ...]]:
    """Kind of change -> what changed on the whole, from the record that the call's value comes from."""
    given: dict[EventKind, list[FieldChange]] = {kind: [] for kind in OF_CHANGE}
    for event in events:
        given[event.kind] += [change for change in event.changes if _gives_change(call, event.call, change)]
    return {kind: net_changes(changes) for kind, changes in given.items()}


def _settled(kinds: set[EventKind], counted: Sequence[Event]) -> set[EventKind]:
    """What went and came back, or came and went, did not happen; of what is gone nothing else matters."""
    there = [event.kind for event in counted if event.kind in (EventKind.WITHDRAWN, EventKind.RETURNED)]
    if there and there[0] is not there[-1]:
        kinds = kinds - {EventKind.WITHDRAWN, EventKind.RETURNED}
        return set() if there[-1] is EventKind.WITHDRAWN else kinds
    if EventKind.WITHDRAWN in kinds:
        return set() if EventKind.NEW in kinds else {EventKind.WITHDRAWN}
    return kinds


def _gives_change(call: Call, record: str, change: FieldChange) -> bool:
    return any(_gives(call, record, field) for field in FIELDS.get(change.field, ("",)))


def _gives(call: Call, record: str, field: str) -> bool:
    """Whether the listed call has a field from that record."""
    source = next((origin.source for origin in call.origins if origin.field == field), None)
    if source is None:
        return record == call.id
    return any(seen.id == record and seen.source == source for seen in call.sightings)
