"""The cards of organisations, made once for a state of the store and a day, and kept."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from matcher.store.access import Access
from matcher.store.tables import standing


@dataclass(frozen=True)
class StandingStore:
    """Each method is one transaction. What a body says is the business of matcher.alerts.digests.standing."""

    access: Access

    def kept(self, profile: str, state: str) -> str | None:
        """The body kept for an organisation, if it was worked out for that state."""
        found = select(standing.c.body).where(standing.c.profile == profile, standing.c.state == state)
        with self.access.reading() as connection:
            return connection.execute(found).scalar()

    def keep(self, profile: str, state: str, body: str) -> None:
        """In place of what was kept before."""
        row = {"profile": profile, "state": state, "body": body}
        with self.access.writing() as connection:
            connection.execute(insert(standing).values(row).on_conflict_do_update(index_elements=["profile"], set_=row))
