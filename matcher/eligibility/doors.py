"""Whom a route leads to: the body to apply to, whom to ask, or the gap where nobody is known. Judges no condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from matcher.eligibility import words
from matcher.model import Call, CallKind, National, Profile, RouteBody, RouteKind, Said, said, said_of, to_say, together
from matcher.reference import Programme, Reference
from matcher.reference.bodies import BodyRole, ErasmusField, NamedBody, NoBody
from matcher.reference.national_portals import Portal

ROLES = {
    BodyRole.MANAGING_AUTHORITY: said_of("body", "managing authority"),
    BodyRole.INTERMEDIATE_BODY: said_of("body", "intermediate body"),
    BodyRole.NATIONAL_AGENCY: said_of("body", "National Agency"),
    BodyRole.CONTACT_POINT: said_of("body", "contact point"),
    BodyRole.SINGLE_PORTAL: said_of("body", "single portal"),
}
FIELDS = {
    ErasmusField.ADULT: said_of("field", "adult education"),
    ErasmusField.HIGHER: said_of("field", "higher education"),
    ErasmusField.SCHOOL: said_of("field", "school education"),
    ErasmusField.VOCATIONAL: said_of("field", "vocational training"),
    ErasmusField.YOUTH: said_of("field", "youth"),
    ErasmusField.SPORT: said_of("field", "sport"),
}
DOORS = {
    RouteKind.MANAGING_AUTHORITY: BodyRole.MANAGING_AUTHORITY,
    RouteKind.NATIONAL_AGENCY: BodyRole.NATIONAL_AGENCY,
}
_FIELD = re.compile(r"KA\d{3}-(ADU|HED|SCH|VET|YOU|SPO)\b")
"""Codes of the actions that National Agencies run: KA210-ADU-2026-R1 is one in adult education."""


class Whom(NamedTuple):
    """The part of a Route that names bodies."""

    body: RouteBody | None = None
    contacts: tuple[RouteBody, ...] = ()
    gap: str = ""


def whom(profile: Profile, call: Call, reference: Reference) -> Whom:
    """Whom the organisation turns to for that call.

    A sub-grant is asked for at the project that grants; a national call at its authority; money that an authority hands
    on, at the one of the organisation's country; in direct calls the contact point there may be asked.
    """
    if call.kind is CallKind.CASCADE:
        return _granting_project(call)
    if call.national:
        return _national(call.national, call.programme, reference)
    programme = reference.by_key.get(call.programme or "")
    if programme is None:
        return Whom()
    door = DOORS.get(programme.route) if programme.route else None
    if door is None:
        return _contact_point(programme, profile, reference)
    return _door(door, programme, erasmus_field(call), profile, reference)


def _granting_project(call: Call) -> Whom:
    if not call.granting_project:
        return Whom(gap=said("The record does not name the project that hands out the money; the call's page does."))
    return Whom(RouteBody(name=call.granting_project, url=call.url, role=said_of("body", "granting project")))


def _national(national: National, key: str | None, reference: Reference) -> Whom:
    """The authority that the call names; else the only one there is for the fund; else the country's portal."""
    if national.authority:
        return Whom(RouteBody(name=national.authority.name, url=national.authority.url))
    portal, programme = _portal(national.country, reference), reference.by_key.get(key or "")
    if programme is None:
        nobody = said(NOBODY, country=words.country(national.country))
        return Whom(portal, gap="" if portal else nobody)
    found = reference.bodies.bodies_for(programme.key, national.country, BodyRole.MANAGING_AUTHORITY)
    if isinstance(found, NoBody):
        return Whom(portal, gap="" if portal else _gap(programme, found, reference))
    if len(found) == 1 and not found[0].partly:
        return Whom(_told(found[0]), (portal,) if portal else ())
    return Whom(portal, tuple(map(_told, found)), "" if portal else _several(programme, found))


NOBODY = to_say("The call names no authority, and none is known for %(country)s.")


def _door(
    role: BodyRole, programme: Programme, field: ErasmusField | None, profile: Profile, reference: Reference
) -> Whom:
    """The authority or agency that hands the programme's money on; beside it those that do a part of its work.

    Where no agency names the field, all of the country are named: one of them may serve it.
    """
    bodies, place = reference.bodies, (programme.key, profile.country)
    found = bodies.bodies_for(*place, role, field, profile.nuts)
    is_served = not isinstance(found, NoBody)
    if not is_served and field:
        found = bodies.bodies_for(*place, role, None, profile.nuts)
    helpers = tuple(_told(body) for body in bodies.serving(*place, field, profile.nuts) if body.role is not role)
    if isinstance(found, NoBody):
        portal = _portal(profile.country, reference) if role is BodyRole.MANAGING_AUTHORITY else None
        return Whom(None, (*helpers, *([portal] if portal else [])), _gap(programme, found, reference, portal))
    if len(found) == 1 and is_served:
        return Whom(_told(found[0]), helpers)
    return Whom(None, (*map(_told, found), *helpers), _several(programme, found))


def _contact_point(programme: Programme, profile: Profile, reference: Reference) -> Whom:
    role = BodyRole.CONTACT_POINT
    found = reference.bodies.bodies_for(programme.key, profile.country, role, None, profile.nuts)
    if not isinstance(found, NoBody):
        return Whom(contacts=tuple(map(_told, found)))
    is_looked_for = (programme.key, role) in reference.bodies.pages
    return Whom(gap=_gap(programme, found, reference)) if is_looked_for else Whom()


def erasmus_field(call: Call) -> ErasmusField | None:
    """The field of an action that National Agencies run, by the call's code; None where it does not tell."""
    code = _FIELD.match(call.identifier)
    return ErasmusField(code[1]) if code else None


def _gap(programme: Programme, gap: NoBody, reference: Reference, portal: RouteBody | None = None) -> Said:
    """ "No managing authority of … is known here for Cyprus. …" and where to look instead."""
    looked = gap.note or said("None was looked for.")
    return together(
        _not_known(programme, gap), looked, _instead(reference.bodies.pages.get((programme.key, gap.role)), portal)
    )


def _not_known(programme: Programme, gap: NoBody) -> Said:
    return said(_NONE[gap.role], programme=words.programme(programme.name), country=words.country(gap.country))


_NONE = {
    BodyRole.MANAGING_AUTHORITY: to_say("No managing authority of %(programme)s is known here for %(country)s."),
    BodyRole.INTERMEDIATE_BODY: to_say("No intermediate body of %(programme)s is known here for %(country)s."),
    BodyRole.NATIONAL_AGENCY: to_say("No National Agency of %(programme)s is known here for %(country)s."),
    BodyRole.CONTACT_POINT: to_say("No contact point of %(programme)s is known here for %(country)s."),
    BodyRole.SINGLE_PORTAL: to_say("No single portal of %(programme)s is known here for %(country)s."),
}


def _instead(page: str | None, portal: RouteBody | None) -> str:
    """Where to look where no body is known."""
    if portal:
        return said("Ask the single portal, %(name)s.", name=portal.name)
    return said("They are listed at %(page)s.", page=page) if page else ""


def _several(programme: Programme, found: Sequence[NamedBody]) -> Said:
    return said(
        "%(number)s bodies hand out money of %(programme)s in %(country)s; which one is the right one does not follow "
        "from what is known of the call: see what each of them serves.",
        number=len(found),
        programme=words.programme(programme.name),
        country=words.country(found[0].country),
    )


def _portal(country: str, reference: Reference) -> RouteBody | None:
    known = reference.portals.get(country)
    return _named_portal(known.portal) if known and known.portal else None


def _named_portal(portal: Portal) -> RouteBody:
    facts = portal.model_dump(include={"url", "source", "as_of", "evidence", "note"})
    return RouteBody(name=portal.title, role=ROLES[BodyRole.SINGLE_PORTAL], **facts)


def _told(body: NamedBody) -> RouteBody:
    facts = body.model_dump(include={"name", "english", "source", "as_of", "evidence"})
    serves = (
        said("For %(fields)s.", fields=words.listing(FIELDS[field] for field in body.fields)) if body.fields else ""
    )
    where = said("In %(regions)s (NUTS).", regions=", ".join(body.regions)) if body.regions else ""
    note = together(serves, where, body.note)
    return RouteBody(url=body.url or "", role=ROLES[body.role], note=note, **facts)
