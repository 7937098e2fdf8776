"""What holds for all calls and organisations: names, rates, sources, places, figures of quality."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.queries import door
from matcher.model import Goal

if TYPE_CHECKING:
    from matcher.about import About
    from matcher.brief.lens import Lens
    from matcher.coverage import Freshness, SourceState
    from matcher.currency import Rates
    from matcher.geography import Nuts, Position
    from matcher.model import SourceCard
    from matcher.national_coverage import MemberState
    from matcher.ranking import Weights
    from matcher.reference import FundRow


def rates() -> Rates:
    """What a euro is worth in other currencies, for equivalents beside amounts."""
    return door.service().reference.rates


def goal_names() -> dict[Goal, str]:
    """The brief's four goals in words."""
    return door.service().lens.names


def fund_rows() -> tuple[FundRow, ...]:
    """The brief's table, for a reader who has not chosen an organisation."""
    return door.service().reference.table


def source_titles() -> dict[str, str]:
    """The names of the sources for a reader."""
    return _source_titles(door.state())


def freshness() -> Freshness:
    return _freshness(door.state())


def sources(on: date) -> list[SourceState]:
    return door.service().sources(on)


def member_states(states: Iterable[SourceState]) -> list[MemberState]:
    """What the sources hold of each Member State's own calls, and where it publishes them itself."""
    from matcher import national_coverage

    reference = door.service().reference
    return national_coverage.member_states(states, reference.portals, reference.bodies)


def cards() -> list[SourceCard]:
    """The sources of the registry."""
    return door.service().store.cards()


def count_projects() -> int:
    """How many funded projects of the past are stored."""
    return door.service().store.count_projects()


def has_projects() -> bool:
    """Whether funded projects were loaded."""
    return door.service().has_projects()


def about() -> About:
    """Figures of quality and licences."""
    from matcher.about import load_about

    return load_about(door.settings().data / "reference")


def weights() -> Weights:
    """How much each signal of a score counts."""
    return door.service().weights


def lens() -> Lens:
    """How goals of the brief are found, with what was measured of it."""
    return door.service().lens


def positions() -> Mapping[str, Position]:
    """A point for each region and country, for the map."""
    from matcher.geography import load_positions

    return load_positions(door.settings().data / "reference")


def nuts_regions() -> Mapping[str, Nuts]:
    """The regions of NUTS by code."""
    from matcher.geography import load_nuts

    return load_nuts(door.settings().data / "reference")


@st.cache_resource(show_spinner=False)
def outlines() -> dict[str, Any]:
    """The countries in and around Europe, as GeoJSON."""
    found: dict[str, Any] = json.loads((door.settings().data / "reference" / "outlines.geojson").read_bytes())
    return found


# Kept as resources, not copied on each read: the values are frozen.


@st.cache_resource(max_entries=2, show_spinner=False)
def _source_titles(state: str) -> dict[str, str]:
    return door.service_at(state).source_titles()


@st.cache_resource(max_entries=2, show_spinner=False)
def _freshness(state: str) -> Freshness:
    return door.service_at(state).freshness()
