"""One call, whoever looks at it: its record, documents, money, kin and news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.queries import door
from matcher.model import Call, Document, Event, Quote

if TYPE_CHECKING:
    from matcher.brief.brief import Brief
    from matcher.documents.call_documents import CallDocument
    from matcher.eligibility.offers import Offer
    from matcher.history import Step
    from matcher.money.own_contribution import Finance
    from matcher.precedents import Precedents
    from matcher.related import Related


def call(key: str) -> Call:
    """Raises NotFound."""
    return door.service().call(key)


def found_call(key: str) -> Call | tuple[Call, ...]:
    """The call that goes by that name; where it is none or several, those that it could mean."""
    from matcher.service import NotFound

    service = door.service()
    try:
        return service.call(key)
    except NotFound as error:
        return tuple(call for call in map(service.listed, error.near) if call is not None)


def listed_calls(ids: Iterable[str]) -> list[Call]:
    """Those calls as they are listed now, in the order given; what is not there any more is left out."""
    return list(_listed_calls(door.state(), tuple(ids)))


def related(call: Call) -> Related:
    """Which other calls belong to it."""
    return _related(door.state(), call.id)


def events(call: Call) -> list[Event]:
    """What the ledger holds of the call's records, in its order."""
    from matcher.workspaces.returning import records

    found = door.service().store.ledger.events_of(records(call.id, call))
    return sorted((event for told in found.values() for event in told), key=lambda event: event.seq)


def history(call: Call) -> tuple[Step, ...]:
    """What became of the call since it was first read."""
    return door.service().history(call)


def documents(call: Call) -> dict[str, Document]:
    """The call's documents that were fetched, by address."""
    return door.service().documents(call)


def call_documents(call: Call) -> tuple[CallDocument, ...]:
    """Every document the call links to, with what was read in it."""
    return door.service().call_documents(call)


def unread_conditions(document: CallDocument) -> Sequence[Quote]:
    """Sentences of a call document that look like conditions and were not understood."""
    return door.service().unread_conditions(document)


def finance(call: Call) -> Finance:
    """The money of one project of the call."""
    return door.service().finance(call)


def offers(call: Call) -> tuple[Offer, ...]:
    """What the call states beside its conditions."""
    return door.service().offers(call)


def in_brief(call: Call, on: date) -> Brief:
    """The call looked at through MILE policy brief 3."""
    return _in_brief(door.state(), call.id, on)


def precedents(key: str) -> Precedents:
    """The projects funded under a call or its other editions. Raises NoProjects."""
    return _precedents(door.state(), key)


# Kept as resources, not copied on each read: the values are frozen.


@st.cache_resource(max_entries=32, show_spinner=False)
def _listed_calls(state: str, ids: tuple[str, ...]) -> tuple[Call, ...]:
    return tuple(door.service_at(state).listed_many(ids).values())


@st.cache_resource(max_entries=256, show_spinner=False)
def _related(state: str, key: str) -> Related:
    service = door.service_at(state)
    return service.related(service.call(key))


@st.cache_resource(max_entries=32, show_spinner=False)
def _precedents(state: str, key: str) -> Precedents:
    return door.service_at(state).precedents(key)


@st.cache_resource(max_entries=256, show_spinner=False)
def _in_brief(state: str, key: str, on: date) -> Brief:
    service = door.service_at(state)
    return service.in_brief(service.call(key), on)
