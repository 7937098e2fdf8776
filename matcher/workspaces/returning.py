"""What became news of the calls an organisation saved or dismissed, and which dismissed ones come back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from matcher.model import Call, Event, EventKind, Pursuit, Stage

MATERIAL = (EventKind.CHANGED, EventKind.ELIGIBILITY, EventKind.RETURNED)
"""What is news of the call itself. That it opens or closes soon was to be expected when it was dismissed."""


def records(id: str, call: Call | None) -> tuple[str, ...]:
    """Ids of all records of a call, whose news is its news; `call`: None where it is listed no more."""
    return tuple(dict.fromkeys((id, *((call.id, *(other.id for other in call.sightings)) if call else ()))))


def changes_since(pursuit: Pursuit, events: Iterable[Event]) -> tuple[Event, ...]:
    """What became news of its call since the organisation saved or dismissed it, in the order of the ledger."""
    told = (one for one in events if one.kind in MATERIAL and not one.silent and one.seq > pursuit.seen_event)
    return tuple(sorted(told, key=lambda one: one.seq))


def returned(pursuits: Mapping[str, Pursuit], events: Mapping[str, Sequence[Event]]) -> frozenset[str]:
    """The dismissed calls that are to be shown again. `events`: by call, those of all its records."""
    dismissed = (one for one in pursuits.values() if one.stage is Stage.DISMISSED)
    return frozenset(one.call for one in dismissed if changes_since(one, events.get(one.call, ())))
