"""What was erased leaves the file too: deleting a row leaves copies of it wherever the database had moved it before,
also with `PRAGMA secure_delete`; VACUUM leaves none (sqlite.org/lang_vacuum.html).

A number in the head of the file says that this is still to be done, so that it is done after a crash as well.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from matcher.store.errors import StoreLocked, plain_words

OWED = 1
"""`PRAGMA user_version`, which nothing else of the store uses."""


def owe(connection: Connection) -> None:
    """Inside the transaction that deletes."""
    connection.exec_driver_sql(f"PRAGMA user_version = {OWED}")


def scrub(engine: Engine, place: str) -> bool:
    """Write the file anew from what is still stored, if that is owed; returns whether it was.

    Needs as much free space as the store takes, and that nobody reads the state before. Raises StoreError.
    """
    with plain_words(place):
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            if cursor.execute("PRAGMA user_version").fetchone()[0] != OWED:
                return False
            cursor.execute("VACUUM")
            if cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise StoreLocked(place, "what was erased is still in its journal, because another process reads there")
            cursor.execute("PRAGMA user_version = 0")
            return True
        finally:
            connection.close()
