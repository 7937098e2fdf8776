"""Rows of workspaces as such, and what an invitation becomes. Inside the transactions of `workspaces`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, or_, select, update

from matcher.addresses import address_key
from matcher.model import Account, Frozen, Membership, Note, Permission, Pursuit
from matcher.store.outbox_rows import stamp
from matcher.store.tables import account, membership, note, pursuit


def row_of(one: Frozen, *moments: str) -> dict[str, Any]:
    """The fields as columns; moments as text in UTC."""
    return one.model_dump(exclude=set(moments)) | {name: stamp(getattr(one, name)) for name in moments}


def pursuit_of(row: Row[Any]) -> Pursuit:
    return Pursuit.model_validate(dict(row._mapping))


def note_of(row: Row[Any]) -> Note:
    return Note.model_validate(dict(row._mapping))


def account_of(row: Row[Any]) -> Account:
    return Account.model_validate(dict(row._mapping))


def membership_of(row: Row[Any]) -> Membership:
    facts = {name: getattr(row, name) for name in ("organisation", "permission", "invited")}
    return Membership(**facts, account=row.account or "")


def holder_of(one: Membership) -> str:
    """What a membership is known by in its organisation. Raises BadAddress."""
    return one.account or address_key(one.invited)


def bind_invitations(connection: Connection, id: str, key: str) -> None:
    """What an address was invited to is now the account's; of two memberships the higher permission holds."""
    for row in connection.execute(select(membership).where(membership.c.holder == key)).all():
        connection.execute(delete(membership).where(_is(row.organisation, key)))
        held = connection.execute(select(membership).where(_is(row.organisation, id))).one_or_none()
        if held is None:
            values = {"organisation": row.organisation, "holder": id, "account": id, "invited": ""}
            connection.execute(membership.insert().values(values | {"permission": row.permission}))
        elif not Permission(held.permission).allows(Permission(row.permission)):
            raised = update(membership).where(_is(row.organisation, id)).values(permission=row.permission)
            connection.execute(raised)


def forget(connection: Connection, one: Account) -> None:
    """A person's account, memberships, invitations and name; what they wrote stays, and nobody is said to have."""
    mine = membership.c.account == one.id
    organisations = connection.execute(select(membership.c.organisation).where(mine)).scalars().all()
    invited = [membership.c.holder == address_key(one.address)] if one.address else []
    connection.execute(delete(membership).where(or_(mine, *invited)))
    connection.execute(update(note).where(note.c.author == one.id).values(author=""))
    connection.execute(update(pursuit).where(pursuit.c.changed_by == one.id).values(changed_by=""))
    named = and_(pursuit.c.organisation.in_(organisations), pursuit.c.owner == one.name)
    connection.execute(update(pursuit).where(named).values(owner=""))
    connection.execute(delete(account).where(account.c.id == one.id))


def has_other_admin(connection: Connection, organisation: str, holder: str) -> bool:
    """Whether an organisation keeps an admin who has signed in, whatever becomes of that holder's membership.

    Also where the holder is none: an organisation that has no admin does not lose one.
    """
    admins = and_(
        membership.c.organisation == organisation,
        membership.c.permission == Permission.ADMIN,
        membership.c.account.is_not(None),
    )
    if not connection.execute(select(exists().where(admins, membership.c.holder == holder))).scalar():
        return True
    return bool(connection.execute(select(exists().where(admins, membership.c.holder != holder))).scalar())


def _is(organisation: str, holder: str) -> Any:
    return and_(membership.c.organisation == organisation, membership.c.holder == holder)
