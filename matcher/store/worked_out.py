"""What was worked out of all calls for a state of the store, and kept, so that no page works it out again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import RunOutcome
from matcher.store.access import Access
from matcher.store.tables import call, call_version, reading, run, worked_out

STANDING = "standing:"
"""Begins the names of what is kept of an organisation, before its id."""


@dataclass(frozen=True)
class WorkedOutStore:
    """Each method is one transaction. What a body says is the business of matcher.standing."""

    access: Access

    def state(self) -> str:
        """A word for all that calls say: another one after each load, and after each step of reading their texts."""
        good = select(func.count(), func.max(run.c.started)).where(run.c.outcome != RunOutcome.FAIL)
        counts = [select(func.count()).select_from(table) for table in (call, call_version)]
        readings = select(reading.c.reader, func.count()).group_by(reading.c.reader).order_by(reading.c.reader)
        with self.access.reading() as connection:
            found = (connection.execute(one).all() for one in (good, *counts, readings))
            return " ".join(str(value) for rows in found for row in rows for value in row)

    def kept(self, name: str, state: str) -> bytes | None:
        """What is kept under that name, if it was worked out for that state."""
        found = select(worked_out.c.body).where(worked_out.c.name == name, worked_out.c.state == state)
        with self.access.reading() as connection:
            return connection.execute(found).scalar()

    def keep(self, name: str, state: str, body: bytes) -> None:
        """In place of what was kept before."""
        row = {"name": name, "state": state, "body": body}
        with self.access.writing() as connection:
            connection.execute(insert(worked_out).values(row).on_conflict_do_update(index_elements=["name"], set_=row))

    def names(self) -> set[str]:
        """All that is kept."""
        with self.access.reading() as connection:
            return set(connection.execute(select(worked_out.c.name)).scalars())

    def forget(self, names: Collection[str]) -> None:
        with self.access.writing() as connection:
            for name in names:
                connection.execute(delete(worked_out).where(worked_out.c.name == name))
