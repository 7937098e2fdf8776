"""Which events are told to nobody, and how a person lets out what was held. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from matcher.ledger.absence import GROUP
from matcher.ledger.forms import TEXTS
from matcher.model import HELD, Event, EventKind, FieldChange, Run, RunOutcome

USUAL_WEEK = 106
"""Events of one kind that a week may bring: twice the 53 of the busiest of 23 weeks of the portal, the largest source
there is. A back-fill brings hundreds in one reading; so does a reader of ours that reads a field otherwise."""
FIRST = "first reading of the source"
BASELINE = "first reading since a ledger is kept; the calls were known before"
SNAPSHOT = "a snapshot that comes with the project"
STOPPED = "its source says nothing of it any more, which tells nothing"
"""Why it is told to nobody; the entry keeps what was said, for when something is said again."""
AGAIN = "the ledger ends with it already; the store was put back to an earlier state"
WAS_CLOSED = "closed before it was first met"
MOST_A_WEEK = {
    EventKind.NEW: USUAL_WEEK,
    EventKind.CHANGED: USUAL_WEEK,
    EventKind.ELIGIBILITY: USUAL_WEEK,
    EventKind.WITHDRAWN: GROUP,
    EventKind.RETURNED: USUAL_WEEK,
}
"""In 94 days of the portal not one call was withdrawn: of many at once a listing has rather lost a part of itself."""


def reason_for_all(run: Run, earlier: Sequence[Run]) -> str:
    """Why nothing of a reading is told; empty where it is. `earlier`: the good runs of the source.

    A store that is older than the ledger was also read by an older program: what differs may be the reader's doing.
    """
    if run.snapshot:
        return SNAPSHOT
    whole = [one for one in earlier if not (one.snapshot or one.programmes)]
    if not whole:
        return FIRST
    return BASELINE if all(one.unledgered for one in whole) else ""


def good(runs: Iterable[Run], run: Run) -> list[Run]:
    """The runs before this one that were loaded, oldest first."""
    others = (one for one in runs if one.id != run.id and one.outcome is not RunOutcome.FAIL)
    return sorted((one for one in others if one.as_of <= run.as_of), key=lambda one: (one.as_of, one.started, one.id))


def silenced(events: Iterable[Event], reason: str) -> tuple[Event, ...]:
    """The events, told to nobody for that reason; those that have one of their own keep it."""
    return tuple(one.model_copy(update={"silent": one.silent or reason}) for one in events)


def not_again(events: Iterable[Event], history: Mapping[str, Sequence[Event]]) -> tuple[Event, ...]:
    """The events; changes that the ledger ends with already are told to nobody.

    A store that was put back to a backup holds older calls than its ledger knows of. `history`: all entries of the
    calls that changed, by call, in the order of the ledger.
    """
    return tuple(
        one.model_copy(update={"silent": AGAIN}) if _is_known(one, history.get(one.call, ())) else one for one in events
    )


def guarded(events: Sequence[Event], since: date | None, run: Run) -> tuple[Event, ...]:
    """The events; a mass of one kind that no week brings is held, with its figures, until a person lets it out.

    `since`: day of the reading before.
    """
    weeks = max(1, -(-(run.as_of - since).days // 7)) if since else 1
    told = Counter(one.kind for one in events if not one.silent)
    held = {kind: told[kind] for kind, most in MOST_A_WEEK.items() if told[kind] > weeks * most}
    return tuple(
        one.model_copy(update={"silent": _held(one.kind, held[one.kind], weeks, run)})
        if one.kind in held and not one.silent
        else one
        for one in events
    )


def released(events: Iterable[Event], run: str) -> tuple[Event, ...]:
    """What was held of a run, to be told: new entries beside the old ones, for a ledger is never changed.

    `events`: in the order of the ledger. That a call was withdrawn which is there again is not told any more.
    """
    held: dict[tuple[str, EventKind, tuple[FieldChange, ...]], Event] = {}
    for one in events:
        if one.kind is EventKind.RETURNED:
            held.pop((one.call, EventKind.WITHDRAWN, ()), None)
        if one.observation.run == run and one.is_held:
            held[one.call, one.kind, one.changes] = one.model_copy(update={"silent": ""})
    return tuple(held.values())


def unsure(groups: Iterable[str], run: Run) -> str:
    """Why a person is to judge that calls were withdrawn."""
    return f"{HELD}most running calls of {', '.join(groups)} are missing for weeks; funding ledger release {run.id}"


def _is_known(event: Event, history: Sequence[Event]) -> bool:
    last = {change.field: change for one in history for change in one.changes if one.silent != STOPPED}
    return bool(event.changes) and not event.silent and all(_is_last(last.get(one.field), one) for one in event.changes)


def _is_last(last: FieldChange | None, change: FieldChange) -> bool:
    """Of a text a change tells what went and came, of other fields all that is said now."""
    return last is not None and last.now == change.now and (change.field not in TEXTS or last.was == change.was)


def _held(kind: EventKind, count: int, weeks: int, run: Run) -> str:
    over = "a week" if weeks == 1 else f"{weeks} weeks"
    usual = f"{over} bring{'s' if weeks == 1 else ''} {weeks * MOST_A_WEEK[kind]} at most"
    return f"{HELD}{count} entries of kind {kind} in one reading, {usual}; funding ledger release {run.id}"
