"""An organisation as somebody is entering it: every field may be empty or wrong, figures are text as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.model import ApplicantKind, Fact, OrganisationType, Profile, Role

STATED = "stated by the organisation itself"
"""Source of what people enter without naming another one."""

USUAL_KINDS = {
    OrganisationType.MUNICIPALITY: (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY),
    OrganisationType.MIGRANT_LED: (ApplicantKind.NON_PROFIT, ApplicantKind.CIVIL_SOCIETY),
    OrganisationType.MIGRANT_SERVING: (ApplicantKind.NON_PROFIT, ApplicantKind.CIVIL_SOCIETY),
}
"""Legal nature that is proposed for a type; whoever enters it confirms or changes it."""
USUAL_ROLES = (Role.BENEFICIARY, Role.SUB_GRANTEE, Role.ASSOCIATED_PARTNER)
"""Roles that are proposed: those that a first-time applicant can take on."""


@dataclass(frozen=True)
class DraftNeed:
    text: str
    language: str = ""
    """As the user chose it; empty: as it is heard."""


@dataclass(frozen=True)
class Figure:
    """A number with the year or day it is for and where it was read."""

    value: str = ""
    as_of: str = ""
    source: str = ""


@dataclass(frozen=True)
class Past:
    """Earlier EU projects. `multi_country`: None says that it is not known."""

    projects: str = ""
    led: str = ""
    multi_country: bool | None = None
    labels: tuple[str, ...] = ()
    source: str = ""
    as_of: str = ""
    """ISO day; empty: today."""

    @property
    def is_empty(self) -> bool:
        return not (self.projects.strip() or self.led.strip() or self.labels) and self.multi_country is None


@dataclass(frozen=True)
class Draft:
    name: str = ""
    type: OrganisationType | None = None
    country: str = ""
    nuts: str = ""
    description: str = ""
    kinds: tuple[ApplicantKind, ...] = ()
    roles: tuple[Role, ...] = ()
    languages: tuple[str, ...] = ()
    needs: tuple[DraftNeed, ...] = ()
    population: Figure = Figure()
    budget: Figure = Figure()
    past: Past = Past()
    networks: tuple[str, ...] = ()
    partner_search: bool = False
    facts: tuple[Fact, ...] = ()


def usual(draft: Draft) -> Draft:
    """With the legal forms and roles that are usual for its type, where none are chosen yet."""
    kinds = draft.kinds or (USUAL_KINDS[draft.type] if draft.type else ())
    return replace(draft, kinds=kinds, roles=draft.roles or USUAL_ROLES)


def draft_of(profile: Profile) -> Draft:
    """What a form shows of a saved organisation; made into a profile again, it is the same one."""
    people, money, past = profile.population, profile.annual_budget, profile.experience
    return Draft(
        name=profile.name,
        type=profile.type,
        country=profile.country,
        nuts=profile.nuts or "",
        description=profile.description,
        kinds=profile.kinds,
        roles=profile.roles,
        languages=profile.languages,
        needs=tuple(DraftNeed(need.text, need.language) for need in profile.needs),
        population=Figure(str(people.value), people.as_of, people.source) if people else Figure(),
        budget=Figure(str(money.value), money.as_of, money.source) if money else Figure(),
        past=Past(
            str(past.projects), str(past.led), past.multi_country, past.labels, past.source, past.as_of.isoformat()
        )
        if past
        else Past(),
        networks=profile.networks,
        partner_search=profile.partner_search,
        facts=profile.facts,
    )
