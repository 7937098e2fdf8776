"""Calls as one organisation sees them on one day: the list, and each of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.filters import Filters
from dashboard.listing import Listing, listed, other_ways
from dashboard.listing import without_each as without_each_of
from dashboard.queries import door
from dashboard.queries.workspaces import pursuits, returned
from matcher.model import Call, Fund, Match, RouteKind

if TYPE_CHECKING:
    import pandas as pd

    from matcher.explanation import Explanation


def standing(profile: str, on: date) -> pd.DataFrame:
    """How the organisation stands to every listed call on that day, best first; not to be changed. Raises NotFound."""
    return _standing(door.state(), profile, door.entered(profile), on)


def standing_if_any(profile: str, on: date) -> pd.DataFrame | None:
    """The same; None where there are no calls yet."""
    from matcher.service import NoCalls

    try:
        return standing(profile, on)
    except NoCalls:
        return None


def listing(profile: str, on: date, filters: Filters) -> Listing:
    """Which calls the organisation sees of each fund on that day, under the filters. Raises NotFound."""
    state = door.state()
    service = door.service_at(state)
    return listed(
        _standing(state, profile, door.entered(profile), on),
        filters,
        search(filters.text) if filters.text else None,
        pursuits(profile),
        service.reference.table,
        _other_ways(state, service.profile(profile).country, on),
        on,
        returned(profile),
    )


def without_each(profile: str, on: date, filters: Filters) -> dict[str, int]:
    """Name of each filter in use -> how many calls there would be without it."""
    found = search(filters.text) if filters.text else None
    return without_each_of(standing(profile, on), filters, found, on)


def search(text: str) -> dict[str, float]:
    """Call id -> how well it fits plain words; calls that do not fit are absent."""
    return _search(door.state(), text.strip())


def left_out(profile: str) -> int:
    """How many national calls of other countries the organisation's table leaves out."""
    return door.service().left_out(profile)


def entries(profile: str, ids: Sequence[str], on: date) -> list[Match]:
    """Those calls in full as the organisation sees them on that day, in the order given. Raises NotFound."""
    return _entries(door.state(), profile, door.entered(profile), tuple(ids), on)


def explanation(profile: str, key: str, on: date) -> Explanation:
    """Raises NotFound."""
    return _explanation(door.state(), profile, door.entered(profile), key, on)


def match(profile: str, call: Call, on: date) -> Match:
    """The call as the organisation sees it, also a national one of another country. Raises NotFound."""
    own = door.service().profile(profile).country
    if call.national is None or call.national.country == own:
        return entries(profile, (call.id,), on)[0]
    return explanation(profile, call.id, on).match


# Kept as resources, not copied on each read: the values are frozen.


@st.cache_resource(max_entries=16, show_spinner=False)
def _standing(state: str, profile: str, entered: str, on: date) -> pd.DataFrame:
    return door.service_at(state).standing(profile, on)


@st.cache_resource(max_entries=64, show_spinner=False)
def _other_ways(state: str, country: str, on: date) -> dict[Fund, tuple[RouteKind, ...]]:
    return other_ways(door.service_at(state).reference, country, on)


@st.cache_resource(max_entries=64, show_spinner=False)
def _search(state: str, text: str) -> dict[str, float]:
    return door.service_at(state).search(text)


@st.cache_resource(max_entries=128, show_spinner=False)
def _entries(state: str, profile: str, entered: str, ids: tuple[str, ...], on: date) -> list[Match]:
    return door.service_at(state).entries(profile, ids, on)


@st.cache_resource(max_entries=256, show_spinner=False)
def _explanation(state: str, profile: str, entered: str, key: str, on: date) -> Explanation:
    return door.service_at(state).explain(profile, key, on)
