"""Who sits before the screen and what they may do in an organisation. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.model import Permission


class NotAllowed(PermissionError):
    """The user may not see or change that. The message names no organisation: whether there is one is not told."""


class LastAdmin(ValueError):
    """An organisation would be left without anybody who may let members in."""


@dataclass(frozen=True)
class User:
    """`account`: `Account.id`, empty where nobody signed in. `permissions`: by organisation, when the page began.

    What a page offers rests on this; what is done rests on the store (`Desk`).
    """

    account: str = ""
    name: str = field(default="", repr=False)
    is_single: bool = False
    """The dashboard is used by one person on their own machine: no account, everything allowed."""
    is_operator: bool = False
    """Runs the service: may let the first members into an organisation."""
    permissions: Mapping[str, Permission] = field(default_factory=dict)

    def may(self, permission: Permission, organisation: str) -> bool:
        held = self.permissions.get(organisation)
        return self.is_single or (held is not None and held.allows(permission))
