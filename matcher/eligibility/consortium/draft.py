"""A draft of a consortium before one call on one day: who counts, and who perhaps does. Answers no condition itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from matcher.eligibility.demand import stated
from matcher.eligibility.finding import Finding, all_of, worst_answer
from matcher.eligibility.participation import country_for, excluded_country_for
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.model import Answer, ApplicantKind, Call, CriterionKind, Member, OrganisationType, Profile, Role
from matcher.reference.actions import Action, Partnership

COUNTED = "counted"
"""Value of AFFILIATED where a call counts affiliated entities towards its least numbers."""


@dataclass(frozen=True)
class Tally:
    """How many of `needed` are there for sure, and how many there are at best."""

    needed: int
    sure: int
    possible: int

    @property
    def answer(self) -> Answer:
        if self.sure >= self.needed:
            return Answer.MET
        return Answer.UNKNOWN if self.possible >= self.needed else Answer.NOT_MET

    @property
    def missing(self) -> int:
        return max(self.needed - self.possible, 0)


@dataclass(frozen=True)
class Places:
    """Countries that take part, that perhaps do and that do not, and the members whose country is not known."""

    sure: frozenset[str]
    doubtful: frozenset[str]
    out: frozenset[str]
    nowhere: tuple[Member, ...]

    @property
    def here(self) -> frozenset[str]:
        """Where there is no need to look for a further country."""
        return self.sure | self.doubtful

    def within(self, countries: Collection[str]) -> Places:
        """The same of some countries only."""
        own = frozenset(countries)
        return Places(self.sure & own, self.doubtful & own, self.out & own, self.nowhere)

    def tally(self, needed: int) -> Tally:
        """How many different countries there are; a member whose country is not known may bring a further one."""
        return Tally(needed, len(self.sure), len(self.here) + len(self.nowhere))


@dataclass(frozen=True, eq=False)
class Draft:
    """The members in an order of their own, so that the order in which they were named changes nothing."""

    members: tuple[Member, ...]
    terms: CallTerms
    _situations: dict[tuple[int, bool], Situation] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Iterable[Member], terms: CallTerms) -> Draft:
        return cls(tuple(sorted(members, key=_order)), terms)

    @property
    def call(self) -> Call:
        return self.terms.call

    @property
    def action(self) -> Action | None:
        """The sort of call it is drafted for; None: none is known."""
        return self.terms.action

    @property
    def partnership(self) -> Partnership:
        """What is usual for the call's action; nothing where it is not known."""
        return self.action.partnership if self.action else Partnership()

    @cached_property
    def counting(self) -> tuple[Member, ...]:
        """Those that count towards least numbers: coordinator and beneficiaries, affiliated entities only where the
        call says so."""
        affiliated = any(COUNTED in one.values and one.certain for one in stated(self.terms, CriterionKind.AFFILIATED))
        return tuple(one for one in self.members if one.counts or (affiliated and one.role is Role.AFFILIATED_ENTITY))

    @cached_property
    def coordinators(self) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.role is Role.COORDINATOR)

    @cached_property
    def standing(self) -> tuple[tuple[Member, Answer], ...]:
        """Whether each counting member can be funded where it is; who surely cannot counts towards nothing."""
        return tuple((one, _answer(self.country(one))) for one in self.counting)

    def country(self, member: Member, waivers: bool = True) -> Finding | None:
        """Whether the member can be funded where it is, without `waivers` as of a body of no kind; None where its
        country is not known."""
        if not member.country:
            return None
        situation = self.situation(member, waivers)
        role = Role.COORDINATOR if member.role is Role.COORDINATOR else Role.BENEFICIARY
        found = [situation.find(judge, role) for judge in (country_for, excluded_country_for)]
        return all_of([one for one in found if one is not None])

    def places(self, members: Iterable[Member]) -> Places:
        """Of which countries these members are, by whether the country itself takes part: a body that is funded
        wherever it is adds no country."""
        found: dict[Answer, set[str]] = {answer: set() for answer in Answer}
        nowhere = []
        for one in members:
            if one.country:
                found[_answer(self.country(one, waivers=False))].add(one.country)
            else:
                nowhere.append(one)
        met, out = frozenset(found[Answer.MET]), frozenset(found[Answer.NOT_MET])
        return Places(met, frozenset(found[Answer.UNKNOWN]) - met, out - met, tuple(nowhere))

    def tally(self, needed: int, fits: Callable[[Member], Answer]) -> Tally:
        """How many counting members fit, those left out whose country does not take part."""
        best = [worst_answer([fits(one), answer]) for one, answer in self.standing]
        return Tally(needed, best.count(Answer.MET), len(best) - best.count(Answer.NOT_MET))

    def situation(self, member: Member, with_kinds: bool = True) -> Situation:
        """The member as the rules on seats see an organisation; made once."""
        key = (id(member), with_kinds)
        if key not in self._situations:
            self._situations[key] = Situation(_seen(member, member.kinds if with_kinds else ()), self.terms)
        return self._situations[key]


def _seen(member: Member, kinds: tuple[ApplicantKind, ...]) -> Profile:
    """Only what is known of a member, and no size. A member is no profile, so it is not validated as one: what the
    rules on kinds and countries do not ask for stays empty."""
    return Profile.model_construct(
        id="member",
        name=member.name,
        type=OrganisationType.MIGRANT_SERVING,
        country=member.country or "",
        nuts=member.nuts,
        kinds=kinds,
        roles=(member.role,),
        languages=(),
        description=member.name,
        needs=(),
        facts=(),
    )


def _answer(finding: Finding | None) -> Answer:
    return finding.answer if finding else Answer.UNKNOWN


def _order(member: Member) -> tuple[int, str, str]:
    """The coordinator first, then by name."""
    return list(Role).index(member.role), member.name, member.model_dump_json()
