"""Every organisation that could be asked to join a project, to be looked through without a call. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.model import ApplicantKind, OrganisationKind, Profile, Project
from matcher.partners.candidate import Candidate
from matcher.partners.gathering import gather
from matcher.reference.authority_names import AuthorityNames, plain_words
from matcher.reference.networks import Network

LOCAL = str(ApplicantKind.LOCAL_AUTHORITY)
SORTS = (LOCAL, *(str(kind) for kind in OrganisationKind))
"""What an organisation can be looked for as: a local authority, else what the portal's register takes it for."""


@dataclass(frozen=True)
class Entry:
    """An organisation with what it did. `words`: what is looked through, without accents and case."""

    candidate: Candidate
    words: str

    @property
    def led(self) -> int:
        """Projects it led; least count."""
        return max(sum(one.led for one in self.candidate.past), self.candidate.said_led)

    @property
    def sorts(self) -> frozenset[str]:
        """Which of SORTS it is; empty where nothing says so."""
        is_local = ApplicantKind.LOCAL_AUTHORITY in self.candidate.kinds
        return frozenset(([LOCAL] if is_local else []) + ([str(self.candidate.kind)] if self.candidate.kind else []))

    @property
    def programmes(self) -> frozenset[str]:
        return frozenset(one.programme for one in self.candidate.past if one.programme)

    @property
    def wants_to_be_found(self) -> bool:
        """It entered itself here and opted in."""
        return self.candidate.profile is not None


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; an empty one asks for nothing. All that are given must hold."""

    text: str = ""
    country: str = ""
    sort: str = ""
    programme: str = ""

    def has(self, one: Entry) -> bool:
        return (
            self.country in ("", one.candidate.country)
            and (not self.sort or self.sort in one.sorts)
            and (not self.programme or self.programme in one.programmes)
            and all(word in one.words for word in plain_words(self.text).split())
        )


def directory(
    profiles: Iterable[Profile], projects: Iterable[Project], networks: Iterable[Network], names: AuthorityNames | None
) -> tuple[Entry, ...]:
    """Those that want to be found first, then by what they led and took part in, then by name."""
    projects, profiles = list(projects), list(profiles)
    said = {one.id: f"{one.acronym} {one.title} {' '.join(one.keywords)}" for one in projects}
    needs = {one.id: " ".join((one.description, *(need.text for need in one.needs))) for one in profiles}
    found = [Entry(one, _words(one, said, needs)) for one in gather(None, profiles, projects, networks, names)]
    return tuple(sorted(found, key=_order))


def _words(one: Candidate, said: dict[str, str], needs: dict[str, str]) -> str:
    told = (said.get(done.stored, done.project) for done in one.past)
    return plain_words(" ".join((one.name, one.city, needs.get(one.profile or "", ""), *told)))


def _order(one: Entry) -> tuple[bool, int, int, str, str]:
    name = plain_words(one.candidate.name)
    return not one.wants_to_be_found, -one.led, -one.candidate.joined, name, one.candidate.id
