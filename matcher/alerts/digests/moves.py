"""Several changes of a field brought down to what changed on the whole, and what a moved day means. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from matcher.model import FieldChange, MaterialField

SENTENCES = frozenset(
    {
        MaterialField.APPLICANTS,
        MaterialField.TERMS,
        MaterialField.CONDITIONS,
        MaterialField.CRITERIA,
        MaterialField.DOCUMENT,
    }
)
"""Fields of which a change tells the sentences that came and went; of the others it tells the whole value."""
ORDER = {field: place for place, field in enumerate(MaterialField)}


def net_changes(changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """One change for each field and place, in the order of MaterialField: from the first value to the last.

    What came back to where it was is left out.
    """
    places: dict[tuple[MaterialField, str], list[FieldChange]] = {}
    for change in changes:
        places.setdefault((change.field, change.where), []).append(change)
    summed = (_sum(places[key]) for key in sorted(places, key=lambda key: (ORDER[key[0]], key[1])))
    return tuple(change for change in summed if change.was != change.now)


def _sum(changes: Sequence[FieldChange]) -> FieldChange:
    first, last = changes[0], changes[-1]
    if first.field not in SENTENCES:
        return first.model_copy(update={"now": last.now})
    went: list[str] = []
    came: list[str] = []
    for change in changes:
        _cross(change.was, came, went)
        _cross(change.now, went, came)
    return first.model_copy(update={"was": tuple(went), "now": tuple(came)})


def _cross(sentences: Iterable[str], undone: list[str], done: list[str]) -> None:
    """A sentence that goes after it came, or comes after it went, did neither."""
    for sentence in sentences:
        if sentence in undone:
            undone.remove(sentence)
        elif sentence not in done:
            done.append(sentence)


def days_moved(change: FieldChange, on: date) -> int | None:
    """By how many days the next deadline moved: more than 0 is later. None where days are not known exactly or over."""
    if change.field is not MaterialField.DEADLINES:
        return None
    was, now = _next_day(change.was, on), _next_day(change.now, on)
    return None if was is None or now is None else (now - was).days


def _next_day(days: Iterable[str], on: date) -> date | None:
    exact = (date.fromisoformat(day) for day in days if len(day) == len("2027-03-02"))
    return min((day for day in exact if day >= on), default=None)
