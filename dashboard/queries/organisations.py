"""Organisations: which there are, and what is asked of one that is being entered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.queries import access, door
from matcher.languages import speaker
from matcher.model import Permission, Profile

if TYPE_CHECKING:
    from matcher.organisations.keeping import Keeping
    from matcher.organisations.questions import Agenda
    from matcher.organisations.reading import Proposal


def profiles() -> list[Profile]:
    """The organisations that the user may look at: the public ones, and those they are a member of."""
    service, user = door.service(), access.current_user()
    public = {one.id for one in service.public_profiles()}
    return [one for one in service.profiles() if one.id in public or user.may(Permission.READER, one.id)]


def shipped_profile(key: str) -> Profile | None:
    """What the public facts say of an organisation, whatever its members entered in their place."""
    return door.service().shipped_profile(key)


def is_public(key: str) -> bool:
    """Whether everybody may look at the organisation."""
    return door.service().is_public(key)


def keeping() -> Keeping:
    """The door of whoever enters organisations."""
    from matcher.organisations.keeping import Keeping

    return Keeping(door.service().store, access.current_user())


def agenda(profile: Profile, on: date) -> Agenda:
    """What to ask an organisation that is being entered, what settles most first; nothing where there are no calls."""
    from matcher.organisations.questions import Agenda
    from matcher.service import NoCalls

    try:
        return _agenda(door.state(), profile.model_dump_json(), on)
    except NoCalls:
        return Agenda((), 0, 0)


def proposals(text: str) -> tuple[Proposal, ...]:
    """What a description says of an organisation, for a person to confirm."""
    return door.service().proposals(text)


def countries(language: str) -> list[str]:
    """Countries by their names in a language, Member States first."""
    return _countries(language)


def regions(country: str) -> dict[str, str]:
    """NUTS code -> name, of a country."""
    return _regions(country)


# Kept as resources, not copied on each read: the values are frozen.


@st.cache_resource(max_entries=128, show_spinner=False)
def _agenda(state: str, profile: str, on: date) -> Agenda:
    return door.service_at(state).agenda(Profile.model_validate_json(profile), on)


@st.cache_resource(show_spinner=False)
def _countries(language: str) -> list[str]:
    from matcher.countries import known_codes

    members, name = door.service().reference.member_states, speaker(language).country_name
    return sorted(known_codes(), key=lambda code: (code not in members, name(code)))


@st.cache_resource(max_entries=64, show_spinner=False)
def _regions(country: str) -> dict[str, str]:
    return door.service().regions(country)
