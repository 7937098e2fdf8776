"""What can go wrong with a store, one class per remedy, each message naming the file and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The store cannot be used as asked; nothing was half-written."""

    remedy: ClassVar[str] = "Look at the cause; the store itself was left as it was."

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(f"{place}: {cause}. {self.remedy}")
        self.place = place


class StoreLocked(StoreError):
    remedy = "Wait until the other `funding` process has finished, or stop it, and try again."


class StoreReadOnly(StoreError):
    remedy = "Give this user the right to write the file and its folder, or point FUNDING_HOME to a folder of your own."


class StoreFull(StoreError):
    remedy = "Free space on that disk, or point FUNDING_HOME to another one, and run the command again."


class NotAStore(StoreError):
    remedy = "Move the file away (a new store is made in its place), or set FUNDING_DATABASE to the right one."


class StoreDamaged(StoreError):
    remedy = "Something else changed the file: move it away (a new store is made in its place) and load again."


class NewerStore(StoreError):
    remedy = "Install the newer version of eu-funding-matcher, or point FUNDING_HOME to another folder."


class StoreUnreachable(StoreError):
    remedy = "Check that the folder exists and that this user may write into it, or set FUNDING_HOME to another one."


class Overtaken(StoreError):
    remedy = "Load the run again: what it brings is then held against what the other one left."


class StepNotAllowed(StoreError):
    remedy = "Nothing was changed; `funding outbox` shows where each mail is."


BY_CODE: dict[str, tuple[type[StoreError], str]] = {
    "SQLITE_BUSY": (StoreLocked, "another process is writing to the store"),
    "SQLITE_LOCKED": (StoreLocked, "another process is writing to the store"),
    "SQLITE_READONLY": (StoreReadOnly, "the store may only be read"),
    "SQLITE_PERM": (StoreReadOnly, "the store may only be read"),
    "SQLITE_FULL": (StoreFull, "the disk is full"),
    "SQLITE_IOERR": (StoreFull, "the disk does not do its work; it is full or failing"),
    "SQLITE_NOTADB": (NotAStore, "this is not a database"),
    "SQLITE_CORRUPT": (NotAStore, "the database is damaged"),
    "SQLITE_CANTOPEN": (StoreUnreachable, "the file cannot be opened or made"),
}
"""SQLite's result codes (sqlite.org/rescode.html); an extended code is looked up by itself, then by its family."""


@contextmanager
def plain_words(place: str) -> Iterator[None]:
    """Turn what the database driver raises into the StoreError with the remedy."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        kind, cause = _meaning(error.orig if isinstance(error, DBAPIError) else error)
        raise kind(place, cause) from error


@contextmanager
def understood(place: str) -> Iterator[None]:
    """Turn what is raised for a row that holds no record of its kind into StoreDamaged."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, (error.title, *first["loc"])))
        raise StoreDamaged(place, f"a row cannot be understood ({where}: {first['msg']})") from error
    except (ValueError, TypeError) as error:
        raise StoreDamaged(place, f"a row cannot be understood ({error})") from error


def _meaning(error: BaseException | None) -> tuple[type[StoreError], str]:
    name = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    family = "_".join(name.split("_")[:2])
    return BY_CODE.get(name) or BY_CODE.get(family) or (StoreError, str(error))
