"""What an organisation does about calls, and who may see it. Holds personal data: who signed in, who wrote a note."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import ConfigDict, Field

from matcher.model.base import Frozen, Text


class Stage(StrEnum):
    """How far an organisation is with a call, in the order in which one gets there."""

    SAVED = "saved"
    CONSIDERING = "considering"
    WRITING = "writing"
    SUBMITTED = "submitted"
    WON = "won"
    LOST = "lost"
    DISMISSED = "dismissed"
    """Not for us, for a Dislike."""


class Dislike(StrEnum):
    """Why a call was dismissed: feedback for the ranking."""

    OTHER_FIELD = "other_field"
    """Not what the organisation works on."""
    NOT_ELIGIBLE = "not_eligible"
    """It may not apply, whatever was said."""
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    NO_CO_FUNDING = "no_co_funding"
    TOO_SOON = "too_soon"
    NO_CAPACITY = "no_capacity"
    NO_PARTNERS = "no_partners"
    OTHER = "other"


class Pursuit(Frozen):
    """What one organisation does about one call."""

    organisation: Text
    call: Text
    stage: Stage
    reason: Dislike | None = None
    """Of a dismissal."""
    remark: str = ""
    """To the reason, in the reader's words."""
    owner: str = ""
    """Who of the organisation sees to it: a name as they wrote it."""
    seen_event: int = 0
    """`Event.seq` of the ledger when it was set: what changes later may bring a dismissed call back."""
    changed: datetime
    changed_by: str = Field(default="", repr=False)
    """`Account.id`; empty without sign-in."""


class Note(Frozen):
    """A remark of one organisation on one call, for its members' eyes only."""

    id: Text
    organisation: Text
    call: Text
    text: Text
    written: datetime
    author: str = Field(default="", repr=False)
    """`Account.id`; empty without sign-in."""


class Permission(StrEnum):
    """What a member may do in one organisation; each may also do what those before may."""

    READER = "reader"
    """Sees profile, pipeline and notes."""
    EDITOR = "editor"
    """Changes them."""
    ADMIN = "admin"
    """Lets members in and out, deletes the organisation."""

    def allows(self, asked: Permission) -> bool:
        order = list(Permission)
        return order.index(self) >= order.index(asked)


class Account(Frozen):
    """Somebody who signed in."""

    model_config = ConfigDict(hide_input_in_errors=True)

    id: Text
    """Random and opaque."""
    issuer: Text = Field(repr=False)
    subject: Text = Field(repr=False)
    """With the issuer it names the person for good (OpenID Connect Core 1.0, section 2)."""
    name: str = Field(default="", repr=False)
    address: str = Field(default="", repr=False)
    """E-mail address, only if the provider says that it was verified."""
    seen: datetime


class Membership(Frozen):
    """Who may do what in an organisation; `account` is empty until the invited address signs in."""

    model_config = ConfigDict(hide_input_in_errors=True)

    organisation: Text
    permission: Permission
    account: str = Field(default="", repr=False)
    invited: str = Field(default="", repr=False)
    """E-mail address that may take the place; empty once it was taken."""
