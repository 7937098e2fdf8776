"""Whom to apply to and whom to ask, by programme and country, as types, and which of them serves an organisation. Pure.

Knows nothing of files (`matcher.reference.bodies_file` reads them), of calls and of routes.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field

from matcher.model import Body, Country, Frozen, Text
from matcher.reference.told import Told, Url, Witness

Programmes = Annotated[tuple[str, ...], Field(min_length=1)]
"""Keys of programmes.yml."""


class BodyRole(StrEnum):
    """What a body is to an applicant. The first three hand out money, the last two only help to find it."""

    MANAGING_AUTHORITY = "managing_authority"
    INTERMEDIATE_BODY = "intermediate_body"
    """Does a part of a managing authority's work: its calls, or one theme or region."""
    NATIONAL_AGENCY = "national_agency"
    CONTACT_POINT = "contact_point"
    SINGLE_PORTAL = "single_portal"


class ErasmusField(StrEnum):
    """The fields between which countries with several National Agencies share the programme, by its own codes."""

    ADULT = "ADU"
    HIGHER = "HED"
    SCHOOL = "SCH"
    VOCATIONAL = "VET"
    YOUTH = "YOU"
    SPORT = "SPO"


class NamedBody(Told):
    """A body in its own language's name; `english`: the name explained."""

    country: Country
    role: BodyRole
    programmes: Programmes
    name: Text
    english: str = ""
    url: Url | None = None
    fields: tuple[ErasmusField, ...] = ()
    """Empty: all of them."""
    regions: tuple[str, ...] = ()
    """NUTS codes of the regions it serves; empty: the whole country."""
    partly: bool = False
    """Others manage further programmes of the same fund in the country; the note says what is known of that."""

    @property
    def money(self) -> str:
        """The programmes in short: "AMIF, ESF+"."""
        return ", ".join(key.removesuffix("-NATIONAL") for key in self.programmes)

    def serves(self, field: ErasmusField | None = None, nuts: str | None = None) -> bool:
        """Whether it may be the one for that field and region; what is not known shuts nobody out."""
        in_field = field is None or not self.fields or field in self.fields
        return in_field and (nuts is None or not self.regions or any(_same_area(nuts, own) for own in self.regions))


class NoBody(Frozen):
    """No body is known for a programme in a country. `note` says what was looked for; empty: nothing was."""

    country: Country
    role: BodyRole
    programmes: Programmes
    note: str = ""


One = TypeVar("One", NamedBody, NoBody)


class Door(Frozen):
    """A programme of which every Member State has a body of that role, and the official page that lists them all."""

    programme: str
    role: BodyRole
    page: Url


class Bodies(Frozen):
    """All that is known, in the order of the file: of several bodies the first is the nearest to an applicant."""

    doors: tuple[Door, ...] = ()
    named: tuple[NamedBody, ...] = ()
    gaps: tuple[NoBody, ...] = ()

    @cached_property
    def _named(self) -> dict[tuple[str, str], list[NamedBody]]:
        found: dict[tuple[str, str], list[NamedBody]] = {}
        for body in self.named:
            for programme in body.programmes:
                found.setdefault((programme, body.country), []).append(body)
        return found

    @cached_property
    def pages(self) -> dict[tuple[str, BodyRole], str]:
        """Where the bodies of a role are listed, for each programme in which they are looked for."""
        return {(door.programme, door.role): door.page for door in self.doors}

    def of(self, country: str) -> tuple[NamedBody, ...]:
        """Everybody named in a country, in the order of the file."""
        return tuple(body for body in self.named if body.country == country)

    def serving(
        self, programme: str, country: str, field: ErasmusField | None = None, nuts: str | None = None
    ) -> tuple[NamedBody, ...]:
        """The bodies of any role that may serve an organisation there."""
        return tuple(body for body in self._named.get((programme, country), ()) if body.serves(field, nuts))

    def bodies_for(
        self,
        programme: str,
        country: str,
        role: BodyRole,
        field: ErasmusField | None = None,
        nuts: str | None = None,
    ) -> tuple[NamedBody, ...] | NoBody:
        """Those of that role, the nearest first, or the gap. More than one: field or region do not tell which."""
        found = tuple(body for body in self.serving(programme, country, field, nuts) if body.role is role)
        return found or self._gap(programme, country, role)

    def _gap(self, programme: str, country: str, role: BodyRole) -> NoBody:
        told = (gap for gap in self.gaps if programme in gap.programmes)
        fitting = (gap for gap in told if (gap.country, gap.role) == (country, role))
        return next(fitting, NoBody(country=country, role=role, programmes=(programme,)))


CRAWLED_ROLES = {"national_contact_point": BodyRole.CONTACT_POINT}
"""Roles of the store's bodies -> ours."""


def with_crawled(bodies: Bodies, crawled: Iterable[Body]) -> Bodies:
    """The bodies with those that a crawl read: for a country, programme and role the newer reading wins as a whole, and
    any reading over what is only general knowledge.

    A crawled body of no known role, programme or country stands beside nothing and is left out.
    """
    groups: dict[tuple[str, str, BodyRole], list[Body]] = {}
    for one in crawled:
        role = CRAWLED_ROLES.get(one.role)
        if role and one.programme and one.country:
            groups.setdefault((one.programme, one.country, role), []).append(one)
    return _replaced(bodies, {key: read for key, read in groups.items() if _is_newer(bodies, key, read)})


def _is_newer(bodies: Bodies, key: tuple[str, str, BodyRole], read: list[Body]) -> bool:
    programme, country, role = key
    read_before = (body for body in bodies.serving(programme, country) if body.evidence is not Witness.KNOWN)
    held = [body.as_of for body in read_before if body.role is role]
    return not held or max(one.as_of for one in read) > max(held)


def _replaced(bodies: Bodies, newer: dict[tuple[str, str, BodyRole], list[Body]]) -> Bodies:
    named = filter(None, (_without(body, newer) for body in bodies.named))
    gaps = filter(None, (_without(gap, newer) for gap in bodies.gaps))
    latest = ((key, max(one.as_of for one in read), read) for key, read in newer.items())
    fresh = [_named(one, key) for key, day, read in latest for one in read if one.as_of == day]
    return Bodies(doors=bodies.doors, named=(*fresh, *named), gaps=tuple(gaps))


def _without(one: One, newer: Iterable[tuple[str, str, BodyRole]]) -> One | None:
    """What is left of an entry when the programmes that are told anew are taken out of it."""
    anew = {programme for programme, country, role in newer if (country, role) == (one.country, one.role)}
    kept = tuple(programme for programme in one.programmes if programme not in anew)
    return one.model_copy(update={"programmes": kept}) if kept else None


def _named(one: Body, key: tuple[str, str, BodyRole]) -> NamedBody:
    programme, country, role = key
    return NamedBody(
        country=country,
        role=role,
        programmes=(programme,),
        name=one.name,
        url=one.url or None,
        source=f"read by the source {one.source}",
        as_of=one.as_of,
        evidence=Witness.SEEN,
    )


def _same_area(code: str, other: str) -> bool:
    """One of two NUTS codes lies in the other."""
    return code.startswith(other) or other.startswith(code)
