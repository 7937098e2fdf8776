"""Organisations that people entered themselves, as their members last saved them. Not public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import Ending, Permission, Profile
from matcher.store.access import Access
from matcher.store.outbox_rows import stamp
from matcher.store.scrub import owe
from matcher.store.subscriptions import end_all
from matcher.store.tables import membership, note, organisation, pursuit, standing, subscription, worked_out
from matcher.store.worked_out import STANDING


@dataclass(frozen=True)
class OrganisationStore:
    """Each method is one transaction. What was read is never older than the last save of any process."""

    access: Access

    def create(self, profile: Profile, admin: str, now: datetime) -> bool:
        """Keep a new one, with an account as its first admin where there are accounts; False: its id is taken."""
        row = {"id": profile.id, "changed": stamp(now), "body": profile.model_dump_json()}
        first = {"organisation": profile.id, "holder": admin, "account": admin, "invited": ""}
        with self.access.writing() as connection:
            if not connection.execute(insert(organisation).values(row).on_conflict_do_nothing()).rowcount:
                return False
            if admin:
                connection.execute(insert(membership).values(**first, permission=Permission.ADMIN))
            return True

    def save(self, profile: Profile, now: datetime) -> None:
        """In place of what was saved under its id before."""
        row = {"id": profile.id, "changed": stamp(now), "body": profile.model_dump_json()}
        with self.access.writing() as connection:
            connection.execute(insert(organisation).values(row).on_conflict_do_update(index_elements=["id"], set_=row))

    def organisation(self, id: str) -> Profile | None:
        with self.access.reading() as connection:
            body = connection.execute(select(organisation.c.body).where(organisation.c.id == id)).scalar()
        return _profile(body) if body is not None else None

    def organisations(self) -> dict[str, Profile]:
        """All by id, in the order of their ids."""
        with self.access.reading() as connection:
            rows = connection.execute(select(organisation.c.id, organisation.c.body).order_by(organisation.c.id)).all()
        return {row.id: _profile(row.body) for row in rows}

    def take_back(self, id: str) -> None:
        """Forget what was saved; what its members do about calls stays, for the public organisation of that id."""
        with self.access.writing() as connection:
            connection.execute(delete(organisation).where(organisation.c.id == id))
            owe(connection)

    def delete(self, id: str, now: datetime) -> None:
        """Forget the organisation, what it does about calls, its notes, who its members are and what was worked out for
        it; subscriptions to it end.

        The bytes leave the file with the next `Store.scrub`.
        """
        with self.access.writing() as connection:
            for table in (pursuit, note, membership):
                connection.execute(delete(table).where(table.c.organisation == id))
            connection.execute(delete(organisation).where(organisation.c.id == id))
            connection.execute(delete(standing).where(standing.c.profile == id))
            connection.execute(delete(worked_out).where(worked_out.c.name == STANDING + id))
            end_all(connection, subscription.c.profile == id, now, Ending.ORGANISATION_DELETED)
            owe(connection)


@lru_cache(maxsize=512)
def _profile(body: str) -> Profile:
    """The same few are read for every page."""
    return Profile.model_validate_json(body)
