"""An organisation's own calls: what it does about each, with the call, its notes and its news. Pure but `read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.model import Call, Event, Note, Pursuit, Stage
from matcher.store import Store
from matcher.workspaces.desk import Desk
from matcher.workspaces.returning import changes_since, records, returned

IN_WORK = tuple(stage for stage in Stage if stage is not Stage.DISMISSED)


@dataclass(frozen=True)
class OurCall:
    pursuit: Pursuit
    call: Call | None
    """None where no source lists it any more."""
    notes: tuple[Note, ...] = ()
    """Newest first."""
    news: tuple[Event, ...] = ()
    """What changed since it was saved or dismissed, oldest first."""

    @property
    def title(self) -> str:
        """Of a call that is listed no more its id, which is all that is known of it."""
        return self.call.title if self.call else self.pursuit.call

    def deadline(self, on: date) -> date | None:
        """The last day of its next deadline."""
        ahead = self.call.next_deadline(on) if self.call else None
        return ahead.last_day if ahead else None


Listed = Callable[[Iterable[str]], Mapping[str, Call]]
"""The calls that ids lead to, by these ids; absent where none is listed."""


def read(desk: Desk, organisation: str, listed: Listed) -> tuple[OurCall, ...]:
    """All that the user may see of it."""
    pursuits = desk.pursuits(organisation)
    calls = _found(pursuits, listed)
    news = events(desk.store, calls)
    return joined(pursuits, calls, desk.notes(organisation), news)


def read_returned(desk: Desk, organisation: str, listed: Listed) -> frozenset[str]:
    """The calls that the organisation dismissed and that changed since."""
    dismissed = {id: one for id, one in desk.pursuits(organisation).items() if one.stage is Stage.DISMISSED}
    return returned(dismissed, events(desk.store, _found(dismissed, listed)))


def _found(ids: Iterable[str], listed: Listed) -> dict[str, Call | None]:
    calls = listed(ids)
    return {id: calls.get(id) for id in ids}


def events(store: Store, calls: Mapping[str, Call | None]) -> dict[str, list[Event]]:
    """By call, what the ledger says of all its records."""
    names = {id: records(id, call) for id, call in calls.items()}
    found = store.ledger.events_of(record for some in names.values() for record in some)
    return {id: [event for record in some for event in found.get(record, ())] for id, some in names.items()}


def joined(
    pursuits: Mapping[str, Pursuit],
    calls: Mapping[str, Call | None],
    notes: Iterable[Note],
    news: Mapping[str, Iterable[Event]],
) -> tuple[OurCall, ...]:
    by_call: dict[str, list[Note]] = {id: [] for id in pursuits}
    for note in notes:
        by_call.setdefault(note.call, []).append(note)
    return tuple(
        OurCall(one, calls.get(id), tuple(by_call[id]), changes_since(one, news.get(id, ())))
        for id, one in pursuits.items()
    )


def by_stage(ours: Iterable[OurCall], on: date) -> dict[Stage, list[OurCall]]:
    """The stages in their order, empty ones left out; in each the call that is due first comes first."""
    due = sorted(ours, key=lambda one: (one.deadline(on) or date.max, one.title.casefold(), one.pursuit.call))
    staged = {stage: [one for one in due if one.pursuit.stage is stage] for stage in Stage}
    return {stage: some for stage, some in staged.items() if some}
