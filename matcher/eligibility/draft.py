"""A draft of a consortium before one call on one day: who counts, and who perhaps does. Answers no condition itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from matcher.actions import Action, Partnership
from matcher.eligibility.demand import stated
from matcher.eligibility.finding import Finding, worst_answer
from matcher.eligibility.participation import country_for
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.model import Answer, Call, CriterionKind, Member, OrganisationType, Profile, Role

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


@dataclass(frozen=True, eq=False)
class Draft:
    """The members in an order of their own, so that the order in which they were named changes nothing."""

    members: tuple[Member, ...]
    terms: CallTerms

    @classmethod
    def of(cls, members: Iterable[Member], terms: CallTerms) -> Draft:
        return cls(tuple(sorted(members, key=_order)), terms)

    @property
    def call(self) -> Call:
        return self.terms.call

    @cached_property
    def action(self) -> Action | None:
        return self.terms.reference.action_for(self.terms.call, self.terms.on)

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
    def taking_part(self) -> dict[Member, Answer]:
        """Whether each counting member's country takes part; who surely cannot be funded counts towards nothing."""
        return {one: _answer(self.country(one, one.role)) for one in self.counting}

    def country(self, member: Member, role: Role) -> Finding | None:
        """Whether the member's country takes part; None where its country is not known."""
        return country_for(self.situation(member), role) if member.country else None

    def countries(self, *answers: Answer) -> set[str]:
        """Countries of counting members for which one of these answers holds."""
        return {one.country for one, answer in self.taking_part.items() if one.country and answer in answers}

    @property
    def stateless(self) -> int:
        """Counting members whose country is not known."""
        return sum(one.country is None for one in self.counting)

    def tally(self, needed: int, fits: Callable[[Member], Answer]) -> Tally:
        """How many counting members fit, those left out whose country does not take part."""
        best = [worst_answer([fits(one), answer]) for one, answer in self.taking_part.items()]
        return Tally(needed, best.count(Answer.MET), len(best) - best.count(Answer.NOT_MET))

    def situation(self, member: Member) -> Situation:
        """The member as the rules on seats see an organisation: only what is known of it, no size.

        A member is no profile, so it is not validated as one: what the rules do not ask for stays empty.
        """
        profile = Profile.model_construct(
            id="member",
            name=member.name,
            type=OrganisationType.MIGRANT_SERVING,
            country=member.country or "",
            nuts=member.nuts,
            kinds=member.kinds,
            roles=(member.role,),
            languages=(),
            description=member.name,
            needs=(),
            facts=(),
        )
        return Situation(profile, self.terms)


def _answer(finding: Finding | None) -> Answer:
    return finding.answer if finding else Answer.UNKNOWN


def _order(member: Member) -> tuple[int, str, str]:
    """The coordinator first, then by name."""
    return list(Role).index(member.role), member.name, member.model_dump_json()
