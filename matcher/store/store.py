"""The store as the rest of the system sees it: one object, each method one transaction, errors in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url

from matcher.model import Call, Issue, Run, RunOutcome
from matcher.store.calls import Version, has_identifier, read_calls, read_versions, save_calls
from matcher.store.engine import make_engine, writing
from matcher.store.errors import plain_words
from matcher.store.runs import read_issues, read_runs, save_run
from matcher.store.schema import migrate
from matcher.store.tables import call as calls_table
from matcher.store.tables import run as runs_table
from matcher.store.vectors import read_vectors, write_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GOOD = (RunOutcome.OK, RunOutcome.WARN)


def open_store(url: str) -> Store:
    """Open the store at a SQLAlchemy URL, make it if it is new, and bring it to the present schema.

    Raises StoreError with the file and the remedy: locked, read-only, full, not a store, newer, not reachable.
    """
    engine = make_engine(url)
    store = Store(engine, make_url(url).database or url)
    with plain_words(store.place):
        migrate(engine, store.place)
    return store


class Store:
    """Calls, runs, issues and vectors. Usable as a context manager; closing releases the file."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    def save_run(self, run: Run, calls: Iterable[Call] = (), issues: Sequence[Issue] = ()) -> Run:
        """Keep a run with its calls and issues in one transaction; returns it with the counts of new and changed calls.

        A failed run changes no call: giving one calls is a programming error (ValueError).
        """
        kept = list(calls)
        if kept and run.outcome is RunOutcome.FAIL:
            raise ValueError(f"run {run.id} failed: its {len(kept)} calls must not be stored")
        with self._writing() as connection:
            tally = save_calls(connection, kept, run.as_of)
            counts = {"calls": len(kept), "new": tally.new, "changed": tally.changed, "issues": len(issues)}
            saved = run.model_copy(update=counts)
            save_run(connection, saved, issues)
        return saved

    def calls(self, source: str | None = None) -> list[Call]:
        """All calls, or those of one source, by id."""
        where = () if source is None else (calls_table.c.source == source,)
        with self._reading() as connection:
            return read_calls(connection, *where)

    def call(self, id: str) -> Call | None:
        with self._reading() as connection:
            return next(iter(read_calls(connection, calls_table.c.id == id)), None)

    def find(self, identifier: str) -> list[Call]:
        """The calls that carry a topic code, in any letter case: a topic and the sub-grants under it."""
        with self._reading() as connection:
            return read_calls(connection, has_identifier(identifier))

    def versions(self, id: str) -> list[Version]:
        """What a call said before, newest first; empty while it never changed."""
        with self._reading() as connection:
            return read_versions(connection, id)

    def runs(self, source: str | None = None) -> list[Run]:
        """All runs, or those of one source, newest first."""
        where = () if source is None else (runs_table.c.source == source,)
        with self._reading() as connection:
            return read_runs(connection, *where)

    def last_good_run(self, source: str) -> Run | None:
        """The newest run of a source that was loaded."""
        return next((run for run in self.runs(source) if run.outcome in GOOD), None)

    def issues(self, run_id: str) -> list[Issue]:
        with self._reading() as connection:
            return read_issues(connection, run_id)

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that a model ("name@revision") made for these content hashes, as far as known."""
        with self._reading() as connection:
            return read_vectors(connection, model, hashes)

    def save_vectors(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        with self._writing() as connection:
            write_vectors(connection, model, vectors)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plain_words(self.place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with plain_words(self.place), writing(self._engine).begin() as connection:
            yield connection
