"""One user's door to the organisations that people enter: each change is allowed or refused here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matcher.model import Permission, Profile
from matcher.model.said import said
from matcher.store import Store
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import NotAllowed, User


class Taken(ValueError):
    """Somebody else entered an organisation under that id meanwhile."""


@dataclass(frozen=True)
class Keeping:
    store: Store
    user: User

    @property
    def may_create(self) -> bool:
        """Whoever signed in; without sign-in the one user of this machine."""
        return self.user.is_single or bool(self.user.account)

    def create(self, profile: Profile, now: datetime) -> None:
        """A new organisation, whose first admin is the user. Raises NotAllowed, Taken."""
        if not self.may_create:
            raise NotAllowed(said("Only who signed in can enter an organisation. Sign in first."))
        if not self.store.organisations.create(profile, self.user.account, now):
            raise Taken(said("There is an organisation “%(id)s” by now. Save once more.", id=profile.id))

    def change(self, profile: Profile, now: datetime) -> None:
        """Of a public organisation: its members' own facts in the place of the public ones. Raises NotAllowed."""
        self._demand(Permission.EDITOR, profile.id)
        self.store.organisations.save(profile, now)

    def take_back(self, id: str) -> None:
        """The public facts of a public organisation hold again. Raises NotAllowed."""
        self._demand(Permission.EDITOR, id)
        self.store.organisations.take_back(id)

    def delete(self, id: str, now: datetime) -> None:
        """The organisation with all that it did about calls, its notes and members, down to the bytes.

        Raises NotAllowed.
        """
        self._demand(Permission.ADMIN, id)
        self.store.organisations.delete(id, now)
        self.store.scrub()

    def _demand(self, permission: Permission, id: str) -> None:
        Desk(self.store, self.user).demand(permission, id)
