"""The dashboard's only door to the service: what a page needs, remembered per loaded run and day. Draws nothing.

Heavy imports happen inside the functions, so that the first page is up before the model is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.sections import Section, section
from matcher.model import Board, Call, Document, Goal, Member, Profile

if TYPE_CHECKING:
    from matcher.brief.brief import Brief
    from matcher.coverage import Freshness, SourceState
    from matcher.currency import Rates
    from matcher.eligibility.offers import Offer
    from matcher.explanation import Explanation
    from matcher.history import Step
    from matcher.money.own_contribution import Finance
    from matcher.national_coverage import MemberState
    from matcher.partners.page import PartnerPage
    from matcher.service import Service
    from matcher.settings import Settings


class BadSetting(ValueError):
    """An environment variable of ours is wrong; the message names it."""


def problems() -> tuple[type[Exception], ...]:
    """What a reader or operator can mend: each message says what is wrong, where, and what to do."""
    from matcher.factfile import BadFactFile
    from matcher.local_model import ModelMissing
    from matcher.service import NoCalls, NotFound
    from matcher.store import StoreError

    return BadSetting, NoCalls, NotFound, BadFactFile, ModelMissing, StoreError


def rates() -> Rates:
    """What a euro is worth in other currencies, for equivalents beside amounts."""
    return _service(_loaded()).reference.rates


def finance(call: Call) -> Finance:
    """The money of one project of the call."""
    return _service(_loaded()).finance(call)


def offers(call: Call) -> tuple[Offer, ...]:
    """What the call states beside its conditions."""
    return _service(_loaded()).offers(call)


def in_brief(call: Call, on: date) -> Brief:
    """The call looked at through MILE policy brief 3."""
    return _in_brief(_loaded(), call.id, on)


def goal_names() -> dict[Goal, str]:
    """The brief's four goals in words."""
    return _service(_loaded()).lens.names


def source_titles() -> dict[str, str]:
    """The names of the sources for a reader."""
    return _service(_loaded()).source_titles()


def profiles() -> list[Profile]:
    return _service(_loaded()).profiles()


def freshness() -> Freshness:
    return _service(_loaded()).freshness()


def sources(on: date) -> list[SourceState]:
    return _service(_loaded()).sources(on)


def member_states(states: Iterable[SourceState]) -> list[MemberState]:
    """What the sources hold of each Member State's own calls, and where it publishes them itself."""
    from matcher import national_coverage

    reference = _service(_loaded()).reference
    return national_coverage.member_states(states, reference.portals, reference.bodies)


def call(key: str) -> Call:
    """Raises NotFound."""
    return _service(_loaded()).call(key)


def documents(call: Call) -> dict[str, Document]:
    """The call's documents that were fetched, by address."""
    return _service(_loaded()).documents(call)


def history(call: Call) -> tuple[Step, ...]:
    """What became of the call since it was first read."""
    return _service(_loaded()).history(call)


def left_out(profile: str) -> int:
    """How many national calls of other countries the organisation's table leaves out."""
    return _service(_loaded()).left_out(profile)


def explanation(profile: str, key: str, on: date) -> Explanation:
    """Raises NotFound."""
    return _explanation(_loaded(), profile, key, on)


def partners(profile: str, key: str, members: Sequence[Member], on: date) -> PartnerPage:
    """Who could join that draft for the call, as the organisation asks. Raises NotFound."""
    return _partners(_loaded(), profile, key, tuple(one.model_dump_json() for one in members), on)


def board(key: str, members: Sequence[Member], on: date) -> Board:
    """A draft of a consortium before the call. Raises NotFound."""
    return _service(_loaded()).board(key, members, on)


def empty_table() -> list[Section]:
    """The brief's table alone, for a reader who has not chosen an organisation."""
    return [Section(part.row) for part in _service(_loaded()).table(()) if part.row is not None]


def table(profile: str, on: date) -> list[Section]:
    """The brief's table with that organisation's calls on that day. Raises NotFound."""
    return _table(_loaded(), profile, on)


# Kept as resources, not copied on each read: the values are frozen.


@st.cache_resource(max_entries=64, show_spinner="Comparing the calls with what the organisation looks for …")
def _table(loaded: str, profile: str, on: date) -> list[Section]:
    service = _service(loaded)
    parts = service.table(service.match(profile, on))
    return [section(service, part, service.profile(profile), on) for part in parts]


@st.cache_resource(max_entries=256, show_spinner="Reading the call …")
def _explanation(loaded: str, profile: str, key: str, on: date) -> Explanation:
    return _service(loaded).explain(profile, key, on)


@st.cache_resource(max_entries=32, show_spinner="Looking through past projects …")
def _partners(loaded: str, profile: str, key: str, members: tuple[str, ...], on: date) -> PartnerPage:
    return _service(loaded).partners(key, profile, [Member.model_validate_json(one) for one in members], on)


@st.cache_resource(max_entries=256, show_spinner="Reading the call …")
def _in_brief(loaded: str, key: str, on: date) -> Brief:
    service = _service(loaded)
    return service.in_brief(service.call(key), on)


@st.cache_resource(max_entries=3, show_spinner=False)
def _service(loaded: str) -> Service:
    """One service for each state of the store, because it reads calls and vectors once."""
    from matcher.service import Service

    return Service(_settings())


@st.cache_resource(show_spinner=False)
def _settings() -> Settings:
    from pydantic import ValidationError

    from matcher.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        found = "; ".join(f"FUNDING_{e['loc'][0]}".upper() + f": {e['msg']}" for e in error.errors())
        raise BadSetting(f"{found}. Correct the environment variable and start the dashboard again.") from error


def _loaded() -> str:
    """Names the state of the store: another string after each crawl that was loaded, and while its texts are read."""
    store = _service("").store
    runs = store.runs()
    return f"{len(runs)} {runs[0].source} {runs[0].id} {store.count_readings()}" if runs else "nothing"
