"""Call documents that say otherwise who may apply, with whom or for how much: into the ledger, for each of their calls.

A document's text is read after its run was loaded, maybe by a later load; so all documents are looked at that have an
earlier state, and what the ledger tells of already is told no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from matcher.documents.call_documents import Change, eligibility_changes
from matcher.history import Step
from matcher.ledger.silence import SNAPSHOT, guarded, silenced
from matcher.model import Call, Event, EventKind, FieldChange, MaterialField, Observation, Run
from matcher.store import Store

RECENT = timedelta(days=28)
"""A change that was met earlier, and is read only now, is told to nobody."""
OLD = "met more than four weeks before it could be read"


def note_documents(store: Store, run: Run, silent: str = "") -> int:
    """Append what changed in documents of calls; returns how many events that were. Idempotent. Raises StoreError."""
    states = Counter(document.url for document in store.documents())
    changed = {url for url, count in states.items() if count > 1}
    calls = [call for call in store.calls() if any(link.url in changed for link in call.documents)] if changed else []
    known = store.ledger.events_of(call.id for call in calls)
    told = _told(event for events in known.values() for event in events)
    events = [event for call in calls for event in _events(call, store, run, told)]
    return store.ledger.append(guarded(silenced(events, silent or (SNAPSHOT if run.snapshot else "")), None, run))


def _told(events: Iterable[Event]) -> set[tuple[str, str, str]]:
    return {(one.call, one.observation.content_before, one.observation.content_now) for one in events}


def _events(call: Call, store: Store, run: Run, told: set[tuple[str, str, str]]) -> Iterator[Event]:
    for change, steps in eligibility_changes(call, store):
        pair = call.id, change.was.sha256, change.now.sha256
        if pair not in told:
            told.add(pair)
            yield _event(call, change, steps, run)


def _event(call: Call, change: Change, steps: Sequence[Step], run: Run) -> Event:
    where = change.now.url
    return Event(
        call=call.id,
        source=call.source,
        kind=EventKind.ELIGIBILITY,
        on=change.on,
        changes=tuple(_sentences(step, where) for step in steps),
        silent=OLD if run.as_of - change.on > RECENT else "",
        observation=Observation(
            run=run.id,
            url=where,
            seen_before=change.was.last_fetched,
            content_before=change.was.sha256,
            content_now=change.now.sha256,
            note="another state of a call document",
        ),
    )


def _sentences(step: Step, url: str) -> FieldChange:
    said = {"was": (step.was,) if step.was else (), "now": (step.now,) if step.now else ()}
    return FieldChange(field=MaterialField.DOCUMENT, where=" > ".join(filter(None, (url, step.where))), **said)
