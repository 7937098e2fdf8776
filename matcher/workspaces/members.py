"""Who belongs to an organisation: letting in, changing, letting out, leaving; erasing one's account.

What is allowed is decided by the desk, anew at each step.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.addresses import read_address
from matcher.model import Account, Membership, Permission, said
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import LastAdmin, NotAllowed


@dataclass(frozen=True)
class Member:
    """`account`: None while the invited address has not signed in."""

    membership: Membership
    account: Account | None
    is_me: bool


@dataclass(frozen=True)
class Members:
    desk: Desk

    def of(self, organisation: str) -> list[Member]:
        """By name, then those invited; nothing for who is no member. Addresses are for admins' eyes."""
        if (held := self.desk.permission(organisation)) is None:
            return []
        found = self.desk.store.workspaces.memberships(organisation=organisation)
        accounts = self.desk.store.workspaces.accounts([one.account for one in found if one.account])
        is_admin = held.allows(Permission.ADMIN)
        members = [self._member(one, accounts.get(one.account), is_admin) for one in found]
        return sorted(
            members, key=lambda one: (one.account is None, one.account.name.casefold() if one.account else "")
        )

    def may_let_in(self, organisation: str) -> bool:
        """Its admins; where it has none, whoever runs the service."""
        held = self.desk.permission(organisation)
        return bool(held and held.allows(Permission.ADMIN)) or self._may_let_in_first(organisation)

    def let_in(self, organisation: str, address: str, permission: Permission) -> None:
        """The owner of that address is a member as soon as they sign in with it. Raises NotAllowed, BadAddress.

        Who runs the service lets in an admin and nobody else: from then on the organisation sees to itself.
        """
        if not self._may_let_in_first(organisation):
            self.desk.demand(Permission.ADMIN, organisation)
        elif self.desk.permission(organisation) is not Permission.ADMIN and permission is not Permission.ADMIN:
            raise NotAllowed(said("The first member of an organisation is an admin."))
        invited = Membership(organisation=organisation, permission=permission, invited=read_address(address))
        self.desk.store.workspaces.let_in(invited)

    def change(self, one: Membership, permission: Permission) -> None:
        """Raises NotAllowed, LastAdmin."""
        self.desk.demand(Permission.ADMIN, one.organisation)
        self._demand_there(one)
        self._kept(self.desk.store.workspaces.let_in(one.model_copy(update={"permission": permission})))

    def let_out(self, one: Membership) -> None:
        """By an admin, or by the member, who leaves. Raises NotAllowed, LastAdmin."""
        is_me = bool(one.account) and one.account == self.desk.user.account
        self.desk.demand(Permission.READER if is_me else Permission.ADMIN, one.organisation)
        self._demand_there(one)
        self._kept(self.desk.store.workspaces.let_out(one))

    def erase_me(self) -> None:
        """The user's account and memberships, down to the bytes; what they wrote stays, without saying who wrote it."""
        if self.desk.user.account:
            self.desk.store.workspaces.erase_account(self.desk.user.account)
            self.desk.store.scrub()

    def _member(self, one: Membership, account: Account | None, is_admin: bool) -> Member:
        is_me = bool(one.account) and one.account == self.desk.user.account
        if not is_admin and not is_me:
            one = one.model_copy(update={"invited": ""})
            account = account.model_copy(update={"address": ""}) if account else None
        return Member(one, account, is_me)

    def _may_let_in_first(self, organisation: str) -> bool:
        if not self.desk.user.is_operator:
            return False
        members = self.desk.store.workspaces.memberships(organisation=organisation)
        return not any(one.account and one.permission is Permission.ADMIN for one in members)

    def _demand_there(self, one: Membership) -> None:
        """It is a membership that the organisation has, and not one that a page made up."""
        there = self.desk.store.workspaces.memberships(organisation=one.organisation)
        if (one.account, one.invited) not in [(other.account, other.invited) for other in there]:
            raise NotAllowed(said("This member is not there any more."))

    def _kept(self, done: bool) -> None:
        if not done:
            raise LastAdmin(said("An organisation needs an admin. Make somebody else an admin first."))
