"""Who could join a project, and what a draft of a consortium fulfils."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.queries import door
from matcher.model import Board, Member

if TYPE_CHECKING:
    from matcher.partners.directory import Entry
    from matcher.partners.page import PartnerPage


def board(key: str, members: Sequence[Member], on: date) -> Board:
    """A draft of a consortium before the call. Raises NotFound."""
    return door.service().board(key, members, on)


def partners(profile: str, key: str, members: Sequence[Member], on: date) -> PartnerPage:
    """Who could join that draft for the call, as the organisation asks. Raises NotFound."""
    draft = tuple(one.model_dump_json() for one in members)
    return _partners(door.state(), profile, door.entered(profile), _opted_in(), key, draft, on)


def directory() -> tuple[Entry, ...]:
    """Every organisation that could be asked to join a project; without projects only networks and who opted in."""
    return _directory(door.state(), _opted_in())


def _opted_in() -> tuple[str, ...]:
    """Who wants to be found as a partner, as they are now."""
    return tuple(one.model_dump_json() for one in door.service().profiles() if one.partner_search)


# Kept as resources, not copied on each read: the values are frozen.


@st.cache_resource(max_entries=32, show_spinner=False)
def _partners(
    state: str, profile: str, entered: str, opted_in: tuple[str, ...], key: str, members: tuple[str, ...], on: date
) -> PartnerPage:
    """`opted_in`: part of the key, because organisations enter themselves while the store's runs stay."""
    return door.service_at(state).partners(key, profile, [Member.model_validate_json(one) for one in members], on)


@st.cache_resource(max_entries=2, show_spinner=False)
def _directory(state: str, opted_in: tuple[str, ...]) -> tuple[Entry, ...]:
    """`opted_in`: part of the key, because organisations enter themselves while the store's runs stay."""
    return door.service_at(state).directory()
