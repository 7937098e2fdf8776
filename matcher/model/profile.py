"""A municipality or a migrant-led organisation, by public facts."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from matcher.model.base import Country, Frozen, Text
from matcher.model.kinds import ApplicantKind, Role


class OrganisationType(StrEnum):
    MUNICIPALITY = "municipality"
    MIGRANT_LED = "migrant_led"
    MIGRANT_SERVING = "migrant_serving"


class Need(Frozen):
    """One thing the organisation looks for, in its own words."""

    text: Text
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Fact(Frozen):
    """A statement about an organisation with the page it was read on."""

    text: Text
    source: Text
    as_of: date


class Population(Frozen):
    value: Annotated[int, Field(gt=0)]
    source: Text
    as_of: str
    """Year or day the figure is for, as its source says."""


class Sum(Frozen):
    """An amount of money an organisation turns over in a year."""

    value: Annotated[int, Field(gt=0)]
    """Euro."""
    source: Text
    as_of: str
    """Year or day the figure is for."""


class Experience(Frozen):
    """EU projects of the past. Counts are least counts: what the sources name, there may be more."""

    projects: Annotated[int, Field(ge=0)]
    """Taken part in, led ones counted."""
    led: Annotated[int, Field(ge=0)]
    multi_country: bool | None = None
    labels: tuple[str, ...] = ()
    """Labels and charters held: "URBACT Good Practice"."""
    source: Text
    as_of: date


class Profile(Frozen):
    """A municipality or a migrant-led organisation. Public facts only, each with its source."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    type: OrganisationType
    country: Country
    nuts: str | None = None
    population: Population | None = None
    kinds: Annotated[tuple[ApplicantKind, ...], Field(min_length=1)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """Roles the organisation can take on; the first is the one it prefers."""
    languages: tuple[str, ...]
    description: Text
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]
    networks: tuple[str, ...] = ()
    annual_budget: Sum | None = None
    """Of a migrant-led organisation its turnover, of a municipality its whole budget."""
    experience: Experience | None = None
    partner_search: bool = False
    """Wants to be suggested to others as a partner. Nobody is who did not say so."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
