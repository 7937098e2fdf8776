"""A funded project of the past and who took part."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from matcher.model.base import Country, Frozen, Text
from matcher.model.kinds import Fund
from matcher.model.money import Money


class OrganisationKind(StrEnum):
    """What the portal's register of organisations takes a participant for: its five types."""

    PUBLIC_BODY = "public_body"
    FOR_PROFIT = "for_profit"
    EDUCATION = "education"
    """A school of secondary or higher education."""
    RESEARCH = "research"
    OTHER = "other"
    """Everybody else; most associations are found here."""


class ProjectRole(StrEnum):
    """What an organisation is in a funded project (EU model grant agreement, Articles 7-9)."""

    COORDINATOR = "coordinator"
    PARTICIPANT = "participant"
    AFFILIATED_ENTITY = "affiliated_entity"
    ASSOCIATED_PARTNER = "associated_partner"


class ProjectStatus(StrEnum):
    """What the portal says of a funded project."""

    FORTHCOMING = "forthcoming"
    ONGOING = "ongoing"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Participant(Frozen):
    """An organisation in a funded project, as the portal names it. Never a person, never a street."""

    pic: str = ""
    """Participant identification code, nine digits: the same organisation in all its projects."""
    name: Text
    role: ProjectRole | None = None
    country: Country | None = None
    kind: OrganisationKind | None = None
    sme: bool | None = None
    city: str = ""
    nuts: str = ""
    eu_contribution: Money | None = None
    web: str = ""


class Project(Frozen):
    """A project that the EU pays or paid for: a precedent for a call, and a list of partners who did it before."""

    source: Text
    reference: Text
    title: Text
    acronym: str = ""
    url: str = ""
    objective: str = ""
    programme: str | None = None
    """Key of a programme in data/reference/programmes.yml."""
    fund: Fund | None = None
    topic: str | None = None
    """The topic it was funded under (CERV-2023-CITIZENS-TOWN-TT)."""
    call_identifier: str | None = None
    type_of_action: str = ""
    status: ProjectStatus | None = None
    start: date | None = None
    end: date | None = None
    budget: Money | None = None
    """All it costs; `eu_contribution` is the grant."""
    eu_contribution: Money | None = None
    keywords: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    as_of: date
    """The day on which the source said this."""

    @property
    def id(self) -> str:
        return f"{self.source}:{self.reference}"

    @property
    def coordinators(self) -> tuple[Participant, ...]:
        return tuple(one for one in self.participants if one.role is ProjectRole.COORDINATOR)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries it is carried out from, each once, sorted."""
        return tuple(sorted({one.country for one in self.participants if one.country}))
