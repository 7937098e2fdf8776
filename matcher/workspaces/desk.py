"""One user's door to all workspaces: each reading and each change is allowed or refused here, whatever a page offers.

Asks the store anew at each step what the user may do: a page that is open since yesterday allows no more than today.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from matcher.model import Dislike, Note, Permission, Pursuit, Stage, said
from matcher.printable import printable
from matcher.store import Store
from matcher.workspaces.permissions import NotAllowed, User

LONGEST_NAME = 100
LONGEST_TEXT = 4_000
"""Characters of a note or remark: about a page."""


def _random_id() -> str:
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Desk:
    store: Store
    user: User
    new_id: Callable[[], str] = field(default=_random_id)

    def permission(self, organisation: str) -> Permission | None:
        """What the user may do there now."""
        if self.user.is_single:
            return Permission.ADMIN
        if not self.user.account:
            return None
        held = self.store.workspaces.memberships(self.user.account, organisation)
        return held[0].permission if held else None

    def demand(self, permission: Permission, organisation: str) -> None:
        """Raises NotAllowed."""
        held = self.permission(organisation)
        if held is None or not held.allows(permission):
            raise NotAllowed(said("You may not do this for this organisation. Ask one of its admins."))

    # Reading

    def pursuits(self, organisation: str) -> dict[str, Pursuit]:
        """What the organisation does about calls, by call; nothing for who is no member."""
        return self.store.workspaces.pursuits(organisation) if self.permission(organisation) else {}

    def notes(self, organisation: str, call: str | None = None) -> list[Note]:
        """Newest first; nothing for who is no member."""
        return self.store.workspaces.notes(organisation, call) if self.permission(organisation) else []

    # Changing; each raises NotAllowed

    def set_stage(self, organisation: str, call: str, stage: Stage, now: datetime) -> Pursuit:
        """How far the organisation is with a call; who sees to it stays."""
        return self._pursue(organisation, call, now, stage=stage, reason=None, remark="")

    def dismiss(self, organisation: str, call: str, reason: Dislike, remark: str, now: datetime) -> Pursuit:
        """Not for us: the call comes back only when something that matters about it changes."""
        remark = _cut(remark, LONGEST_TEXT)
        return self._pursue(organisation, call, now, stage=Stage.DISMISSED, reason=reason, remark=remark)

    def set_owner(self, organisation: str, call: str, owner: str, now: datetime) -> Pursuit:
        """Who of the organisation sees to the call, under any name."""
        return self._pursue(organisation, call, now, owner=_cut(owner, LONGEST_NAME))

    def drop(self, organisation: str, call: str) -> None:
        """Take back that a call was saved or dismissed."""
        self.demand(Permission.EDITOR, organisation)
        self.store.workspaces.drop(organisation, call)

    def write_note(self, organisation: str, call: str, text: str, now: datetime) -> Note | None:
        """None where nothing was written."""
        self.demand(Permission.EDITOR, organisation)
        if not (kept := _cut(text, LONGEST_TEXT)):
            return None
        author = self.user.account
        note = Note(id=self.new_id(), organisation=organisation, call=call, text=kept, written=now, author=author)
        self.store.workspaces.note(note)
        return note

    def delete_note(self, organisation: str, id: str) -> bool:
        """Returns whether there was one."""
        self.demand(Permission.EDITOR, organisation)
        return self.store.workspaces.delete_note(organisation, id)

    def _pursue(self, organisation: str, call: str, now: datetime, **changes: object) -> Pursuit:
        self.demand(Permission.EDITOR, organisation)
        before = self.store.workspaces.pursuits(organisation).get(call)
        kept = before.model_dump() if before else {"organisation": organisation, "call": call, "stage": Stage.SAVED}
        done = {"changed": now, "changed_by": self.user.account}
        after = Pursuit.model_validate(kept | done | changes)
        if before is None or Stage.DISMISSED in (before.stage, after.stage):
            after = after.model_copy(update={"seen_event": self.store.ledger.head()})
        self.store.workspaces.pursue(after)
        return after


def _cut(text: str, longest: int) -> str:
    return printable(text).strip()[:longest].strip()
