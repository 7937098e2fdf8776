"""The ledger of events: appended to, read in order, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import Event, EventKind
from matcher.store.access import Access
from matcher.store.tables import event

AT_ONCE = 500
"""Values that one statement compares with."""

T = TypeVar("T")


@dataclass(frozen=True)
class LedgerStore:
    """Each method is one transaction."""

    access: Access

    def append(self, events: Iterable[Event]) -> int:
        """Append what the ledger does not hold yet; returns how many that were."""
        with self.access.writing() as connection:
            return append_events(connection, events)

    def events(
        self,
        after: int = 0,
        upto: int | None = None,
        call: str | None = None,
        kinds: Collection[EventKind] = (),
        silent: bool = False,
        limit: int | None = None,
        source: str | None = None,
        first: int | None = None,
        since: date | None = None,
        reason: str = "",
    ) -> list[Event]:
        """Events with `after` < seq <= `upto` that fulfil all given conditions, in the order of the ledger.

        `silent`: also those that are told to nobody; `reason`: only those whose reason for that begins so. `since`:
        only what was learnt on that day or later. `limit`: only the newest so many; `first`: only the oldest.
        """
        where: list[ColumnElement[bool]] = [event.c.seq > after]
        where += [] if upto is None else [event.c.seq <= upto]
        where += [] if call is None else [event.c.call == call]
        where += [] if source is None else [event.c.source == source]
        where += [event.c.kind.in_(kinds)] if kinds else []
        where += [event.c.silent.startswith(reason, autoescape=True)] if reason else []
        where += [] if silent or reason else [event.c.silent == ""]
        where += [] if since is None else [event.c.on >= since]
        order = event.c.seq.desc() if first is None else event.c.seq
        with self.access.reading() as connection:
            rows = connection.execute(select(event).where(*where).order_by(order).limit(first or limit)).all()
            return sorted((_event(row.body, row.seq) for row in rows), key=lambda one: one.seq)

    def events_of(self, calls: Iterable[str]) -> dict[str, list[Event]]:
        """Record id -> all its events, silent ones too, in the order of the ledger; a record without any is absent."""
        found: dict[str, list[Event]] = defaultdict(list)
        with self.access.reading() as connection:
            for some in _batched(sorted(set(calls))):
                for row in connection.execute(select(event).where(event.c.call.in_(some)).order_by(event.c.seq)):
                    found[row.call].append(_event(row.body, row.seq))
        return dict(found)

    def calls_at(self, places: Iterable[int]) -> set[str]:
        """Ids of the records that the events at these places are about."""
        return set(self.call_at(places).values())

    def call_at(self, places: Iterable[int]) -> dict[int, str]:
        """Place -> id of the record that its event is about; what is no place is left out."""
        found: dict[int, str] = {}
        with self.access.reading() as connection:
            for some in _batched(sorted(set(places))):
                rows = connection.execute(select(event.c.seq, event.c.call).where(event.c.seq.in_(some)))
                found.update((row.seq, row.call) for row in rows)
        return found

    def head(self, before: date | None = None) -> int:
        """The newest place in the ledger, or the newest of what was learnt before a day; 0 where there is none."""
        where = [] if before is None else [event.c.on < before]
        with self.access.reading() as connection:
            return connection.execute(select(func.max(event.c.seq)).where(*where)).scalar() or 0


def append_events(connection: Connection, events: Iterable[Event]) -> int:
    """Inside the transaction that brings what the events tell of."""
    rows = [_row(one) for one in events]
    if not rows:
        return 0
    before = connection.execute(select(func.count()).select_from(event)).scalar_one()
    connection.execute(insert(event).on_conflict_do_nothing(index_elements=["key"]), rows)
    return connection.execute(select(func.count()).select_from(event)).scalar_one() - before


def _row(one: Event) -> dict[str, object]:
    return {
        "key": one.key,
        "call": one.call,
        "source": one.source,
        "kind": one.kind,
        "on": one.on,
        "silent": one.silent,
        "body": one.model_dump_json(exclude={"seq"}, exclude_defaults=True),
    }


def _event(body: str, seq: int) -> Event:
    return Event.model_validate_json(body).model_copy(update={"seq": seq})


def _batched(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
