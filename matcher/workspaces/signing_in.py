"""From what a provider says to a user with an account and permissions."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from matcher.addresses import address_key
from matcher.model import Account
from matcher.store import Store
from matcher.workspaces.identity import Identity
from matcher.workspaces.permissions import User

FRESH = timedelta(minutes=10)
"""So long after somebody signed in an account is made for them. A cookie outlives that by weeks: it must not bring back
an account that its owner erased."""
SEEN = timedelta(days=1)
"""How exactly it is kept when somebody was here last."""


def user_of(
    store: Store,
    who: Identity | None,
    now: datetime,
    operators: Collection[str] = (),
    new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
) -> User:
    """Somebody without permissions where nobody signed in. `operators`: keys of their addresses."""
    account = _account(store, who, now, new_id) if who else None
    if account is None:
        return User()
    held = store.workspaces.memberships(account.id)
    return User(
        account=account.id,
        name=account.name or account.address,
        is_operator=bool(account.address) and address_key(account.address) in operators,
        permissions={one.organisation: one.permission for one in held},
    )


def _account(store: Store, who: Identity, now: datetime, new_id: Callable[[], str]) -> Account | None:
    """Written only when there is something new, which is seldom: this is asked for at every drawing of a page."""
    known = store.workspaces.known(who.issuer, who.subject)
    if known is None and abs(now - who.at) > FRESH:
        return None
    if known and _says_the_same(known, who, now) and not (who.address and store.workspaces.is_invited(who.address)):
        return known
    return store.workspaces.sign_in(who.issuer, who.subject, who.name, who.address, now, new_id())


def _says_the_same(known: Account, who: Identity, now: datetime) -> bool:
    return (known.name, known.address) == (who.name, who.address) and now - known.seen < SEEN
