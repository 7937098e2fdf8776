"""An organisation that could join a draft, with what it did before as evidence. Organisations only, never a person."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from matcher.model import (
    ApplicantKind,
    Country,
    Frozen,
    Member,
    OrganisationKind,
    OrganisationType,
    ProjectRole,
    Role,
    Text,
    said,
)
from matcher.reference.authority_names import plain_words

LEGAL_FORMS = frozenset(["aisbl", "aps", "asbl", "ets", "ev", "ggmbh", "gmbh", "ivzw", "ngo", "ong", "onlus", "vzw"])
"""Words of a name that say in which form an organisation is registered, not which one it is."""


class Nearness(StrEnum):
    """How far a past project is comparable to a call, nearest first."""

    LINE = "line"
    """Under the same topic or call, or another edition of it."""
    PROGRAMME = "programme"
    """Of the same programme or fund."""
    OTHER = "other"


class Engagement(Frozen):
    """A project that an organisation took part in: the evidence for what it can."""

    project: Text
    """Acronym, else title."""
    role: ProjectRole | None = None
    programme: str = ""
    year: int | None = None
    """In which it ended or is to end, else began."""
    url: str = ""
    source: Text
    """The page that says so, or the source whose record does."""
    stored: str = ""
    """Id of the project in the store, where it is there."""
    nearness: Nearness = Nearness.OTHER

    @property
    def led(self) -> bool:
        return self.role is ProjectRole.COORDINATOR


class Candidate(Frozen):
    """An organisation, once, from all that is known of it. What is not known stays empty."""

    id: Text
    name: Text
    country: Country
    kinds: tuple[ApplicantKind, ...] = ()
    possible: tuple[ApplicantKind, ...] = ()
    """What it could be besides, as its register sorts more roughly than a call: a public body can be a town."""
    by_name: bool = False
    """Only its name says that it is a local authority."""
    kind: OrganisationKind | None = None
    """As the portal's register of organisations sorts it."""
    type: OrganisationType | None = None
    """Known of those that entered themselves only: no public record says who is led by migrants."""
    city: str = ""
    nuts: str | None = None
    population: int | None = None
    pic: str = ""
    profile: str | None = None
    """Id of its profile, where it opted in."""
    network: str | None = None
    """Key of the network whose body it is."""
    url: str = ""
    said_led: int = 0
    said_projects: int = 0
    """EU projects led and taken part in by its own profile, which names no project; least counts."""
    past: tuple[Engagement, ...] = ()
    """Nearest first, then newest first."""

    def members(self, role: Role) -> Iterator[Member]:
        """The candidate in a draft: by its known kinds, then as a body of open kind where it can be something else."""
        known = Member(
            name=self.name,
            country=self.country,
            kinds=self.kinds,
            role=role,
            nuts=self.nuts,
            population=self.population,
            profile=self.profile,
            pic=self.pic,
        )
        yield known
        if self.kinds and self.possible:
            yield known.model_copy(update={"kinds": ()})

    @cached_property
    def comparable(self) -> tuple[Engagement, ...]:
        """Past projects of the same line or programme."""
        return tuple(one for one in self.past if one.nearness is not Nearness.OTHER)

    @property
    def led(self) -> int:
        """Comparable projects it led, or EU projects by its profile, whichever is more."""
        return max(sum(one.led for one in self.comparable), self.said_led)

    def telling(self, number: int) -> tuple[Engagement, ...]:
        """So many of its past projects, nearest first; where it led a comparable one, such a one is among them."""
        shown = self.past[:number]
        led = next((one for one in self.comparable if one.led), None)
        return shown if led is None or any(one.led for one in shown) else (*shown[:-1], led)

    @property
    def joined(self) -> int:
        """Projects it took part in, led ones counted; least count."""
        return max(len(self.past), self.said_projects)

    @property
    def not_known(self) -> tuple[str, ...]:
        """What a reader must find out, in words."""
        gaps = {
            said("kind of organisation"): not self.kinds,
            said("whether it is a local or regional authority"): self.kinds == (ApplicantKind.PUBLIC_BODY,),
            said("whether it is a local authority, as its name says"): self.by_name,
            said("whether migrants lead it"): self.type is None
            and self.network is None
            and self.kind in (None, OrganisationKind.OTHER),
            said("whether it looks for partners"): self.profile is None,
        }
        return tuple(gap for gap, holds in gaps.items() if holds)


def name_key(name: str, country: str | None) -> tuple[str, str]:
    """By what two records without a code are held to be the same organisation: the words of the name, and the country.

    Case, accents, punctuation and legal forms do not count.
    """
    words = plain_words(name)
    return " ".join(word for word in words.split() if word not in LEGAL_FORMS) or words, country or ""


def is_member(candidate: Candidate, member: Member) -> bool:
    """Whether the candidate is that member already: by code, profile or name; a town also by the name of its city."""
    if candidate.pic and member.pic:
        return candidate.pic == member.pic
    if candidate.profile and candidate.profile == member.profile:
        return True
    same_name = name_key(candidate.name, candidate.country) == name_key(member.name, member.country)
    return same_name or _is_that_town(candidate, member)


def _is_that_town(candidate: Candidate, member: Member) -> bool:
    """The register writes "Rīgas valstspilsētas pašvaldība" in Riga, a profile "Riga City Council"."""
    towns = all(ApplicantKind.LOCAL_AUTHORITY in kinds for kinds in (candidate.kinds, member.kinds))
    city = plain_words(candidate.city)
    return (
        bool(towns and city) and candidate.country == member.country and f" {city} " in f" {plain_words(member.name)} "
    )
