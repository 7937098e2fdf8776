"""The facts that rules rest on: the brief's table, the programmes, who takes part; each with source and date.

Code holds no facts: a new programme, country status or correction is an entry in `data/reference/`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from pydantic import Field

from matcher.model import ApplicantKind, Country, Frozen, Fund, RouteKind, Text


class BadReference(ValueError):
    """A file of data/reference is wrong; the message names file, entry and field."""


class Cell(Frozen):
    """One statement of the table in our own words, with the page or article it rests on and the day it was read."""

    text: Text
    source: Text
    as_of: date


class DatedCell(Frozen):
    """What the brief of April 2023 said, and what holds now."""

    brief: Cell
    now: Cell


class FundRow(Frozen):
    """One row of Table 1 of MILE policy brief 3, its last column split in two (management mode, direct access)."""

    fund: Fund
    name: Text
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
    name: Text
    codes: tuple[str, ...] = ()
    """The portal's frameworkProgramme ids."""
    fund: Fund | None = None
    period: str = "2021-2027"
    management: Management = Management.DIRECT
    legal_act: Text
    source: Text
    as_of: date
    coordinators: RoleRule | None = None
    """None: not known for the programme as a whole."""
    beneficiaries: RoleRule | None = None
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
    note: str = ""


class PopulationRule(Frozen):
    """The least number of inhabitants an applying urban authority needs, for calls whose identifier starts so."""

    programme: str
    minimum: int = Field(gt=0)
    source: Text
    as_of: date
    note: str = ""


class Reference(Frozen):
    table: tuple[FundRow, ...]
    programmes: tuple[Programme, ...]
    participations: tuple[Participation, ...]
    populations: tuple[PopulationRule, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Programme]:
        return {programme.key: programme for programme in self.programmes}

    @cached_property
    def by_code(self) -> dict[str, Programme]:
        return {code: programme for programme in self.programmes for code in programme.codes}

    def standing(self, programme: str, country: str, on: date) -> Participation | None:
        """What is known of a country's standing on a day; None when the table says nothing (unknown, not "no")."""
        found = [
            p
            for p in self.participations
            if p.programme == programme and p.country == country and p.start <= on and (p.end is None or on <= p.end)
        ]
        return max(found, key=lambda p: p.start, default=None)


def load_reference(folder: Path) -> Reference:
    """Read and check `programmes.yml` and `participation.yml`.

    Raises BadReference naming file, entry and field.
    """
    raise NotImplementedError
