"""Connections to the store: a crash leaves the last good state, and writers queue instead of failing late."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from matcher.store.errors import StoreError, StoreUnreachable

BUSY_SECONDS = 10
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
)
NORMAL = "NORMAL"  # with WAL: a killed process loses nothing, a power cut at most the last commits
FULL = "FULL"  # a power cut loses nothing either, for a wait for the disk at each commit


def make_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL, the folder of an SQLite file made if needed."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            url, f"this is not a database address ({error}); write sqlite:///path/to/store.sqlite"
        ) from None
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(url, f"found {parsed.get_backend_name()}, allowed: sqlite")
    _make_folder(parsed)
    engine = create_engine(parsed, hide_parameters=True)  # what a row holds belongs in no message
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, taking the write lock at the start: what a transaction read stays true until it has written."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def durable(engine: Engine) -> Engine:
    """As `writing`, and what is committed is on the disk: for what the world outside has been told, or has told us."""
    return engine.execution_options(begin="BEGIN IMMEDIATE", synchronous=FULL)


def keep_journal_apart(engine: Engine) -> None:
    """Switch the file to write-ahead logging for good: readers never wait for a writer. Not inside a transaction."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def make_private(engine: Engine) -> None:
    """Make the file of a new store, for its owner alone whatever the folder allows: it holds addresses.

    SQLite gives its journals the same rights. What hinders this hinders SQLite too, which is then told.
    """
    url = engine.url
    if _is_a_file(url):
        with suppress(OSError):
            os.close(os.open(str(url.database), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _is_a_file(url: URL) -> bool:
    return bool(url.database) and url.database != ":memory:" and not url.query.get("uri")


def _make_folder(url: URL) -> None:
    if not _is_a_file(url):
        return
    folder = Path(str(url.database)).absolute().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds addresses
    except OSError as error:
        raise StoreUnreachable(str(folder), f"the folder cannot be made ({error.strerror})") from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver thinks
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA synchronous = {options.get('synchronous', NORMAL)}")
    connection.exec_driver_sql(options.get("begin", "BEGIN"))
