"""What organisations do about calls, and who may see and change it: as whoever sits before the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.queries import access, door
from matcher.model import Note, Permission, Pursuit

if TYPE_CHECKING:
    from matcher.workspaces.desk import Desk
    from matcher.workspaces.members import Members
    from matcher.workspaces.our_calls import OurCall


def desk() -> Desk:
    """The door of whoever looks to what organisations do about calls."""
    from matcher.workspaces.desk import Desk

    return Desk(door.service_at("").store, access.current_user())


def members() -> Members:
    """The door of whoever looks to who belongs to organisations."""
    from matcher.workspaces.members import Members

    return Members(desk())


def pursuits(organisation: str) -> dict[str, Pursuit]:
    """What an organisation does about calls, by call; nothing for who is no member of it."""
    return desk().pursuits(organisation)


def returned(organisation: str) -> frozenset[str]:
    """The calls that the organisation dismissed and that changed since: they are shown again."""
    from matcher.workspaces.our_calls import read_returned

    return read_returned(desk(), organisation, door.service().listed_many)


def our_calls(organisation: str) -> tuple[OurCall, ...]:
    """What the organisation does about calls, each with notes and news; nothing for who is no member of it."""
    from matcher.workspaces import our_calls

    return our_calls.read(desk(), organisation, door.service().listed_many)


def notes(organisation: str, call: str) -> list[Note]:
    """Of the organisation's members on a call, newest first; nothing for who is no member of it."""
    return desk().notes(organisation, call)


def key(profile: str) -> str:
    """What the addresses of an organisation's plain pages must hold, the same all day; empty: all may read them.

    Raises NotAllowed for who is no reader of it.
    """
    from dashboard.plain import reading

    service = door.service()
    if reading.is_open(service, profile):
        return ""
    desk().demand(Permission.READER, profile)
    return reading.key(service, profile, datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
