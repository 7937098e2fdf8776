"""What organisations do about calls and who may see it: pursuits, notes, accounts, memberships. Holds personal data.

Knows no permissions: whoever may not see or change something is kept out by `matcher.workspaces`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects.sqlite import insert

from matcher.addresses import address_key
from matcher.model import Account, Membership, Note, Permission, Pursuit
from matcher.store.access import Access
from matcher.store.outbox_rows import stamp
from matcher.store.scrub import owe
from matcher.store.tables import account, membership, note, pursuit
from matcher.store.workspace_rows import (
    account_of,
    bind_invitations,
    forget,
    has_other_admin,
    holder_of,
    membership_of,
    note_of,
    pursuit_of,
    row_of,
)


@dataclass(frozen=True)
class WorkspaceStore:
    """Each method is one transaction."""

    access: Access

    # What organisations do about calls

    def pursue(self, one: Pursuit) -> None:
        """Keep what an organisation does about a call, in place of what it did before."""
        statement = insert(pursuit).values(row := row_of(one, "changed"))
        with self.access.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["organisation", "call"], set_=row))

    def drop(self, organisation: str, call: str) -> None:
        """As if the call had never been saved or dismissed; its notes stay."""
        with self.access.writing() as connection:
            connection.execute(delete(pursuit).where(pursuit.c.organisation == organisation, pursuit.c.call == call))

    def pursuits(self, organisation: str) -> dict[str, Pursuit]:
        """By call."""
        with self.access.reading() as connection:
            rows = connection.execute(
                select(pursuit).where(pursuit.c.organisation == organisation).order_by(pursuit.c.call)
            )
            return {row.call: pursuit_of(row) for row in rows}

    def all_pursuits(self) -> list[Pursuit]:
        """Of all organisations, by organisation and call."""
        with self.access.reading() as connection:
            rows = connection.execute(select(pursuit).order_by(pursuit.c.organisation, pursuit.c.call))
            return [pursuit_of(row) for row in rows]

    def note(self, one: Note) -> None:
        with self.access.writing() as connection:
            connection.execute(insert(note).values(row_of(one, "written")))

    def notes(self, organisation: str, call: str | None = None) -> list[Note]:
        """Of all calls or of one, newest first."""
        where = [note.c.organisation == organisation]
        where += [] if call is None else [note.c.call == call]
        with self.access.reading() as connection:
            rows = connection.execute(select(note).where(*where).order_by(note.c.written.desc(), note.c.id))
            return [note_of(row) for row in rows]

    def delete_note(self, organisation: str, id: str) -> bool:
        """Returns whether that organisation had it."""
        with self.access.writing() as connection:
            gone = connection.execute(delete(note).where(note.c.organisation == organisation, note.c.id == id))
            return bool(gone.rowcount)

    # Who may see it

    def sign_in(self, issuer: str, subject: str, name: str, address: str, now: datetime, id: str) -> Account:
        """The account of a person whom a provider vouches for, made under `id` at the first time.

        Invitations to `address`, which must be one that the provider verified, become memberships.
        """
        with self.access.writing() as connection:
            fresh = {"name": name, "address": address, "seen": stamp(now)}
            row = {"id": id, "issuer": issuer, "subject": subject, **fresh}
            statement = insert(account).values(row)
            connection.execute(statement.on_conflict_do_update(index_elements=["issuer", "subject"], set_=fresh))
            who = and_(account.c.issuer == issuer, account.c.subject == subject)
            signed_in = account_of(connection.execute(select(account).where(who)).one())
            if address:
                bind_invitations(connection, signed_in.id, address_key(address))
            return signed_in

    def known(self, issuer: str, subject: str) -> Account | None:
        """Whoever signed in before."""
        with self.access.reading() as connection:
            row = connection.execute(
                select(account).where(account.c.issuer == issuer, account.c.subject == subject)
            ).one_or_none()
            return account_of(row) if row else None

    def is_invited(self, address: str) -> bool:
        """Whether an invitation waits for that address."""
        with self.access.reading() as connection:
            waiting = select(membership.c.holder).where(membership.c.holder == address_key(address)).limit(1)
            return connection.execute(waiting).first() is not None

    def accounts(self, ids: Sequence[str]) -> dict[str, Account]:
        """Those of them that there are, by id."""
        with self.access.reading() as connection:
            return {row.id: account_of(row) for row in connection.execute(select(account).where(account.c.id.in_(ids)))}

    def accounts_at(self, address: str) -> list[Account]:
        """Those that signed in with a mail address, in any spelling of it. Raises BadAddress."""
        key = address_key(address)
        with self.access.reading() as connection:
            everybody = map(account_of, connection.execute(select(account).where(account.c.address != "")))
            return [one for one in everybody if address_key(one.address) == key]

    def memberships(self, account: str | None = None, organisation: str | None = None) -> list[Membership]:
        """Of a person, of an organisation, or (both given) of the one in the other; invitations too."""
        where = [] if account is None else [membership.c.account == account]
        where += [] if organisation is None else [membership.c.organisation == organisation]
        order = (membership.c.organisation, membership.c.holder)
        with self.access.reading() as connection:
            return [membership_of(row) for row in connection.execute(select(membership).where(*where).order_by(*order))]

    def let_in(self, one: Membership) -> bool:
        """Let somebody in, or change what they may do; False: nothing was done, it would take away the last admin."""
        holder = holder_of(one)
        row = {**row_of(one), "holder": holder, "account": one.account or None}
        statement = insert(membership).values(row)
        with self.access.writing() as connection:
            if one.permission is not Permission.ADMIN and not has_other_admin(connection, one.organisation, holder):
                return False
            connection.execute(statement.on_conflict_do_update(index_elements=["organisation", "holder"], set_=row))
            return True

    def let_out(self, one: Membership) -> bool:
        """End a membership or take back an invitation; False: nothing was done, it is the last admin."""
        holder = holder_of(one)
        mine = and_(membership.c.organisation == one.organisation, membership.c.holder == holder)
        with self.access.writing() as connection:
            if not has_other_admin(connection, one.organisation, holder):
                return False
            connection.execute(delete(membership).where(mine))
            return True

    def erase_account(self, id: str) -> None:
        """A person's account and memberships; who wrote notes or set stages is known no more, what they wrote stays.

        The bytes leave the file with the next `Store.scrub`.
        """
        with self.access.writing() as connection:
            row = connection.execute(select(account).where(account.c.id == id)).one_or_none()
            if row is None:
                return
            forget(connection, account_of(row))
            owe(connection)

    def erase_invitations(self, address: str) -> int:
        """Those that wait for an address; returns how many. Raises BadAddress."""
        with self.access.writing() as connection:
            gone = connection.execute(delete(membership).where(membership.c.holder == address_key(address)))
            if gone.rowcount:
                owe(connection)
            return gone.rowcount
