"""The ledger as JSON: its entries, and what a replay made of a series. Pure.

The keys of `replay_json` are kept: a proof is written against them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from matcher.ledger.replay import Replayed
from matcher.ledger.series import Series
from matcher.ledger.series_files import BadFile
from matcher.model import Call, Event, EventKind, FieldChange, MaterialField


def event_json(event: Event) -> dict[str, Any]:
    """An entry with all it rests on."""
    return event.model_dump(mode="json")


def replay_json(series: Series, done: Replayed, bad: Sequence[BadFile] = ()) -> dict[str, Any]:
    """Counts and lists of a replay.

    `counts`: entries of each kind that would have been told, `deadline_moves` among the changes, and
    `absences_without_news`. `silent`: entries of each kind that are told to nobody. `events`: the told ones by kind.
    `days_rebuilt`: from the difference; `days_not_read`: neither a file nor the difference names them.
    `absences_not_believed`: days on which most of a group of running calls was missing.
    """
    told = [event for event in done.events if not event.silent]
    moves = [_move(event, done.calls[event.call], change) for event, change in _moves(told)]
    gaps = [
        {"id": done.calls[gap.call].reference, "last_seen": gap.last_seen.isoformat(), "back": gap.back.isoformat()}
        for gap in done.gaps
    ]
    extra = {"deadline_moves": len(moves), "absences_without_news": len(gaps)}
    return {
        "calls": len(done.calls),
        "counts": _counts(told) | extra,
        "silent": _counts(event for event in done.events if event.silent),
        "days_read": _days(run.as_of for run in done.runs),
        "days_rebuilt": _days(set(series.read) - set(series.snapshots)),
        "days_not_read": _days(series.not_read),
        "days_contradicted": _days(series.contradicted),
        "bad_files": [one.model_dump() for one in bad],
        "absences_not_believed": [
            {"day": run.as_of.isoformat(), "groups": list(run.doubted)} for run in done.runs if run.doubted
        ],
        "absences_without_news": gaps,
        "deadline_moves": moves,
        "held": sorted({event.silent for event in done.events if event.is_held}),
        "events": {
            str(kind): [_event(event, done.calls[event.call]) for event in told if event.kind is kind]
            for kind in EventKind
        },
    }


def _counts(events: Iterable[Event]) -> dict[str, int]:
    found = Counter(event.kind for event in events)
    return {str(kind): found[kind] for kind in EventKind}


def _days(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


def _moves(events: Iterable[Event]) -> list[tuple[Event, FieldChange]]:
    """A first deadline is no move, and nor is the end of one."""
    changes = ((event, change) for event in events for change in event.changes)
    return [(event, one) for event, one in changes if one.field is MaterialField.DEADLINES and one.was and one.now]


def _move(event: Event, call: Call, change: FieldChange) -> dict[str, Any]:
    return {"id": call.reference, "on": event.on.isoformat(), "was": list(change.was), "now": list(change.now)}


def _event(event: Event, call: Call) -> dict[str, Any]:
    return {
        "id": call.reference,
        "identifier": call.identifier,
        "title": call.title,
        "on": event.on.isoformat(),
        "day": event.day.isoformat() if event.day else None,
        "within": event.within,
        "changes": [change.model_dump(mode="json") for change in event.changes],
        "seen_before": event.observation.seen_before.isoformat() if event.observation.seen_before else None,
        "note": event.observation.note,
    }
