"""The facts that rules rest on, as types: the brief's table, the programmes, who takes part; each with source and date.

Knows nothing of files: `matcher.reference.files` reads them from `data/reference/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from pydantic import Field

from matcher.currency import Rate, Rates
from matcher.geography import Category
from matcher.model import ApplicantKind, Call, Country, Frozen, Fund, RouteKind, Text
from matcher.model.said import OwnNote, OwnText
from matcher.reference.actions import Action, action_for
from matcher.reference.authority_names import AuthorityNames
from matcher.reference.bodies import Bodies
from matcher.reference.national_portals import NationalPortal
from matcher.reference.networks import Network


class Cell(Frozen):
    """One statement of the table in our own words, with the page or article it rests on and the day it was read."""

    text: OwnText
    source: Text
    as_of: date


class DatedCell(Frozen):
    """What the brief of April 2023 said, and what holds now."""

    brief: Cell
    now: Cell


class FundRow(Frozen):
    """One row of Table 1 of MILE policy brief 3, its last column split in two (management mode, direct access)."""

    fund: Fund
    name: OwnText
    objectives: DatedCell
    actors: DatedCell
    management: DatedCell
    direct_access: DatedCell


class Management(StrEnum):
    """How the EU budget is implemented (Regulation (EU, Euratom) 2024/2509, Article 62(1))."""

    DIRECT = "direct"
    SHARED = "shared"
    INDIRECT = "indirect"


class RoleRule(Frozen):
    """Which kinds of applicant usually take a role in a programme's calls: "usual for this programme", never final."""

    kinds: tuple[ApplicantKind, ...]
    source: Text
    as_of: date


class Programme(Frozen):
    """A programme as the portal codes it, and the usual rules for its calls."""

    key: str
    name: OwnText
    codes: tuple[str, ...] = ()
    """The portal's frameworkProgramme ids."""
    aliases: tuple[str, ...] = ()
    """Other names that sites write; one that ends in * stands for all names that begin so."""
    fund: Fund | None = None
    period: str = "2021-2027"
    management: Management = Management.DIRECT
    legal_act: Text
    source: Text
    as_of: date
    coordinators: RoleRule | None = None
    """None: not known for the programme as a whole."""
    beneficiaries: RoleRule | None = None
    anywhere: RoleRule | None = None
    """Kinds that are funded wherever they are established; None: none is known."""
    route: RouteKind | None = None
    """Set where all the programme's money is reached another way: managing_authority, national_agency."""


class Standing(StrEnum):
    """A country's standing in a programme."""

    MEMBER = "member"
    ASSOCIATED = "associated"
    NEGOTIATING = "negotiating"
    NOT_PARTICIPATING = "not_participating"


class Participation(Frozen):
    """From `start` to `end` (both included; None: open) a country stands thus in a programme."""

    programme: str
    country: Country
    standing: Standing
    start: date
    end: date | None = None
    source: Text
    as_of: date
    note: OwnNote = ""


class PopulationRule(Frozen):
    """The least number of inhabitants an applying urban authority needs in the calls of a span of time."""

    programme: str
    minimum: int = Field(gt=0)
    start: date
    end: date | None = None
    source: Text
    as_of: date
    note: OwnNote = ""


class Reference(Frozen):
    table: tuple[FundRow, ...]
    programmes: tuple[Programme, ...]
    participations: tuple[Participation, ...]
    populations: tuple[PopulationRule, ...] = ()
    exchange: tuple[Rate, ...] = ()
    portals: Mapping[str, NationalPortal] = Field(default_factory=dict)
    """Where each Member State tells of its own calls, by ISO code."""
    bodies: Bodies = Bodies()
    """Whom to apply to and whom to ask, by programme and country."""
    actions: tuple[Action, ...] = ()
    """What is usual for the sorts of calls that come again."""
    member_states: tuple[Country, ...] = ()
    """Of the EU, today."""
    categories: Mapping[str, Category] = Field(default_factory=dict)
    """How rich a region is, by NUTS code of level 2; regions whose category is not known are left out."""
    networks: tuple[Network, ...] = ()
    """Where partners can be looked for."""
    authority_names: AuthorityNames | None = None
    """By which names local authorities are known among public bodies."""

    @cached_property
    def rates(self) -> Rates:
        return {rate.currency: rate for rate in self.exchange}

    @cached_property
    def by_key(self) -> dict[str, Programme]:
        return {programme.key: programme for programme in self.programmes}

    @cached_property
    def waived_kinds(self) -> frozenset[ApplicantKind]:
        """Kinds of which a body may be funded wherever it is, by some programme or by some call's words."""
        waived = (kind for one in self.programmes if one.anywhere for kind in one.anywhere.kinds)
        return frozenset({ApplicantKind.INTERNATIONAL_ORGANISATION, *waived})

    @cached_property
    def by_code(self) -> dict[str, Programme]:
        return {code: programme for programme in self.programmes for code in programme.codes}

    def standing(self, programme: str, country: str, on: date) -> Participation | None:
        """What is known of a country's standing on a day; None when the table says nothing (unknown, not "no")."""
        return _on(on, self._by_programme_and_country.get((programme, country), ()))

    def population(self, programme: str, on: date) -> PopulationRule | None:
        """The least number of inhabitants asked for in calls of that day; None when none is known."""
        return _on(on, (rule for rule in self.populations if rule.programme == programme))

    def action_for(self, call: Call, on: date) -> Action | None:
        """The action a call belongs to by the rules of its submission day; None: none is known."""
        return action_for(self.actions, call, on)

    @cached_property
    def _by_programme_and_country(self) -> dict[tuple[str, str], list[Participation]]:
        found: dict[tuple[str, str], list[Participation]] = {}
        for participation in self.participations:
            found.setdefault((participation.programme, participation.country), []).append(participation)
        return found


Span = TypeVar("Span", Participation, PopulationRule)


def _on(on: date, spans: Iterable[Span]) -> Span | None:
    return next((span for span in spans if span.start <= on and (span.end is None or on <= span.end)), None)
