"""The store as the rest of the system sees it: one object, each method one transaction, errors in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Self

from sqlalchemy import ColumnElement, Engine, Table, select
from sqlalchemy.engine import make_url

from matcher.model import (
    Body,
    Call,
    Criterion,
    Document,
    DocumentText,
    Event,
    Issue,
    Project,
    Run,
    RunOutcome,
    SourceCard,
)
from matcher.precedents import Basis
from matcher.store.access import Access
from matcher.store.bodies import read_bodies, save_bodies
from matcher.store.calls import Version, count_national, has_identifier, read_calls, read_versions, save_calls
from matcher.store.cards import read_cards, save_cards
from matcher.store.documents import read_documents, save_documents
from matcher.store.engine import make_engine, make_private
from matcher.store.errors import Overtaken, plain_words
from matcher.store.jobs import JobStore
from matcher.store.ledger import LedgerStore, append_events
from matcher.store.organisations import OrganisationStore
from matcher.store.outbox import OutboxStore
from matcher.store.pages import PageStore
from matcher.store.projects import (
    count_projects,
    has_code,
    has_participant,
    read_projects,
    save_projects,
    speaks_of,
)
from matcher.store.readings import (
    keys_read_by,
    read_by,
    read_readings,
    read_text,
    save_readings,
    save_texts,
)
from matcher.store.runs import last_good_id, read_issues, read_last_runs, read_runs, save_run
from matcher.store.schema import migrate
from matcher.store.scrub import scrub
from matcher.store.standings import StandingStore
from matcher.store.subscriptions import SubscriptionStore
from matcher.store.tables import body as bodies_table
from matcher.store.tables import call as calls_table
from matcher.store.tables import document as documents_table
from matcher.store.tables import project as projects_table
from matcher.store.tables import run as runs_table
from matcher.store.vectors import read_vectors, write_vectors
from matcher.store.vitals import Vitals
from matcher.store.worked_out import WorkedOutStore
from matcher.store.workspaces import WorkspaceStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GOOD = (RunOutcome.OK, RunOutcome.WARN)
MOST_AT_ONCE = 5000
"""Names in one statement."""


def open_store(url: str) -> Store:
    """Open the store at a SQLAlchemy URL, make it if it is new, and bring it to the present schema.

    Raises StoreError with the file and the remedy: locked, read-only, full, not a store, newer, not reachable.
    """
    engine = make_engine(url)
    make_private(engine)
    store = Store(engine, make_url(url).database or url)
    with plain_words(store.place):
        migrate(engine, store.place)
    return store


class Store:
    """All that is remembered. Usable as a context manager; closing releases the file."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._access = Access(engine, place)
        self.place = place
        self.ledger = LedgerStore(self._access)
        self.standings = StandingStore(self._access)
        self.worked_out = WorkedOutStore(self._access)
        self.vitals = Vitals(self._access)
        self.subscriptions = SubscriptionStore(self._access)
        self.jobs = JobStore(self._access)
        self.outbox = OutboxStore(self._access)
        self.pages = PageStore(self._access)
        self.workspaces = WorkspaceStore(self._access)
        self.organisations = OrganisationStore(self._access)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._access.engine.dispose()

    def scrub(self) -> bool:
        """Rewrite the file without the bytes of what was erased, if that is owed; returns whether it was."""
        return scrub(self._access.engine, self.place)

    def save_run(
        self,
        run: Run,
        calls: Iterable[Call] = (),
        issues: Sequence[Issue] = (),
        documents: Iterable[Document] = (),
        bodies: Iterable[Body] = (),
        projects: Iterable[Project] = (),
        events: Iterable[Event] = (),
        after: str | None = None,
    ) -> Run:
        """Keep a run with its records, issues and the events they bring in one transaction; returns it with its counts.

        Counted are the records that the source is read for (`SourceCard.yields`); bodies count as documents do.
        A failed run changes no record: giving one records is a programming error (ValueError). `after`: id of the good
        run that its events were held against, empty for none; raises Overtaken when another one was stored since.
        """
        calls, documents, bodies, projects = list(calls), list(documents), list(bodies), list(projects)
        given = len(calls) + len(documents) + len(bodies) + len(projects)
        if given and run.outcome is RunOutcome.FAIL:
            raise ValueError(f"run {run.id} failed: its {given} records must not be stored")
        with self._access.writing() as connection:
            if after is not None and after != (found := last_good_id(connection, run.source)):
                raise Overtaken(self.place, f"run {found} of {run.source} was stored while {run.id} was read")
            tallies = {
                "calls": save_calls(connection, calls, run.as_of),
                "documents": save_documents(connection, documents) + save_bodies(connection, bodies),
                "projects": save_projects(connection, projects),
            }
            tally = tallies[run.card.yields if run.card else "calls"]
            counts = {"calls": tally.records, "new": tally.new, "changed": tally.changed, "issues": len(issues)}
            saved = run.model_copy(update=counts)
            save_run(connection, saved, issues)
            append_events(connection, events)
        return saved

    def save_cards(self, cards: Sequence[SourceCard]) -> None:
        """Keep what the registry says of its sources, in its order, in place of what it said before."""
        with self._access.writing() as connection:
            save_cards(connection, cards)

    def cards(self) -> list[SourceCard]:
        """Every source of the registry, in its order, whether it was ever read or not."""
        with self._access.reading() as connection:
            return read_cards(connection)

    def documents(self, url: str | None = None, source: str | None = None) -> list[Document]:
        """Call documents that fulfil all given conditions, by address, the newest state of each first."""
        where = _equal(documents_table, url=url, source=source)
        with self._access.reading() as connection:
            return read_documents(connection, *where)

    def documents_at(self, urls: Collection[str]) -> list[Document]:
        """Call documents at these addresses, by address, the newest state of each first."""
        wanted = sorted(urls)
        with self._access.reading() as connection:
            parts = [wanted[start : start + MOST_AT_ONCE] for start in range(0, len(wanted), MOST_AT_ONCE)]
            return [one for some in parts for one in read_documents(connection, documents_table.c.url.in_(some))]

    def save_texts(self, texts: Iterable[DocumentText]) -> None:
        """Keep what stands in documents."""
        with self._access.writing() as connection:
            save_texts(connection, texts)

    def text(self, sha256: str) -> DocumentText | None:
        """What stands in a document; None while it was not read."""
        with self._access.reading() as connection:
            return read_text(connection, sha256)

    def unread_documents(self, reader: str) -> list[Document]:
        """Documents whose text that reader did not make yet, each content once, by address."""
        with self._access.reading() as connection:
            done = read_by(connection, reader)
            states = {one.sha256: one for one in reversed(read_documents(connection)) if one.sha256 not in done}
        return sorted(states.values(), key=lambda one: (one.url, one.sha256))

    def save_readings(self, reader: str, readings: Mapping[str, tuple[Criterion, ...]]) -> None:
        """Keep the criteria read from texts, by key: of a document its SHA-256, of a call's field its `reading_key`."""
        with self._access.writing() as connection:
            save_readings(connection, reader, readings)

    def readings(self, keys: Collection[str]) -> dict[str, tuple[Criterion, ...]]:
        """The criteria read under these keys; a key that was never read is absent."""
        with self._access.reading() as connection:
            return read_readings(connection, keys)

    def keys_read_by(self, reader: str) -> set[str]:
        with self._access.reading() as connection:
            return keys_read_by(connection, reader)

    def bodies(self, role: str | None = None, programme: str | None = None, country: str | None = None) -> list[Body]:
        """Organisations that fulfil all given conditions, by id."""
        where = _equal(bodies_table, role=role, programme=programme, country=country)
        with self._access.reading() as connection:
            return read_bodies(connection, *where)

    def projects(
        self,
        code: tuple[Basis, str] | None = None,
        programme: str | None = None,
        fund: str | None = None,
        country: str | None = None,
        organisation: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> list[Project]:
        """Funded projects that fulfil all given conditions; those that ended or end last come first.

        `code`: a topic, call or line. `country` and `organisation` (words of a name) hold for the same participant.
        """
        where = _equal(projects_table, programme=programme, fund=fund)
        where += [has_code(*code)] if code else []
        where += [has_participant(country, organisation)] if country or organisation else []
        where += [speaks_of(text)] if text else []
        with self._access.reading() as connection:
            return read_projects(connection, *where, limit=limit)

    def count_projects(self) -> int:
        with self._access.reading() as connection:
            return count_projects(connection)

    def calls(self, source: str | None = None) -> list[Call]:
        """All calls, or those of one source, by id."""
        where = () if source is None else (calls_table.c.source == source,)
        with self._access.reading() as connection:
            return read_calls(connection, *where)

    def calls_of(self, ids: Collection[str]) -> dict[str, Call]:
        """The records with these ids, by id; one that is not stored is absent."""
        wanted, found = sorted(ids), {}
        with self._access.reading() as connection:
            for start in range(0, len(wanted), MOST_AT_ONCE):
                some = read_calls(connection, calls_table.c.id.in_(wanted[start : start + MOST_AT_ONCE]))
                found.update({one.id: one for one in some})
        return found

    def call_sources(self) -> set[str]:
        """The sources of which there are calls."""
        with self._access.reading() as connection:
            return set(connection.execute(select(calls_table.c.source).distinct()).scalars())

    def count_national(self) -> dict[str, int]:
        """Country -> number of its national calls."""
        with self._access.reading() as connection:
            return count_national(connection)

    def call(self, id: str) -> Call | None:
        with self._access.reading() as connection:
            return next(iter(read_calls(connection, calls_table.c.id == id)), None)

    def find(self, identifier: str) -> list[Call]:
        """The calls that carry a topic code, in any letter case: a topic and the sub-grants under it."""
        with self._access.reading() as connection:
            return read_calls(connection, has_identifier(identifier))

    def versions(self, id: str) -> list[Version]:
        """What a call said before, newest first; empty while it never changed."""
        with self._access.reading() as connection:
            return read_versions(connection, id)

    def runs(self, source: str | None = None) -> list[Run]:
        """All runs, or those of one source, newest first."""
        where = () if source is None else (runs_table.c.source == source,)
        with self._access.reading() as connection:
            return read_runs(connection, *where)

    def last_runs(self) -> dict[str, list[Run]]:
        """Of each source that was tried, by name: its newest run, and where that failed its newest good one.

        A failure before the newest good run is there too; newest first.
        """
        with self._access.reading() as connection:
            found = read_last_runs(connection)
        by_source: dict[str, list[Run]] = {one.source: [] for one in sorted(found, key=lambda one: one.source)}
        for one in found:
            by_source[one.source].append(one)
        return by_source

    def last_good_run(self, source: str) -> Run | None:
        """The newest run of a source that was loaded."""
        return next((run for run in self.runs(source) if run.outcome in GOOD), None)

    def issues(self, run_id: str) -> list[Issue]:
        with self._access.reading() as connection:
            return read_issues(connection, run_id)

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that a model ("name@revision") made for these content hashes, as far as known."""
        with self._access.reading() as connection:
            return read_vectors(connection, model, hashes)

    def save_vectors(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        with self._access.writing() as connection:
            write_vectors(connection, model, vectors)


def _equal(table: Table, **wanted: str | None) -> list[ColumnElement[bool]]:
    """One condition for each column whose value is given."""
    return [table.c[name] == value for name, value in wanted.items() if value is not None]
