"""Copies of the store while it is in use, checked before they count, and the way back to one of them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from matcher.store.engine import make_engine
from matcher.store.errors import NotAStore, StoreError, StoreUnreachable, plain_words
from matcher.store.store import open_store
from matcher.store.tables import (
    account,
    choice,
    event,
    membership,
    metadata,
    note,
    organisation,
    outbox,
    pursuit,
    subscription,
    suppression,
)

PATTERN = "store-*.sqlite"
NEWS = (event, subscription, choice, suppression, outbox)
WORK = (account, membership, organisation, pursuit, note)
TOLD_AND_AGREED = (*NEWS, *WORK)
"""What outlives a restore: who unsubscribed, was let out or was erased since stays so, what was told is not told again,
and what people entered and wrote is theirs, not the crawler's. Each table after those it refers to."""


class BadBackup(StoreError):
    remedy = "Nothing was changed. Choose another backup, and look for a failing disk."


class NoBackup(BadBackup):
    remedy = "Nothing was changed. Name a backup, as `funding backup` makes them."


class CannotKeep(StoreError):
    remedy = "Nothing was changed. Add --everything to take subscribers and mails from the backup, too."


@dataclass(frozen=True)
class Backup:
    file: Path
    rows: dict[str, int]
    """Table -> number of its rows."""
    forgotten: int = 0
    """Older backups that were deleted."""


@dataclass(frozen=True)
class Restored:
    file: Path
    aside: Path | None
    """Where the store that was in use lies now; None where there was none."""
    rows: dict[str, int]
    kept: bool
    """Whether subscribers, mails and the ledger of news are those of the store that was in use."""


def place_of(url: str) -> Path:
    """The file behind the SQLAlchemy URL of a store. Raises StoreError."""
    return Path(make_engine(url).url.database or "")


def back_up(place: Path, folder: Path, now: datetime, keep: int) -> Backup:
    """Copy the store as it is at one moment into `folder`, check the copy, and keep the newest `keep` copies.

    Nobody has to stop: the copy is a read of one state (sqlite.org/backup.html). It holds addresses: only its owner may
    read it. Raises StoreError; then no file of that name appears and no older copy is deleted.
    """
    file = folder / f"store-{now.astimezone(UTC):%Y-%m-%dT%H%MZ}.sqlite"
    part = file.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
    except OSError as error:
        raise StoreUnreachable(str(folder), f"no backup can be kept there ({error.strerror})") from error
    try:
        rows = _copy(place, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    old = sorted(folder.glob(PATTERN))[:-keep]
    for one in old:
        one.unlink()
    return Backup(file, rows, len(old))


def restore(file: Path, place: Path, folder: Path, now: datetime, everything: bool = False) -> Restored:
    """Put the backup `file` in place of the store; the present one is laid aside in `folder`, among the backups.

    Subscribers, suppressions, mails and the ledger of news stay those of the present store where it can be read, unless
    `everything`. Raises StoreError, and nothing was changed: another process has the store open (StoreLocked), the
    backup is damaged, of another program or of a newer version, or the present store's subscribers cannot be read.
    """
    if not file.is_file():
        found = sorted(folder.glob(PATTERN))
        raise NoBackup(str(file), f"there is no such file; the newest backup is {found[-1] if found else 'none'}")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    prepared = place.with_name(f"{place.name}.restoring")
    try:
        rows = _prepare(file, prepared)
        with _present(place) as present:
            kept = present is not None and not everything
            if present is not None and kept:
                _keep(present, prepared, place)
            aside = (
                folder / f"store-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-replaced.sqlite" if place.is_file() else None
            )
            if aside is not None:
                _lay_aside(place, present, aside)
            prepared.replace(place)
    finally:
        for left in (prepared, *_journals(prepared)):
            left.unlink(missing_ok=True)
    return Restored(file, aside, rows, kept)


def _copy(place: Path, part: Path) -> dict[str, int]:
    """Copy and count in one read, so that the copy must hold exactly the rows that were counted."""
    with plain_words(str(place)), closing(_connect(place)) as store, closing(_connect(part)) as copy:
        store.execute("BEGIN")
        counted, schema = _counts(store), _schema(store)
        store.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a journal beside it
        _sound(copy, part)
        found = _counts(copy)
        if found != counted or _schema(copy) != schema:
            raise BadBackup(str(part), f"the copy holds other rows than the store: {_differences(counted, found)}")
    return found


def _prepare(file: Path, prepared: Path) -> dict[str, int]:
    """A checked copy of the backup beside the store, brought to the present schema. Raises StoreError."""
    try:
        with plain_words(str(file)), closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as backup:
            _sound(backup, file)
    except NotAStore as error:
        raise NoBackup(str(file), "this is no backup of a store") from error
    prepared.unlink(missing_ok=True)
    prepared.touch(mode=0o600)
    shutil.copyfile(file, prepared)
    open_store(f"sqlite:///{prepared}").close()
    with plain_words(str(prepared)), closing(_connect(prepared)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # as every store has it; closing leaves one file
        return _counts(connection)


@contextmanager
def _present(place: Path) -> Iterator[sqlite3.Connection | None]:
    """The store in use, with nobody else at it; None where there is none that can be read. Raises StoreLocked.

    Leaving write-ahead logging needs the file for oneself, and brings all that is in the journal into it.
    """
    if not place.is_file():
        yield None
        return
    try:
        open_store(f"sqlite:///{place}").close()
    except NotAStore:
        yield None
        return
    with plain_words(str(place)), closing(_connect(place)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            connection.execute("PRAGMA journal_mode = WAL")
            raise


def _keep(present: sqlite3.Connection, prepared: Path, place: Path) -> None:
    """Put what was told and agreed into the prepared store, all or nothing. Raises CannotKeep."""
    try:
        present.execute("ATTACH ? AS restored", (str(prepared),))
        present.execute("BEGIN IMMEDIATE")
        for table in reversed(TOLD_AND_AGREED):
            present.execute(f'DELETE FROM restored."{table.name}"')
        for table in TOLD_AND_AGREED:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            present.execute(f'INSERT INTO restored."{table.name}" ({names}) SELECT {names} FROM main."{table.name}"')
        present.execute("COMMIT")
        present.execute("VACUUM restored")  # who was erased since the backup leaves the file, too
        present.execute("DETACH restored")
    except sqlite3.Error as error:
        raise CannotKeep(str(place), f"its subscribers and mails cannot be read ({error})") from error


def _lay_aside(place: Path, present: sqlite3.Connection | None, aside: Path) -> None:
    """A copy of the present store; of one that cannot be read the file itself, with what is left in its journal.

    A readable one is copied by SQLite: a process that opens a file a second time and closes it gives up its locks.
    """
    aside.touch(mode=0o600)
    if present is not None:
        with closing(_connect(aside)) as copy:
            present.backup(copy)
        return
    shutil.copyfile(place, aside)
    for journal, kept in zip(_journals(place), _journals(aside), strict=True):
        if journal.is_file():
            shutil.move(journal, kept)


def _journals(place: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database (sqlite.org/tempfiles.html)."""
    return tuple(place.with_name(f"{place.name}{ending}") for ending in ("-wal", "-shm", "-journal"))


def _sound(connection: sqlite3.Connection, place: Path) -> None:
    """Raises BadBackup for a damaged file, NotAStore for one that is no store of ours."""
    trouble = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if trouble != ["ok"]:
        raise BadBackup(str(place), f"it is damaged ({trouble[0]})")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise BadBackup(str(place), "a row refers to one that is not there")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        raise NotAStore(str(place), "this is no backup of a store")


def _connect(place: Path) -> sqlite3.Connection:
    return sqlite3.connect(place, timeout=5, isolation_level=None)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = sorted(metadata.tables)
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _schema(connection: sqlite3.Connection) -> str:
    """The revision of the schema, as the migrations name it."""
    return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _differences(counted: dict[str, int], found: dict[str, int]) -> str:
    return ", ".join(f"{name} {counted[name]} and {found[name]}" for name in counted if counted[name] != found[name])
