"""What became of a call since it was first read, before and after, from the ledger and from its record. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.alerts.letters.changes import value_words
from matcher.history import ELIGIBILITY, Step
from matcher.languages import Speaker
from matcher.languages.terms import EVENTS, FIELDS
from matcher.model import Event, EventKind, FieldChange, MaterialField

QUIET = frozenset({EventKind.OPENING, EventKind.CLOSING, EventKind.CLOSED, EventKind.OPENED})
"""What the calendar alone brings, and the deadlines' table tells."""
AS_FIELD = {
    "state": MaterialField.STATE,
    "opening": MaterialField.OPENING,
    "deadline": MaterialField.DEADLINES,
    ELIGIBILITY: MaterialField.DOCUMENT,
}
"""`Step.what` -> the field of the ledger that tells the same."""


@dataclass(frozen=True)
class Change:
    """One thing that changed, and the day on which that was learnt. `was` and `now` are words; either may be empty."""

    on: date
    label: str
    was: str = ""
    now: str = ""
    where: str = ""
    """In a document: the headings above."""


def changes(say: Speaker, events: Iterable[Event], steps: Iterable[Step]) -> list[Change]:
    """Newest first. What the ledger and the record tell of the same field and day stands once; what waits for a person
    to let it out is not told."""
    heard = [event for event in events if event.kind not in QUIET and not event.is_held]
    known = {(event.on, change.field) for event in heard for change in event.changes}
    own = (step for step in steps if (step.on, AS_FIELD.get(step.what)) not in known)
    told = [*(one for event in heard for one in _of_event(say, event)), *(_of_step(say, step) for step in own)]
    return sorted(dict.fromkeys(told), key=lambda one: one.on, reverse=True)


def _of_event(say: Speaker, event: Event) -> Iterator[Change]:
    for change in event.changes:
        yield _of_field(say, event.on, change)
    if not event.changes:
        yield Change(event.on, say.term(EVENTS[event.kind]))


def _of_field(say: Speaker, on: date, change: FieldChange) -> Change:
    was, now = (
        ", ".join(value_words(change.field, value, say) for value in values) for values in (change.was, change.now)
    )
    return Change(on, say.term(FIELDS[change.field]), was, now, change.where)


def _of_step(say: Speaker, step: Step) -> Change:
    field = AS_FIELD.get(step.what)
    label = say.term(FIELDS[field]) if field else say.say(step.what)
    return Change(step.on, label, say.say(step.was), say.say(step.now), step.where)
