"""Networks of cities and regions: who is in them, where partners can be looked for, and which can sit in a project.

Types only: knows no file (`matcher.reference.networks_file` reads it), no call and no draft of a consortium.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from matcher.model import ApplicantKind, Country, Frozen, ProjectRole, Text
from matcher.model.said import OwnNote, OwnText
from matcher.reference.told import Told, Url

Year = Annotated[int, Field(ge=1990, le=2100)]


class Joined(Told):
    """A project paid by the EU that the network itself took part in."""

    project: Text
    programme: Text
    """Key of a programme in programmes.yml, or the name of an earlier one."""
    role: ProjectRole
    start: Year | None = None
    end: Year | None = None


class LegalBody(Told):
    """The body behind a network that joins projects in its own name; `source` says where it has its seat."""

    name: Text
    country: Country
    kinds: Annotated[tuple[ApplicantKind, ...], Field(min_length=1)]
    also_named: tuple[str, ...] = ()
    """Other forms of its name, to know it again among participants of projects."""
    joined: Annotated[tuple[Joined, ...], Field(min_length=1)]
    """At least one project, as the ground for saying that it joins any."""


class Doorway(Frozen):
    """A page of a network where partners can be looked for, or asked after."""

    title: OwnText
    url: Url
    note: OwnNote = ""


class Network(Told):
    """A network as its own pages, or those of others, describe it."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    full_name: str = ""
    what: OwnText
    members: OwnText
    """Who its members are and who may become one."""
    member_kinds: Annotated[tuple[ApplicantKind, ...], Field(min_length=1)]
    """Kinds of organisation that can be found among the members."""
    member_countries: tuple[Country, ...] = ()
    """Set where all members are in these; empty: many countries."""
    also_named: tuple[str, ...] = ()
    """Names under which a profile can say that it is a member: sections and abbreviations."""
    url: Url
    doorways: Annotated[tuple[Doorway, ...], Field(min_length=1)]
    body: LegalBody | None = None
    """None: a programme or movement that is no member of a consortium; only its members are."""
    no_body: OwnNote = ""
    """Why there is none, or none is known."""

    @model_validator(mode="after")
    def _a_missing_body_is_explained(self) -> Self:
        if (self.body is None) is not bool(self.no_body):
            raise ValueError("give either the body that joins projects, or no_body: why there is none")
        return self

    def has(self, networks: tuple[str, ...]) -> bool:
        """Whether an organisation that names these networks is a member."""
        own = {name.casefold() for name in (self.name, self.full_name, *self.also_named) if name}
        return any(name.casefold() in own for name in networks)
