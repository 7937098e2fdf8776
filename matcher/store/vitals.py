"""Whether the store does its work: its schema, and how old what it holds is. Each answer is one short statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select

from matcher.model import RunOutcome
from matcher.store.access import Access
from matcher.store.schema import newest_revision
from matcher.store.tables import run

GOOD = (RunOutcome.OK, RunOutcome.WARN)


@dataclass(frozen=True)
class Vitals:
    """Each method is one transaction. Raises StoreError."""

    access: Access

    def is_current(self) -> bool:
        """Whether the store has the schema that this code knows: another process may have brought it further."""
        with self.access.reading() as connection:
            return MigrationContext.configure(connection).get_current_revision() == newest_revision()

    def good_runs(self) -> dict[str, datetime]:
        """Source -> the start of its last good run; a source without any is absent."""
        newest = select(run.c.source, func.max(run.c.started)).where(run.c.outcome.in_(GOOD)).group_by(run.c.source)
        with self.access.reading() as connection:
            return {source: datetime.fromisoformat(started) for source, started in connection.execute(newest)}
