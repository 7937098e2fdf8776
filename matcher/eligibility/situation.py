"""One organisation before one call on one day, and the seats it can take there. Answers nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matcher.eligibility.finding import Finding, decisive, grade
from matcher.eligibility.precedence import CERTAIN
from matcher.eligibility.terms import CallTerms
from matcher.eligibility.words import ROLES, read_with_doubt
from matcher.model import Answer, Call, Criterion, CriterionKind, OrganisationType, Profile, Role
from matcher.model.said import Said, said, together
from matcher.reference import Programme, Reference

READ_THE_CALL = said("Read the call document; its own conditions win.")


@dataclass(frozen=True, eq=False)
class Situation:
    profile: Profile
    terms: CallTerms
    groups: Mapping[str, int] = field(default_factory=dict)
    """By rule or question of a seat: the group of organisations that are alike in what it looks at, where several are
    judged under the same terms; empty for one alone (see `matcher.eligibility.crowd`)."""
    _found: dict[tuple[str, Role], Finding | None] = field(default_factory=dict)
    _heard: dict[tuple[int, CriterionJudge], Finding] = field(default_factory=dict)

    @classmethod
    def of(cls, profile: Profile, call: Call, on: date, reference: Reference) -> Situation:
        return cls(profile, CallTerms(call, on, reference))

    @property
    def call(self) -> Call:
        return self.terms.call

    @property
    def on(self) -> date:
        return self.terms.on

    @property
    def reference(self) -> Reference:
        return self.terms.reference

    @property
    def deciding_day(self) -> date:
        return self.terms.deciding_day

    @property
    def programme(self) -> Programme | None:
        return self.terms.programme

    @property
    def programme_name(self) -> Said:
        return self.terms.programme_name

    @property
    def is_municipality(self) -> bool:
        return self.profile.type is OrganisationType.MUNICIPALITY

    @cached_property
    def taken(self) -> tuple[Role, ...]:
        """Those of the call's funded roles that the organisation takes on, the preferred one first."""
        return self.terms.taken(self.profile.roles)

    @cached_property
    def standing(self) -> tuple[Role, ...]:
        """All that counts of its roles: those it takes on; where it takes none, its own."""
        return self.taken or self.profile.roles

    @property
    def seats(self) -> tuple[Role, ...]:
        """The roles that conditions are asked for: those it takes on; where it takes none, all offered ones."""
        return self.taken or self.terms.offered

    def find(self, judge: SeatJudge, role: Role) -> Finding | None:
        """What a question comes to for that role; each is answered once."""
        name = judge.__name__
        group = self.groups.get(name)
        if group is not None:
            shared, place = self.terms.findings, (name, role, group)
            if place not in shared:
                shared[place] = judge(self, role)
            return shared[place]
        key = (name, role)
        if key not in self._found:
            self._found[key] = judge(self, role)
        return self._found[key]

    def all_stated(self, kind: CriterionKind, role: Role | None, judge: CriterionJudge) -> Finding | None:
        """What the conditions that govern a question come to together; None where the call is silent."""
        clause = self.terms.stated(kind, role)
        return decisive([self._judged(one, judge) for one in clause]) if clause else None

    def _judged(self, criterion: Criterion, judge: CriterionJudge) -> Finding:
        """What one condition comes to, worked out once for all seats that it holds for."""
        key = (id(criterion), judge)
        if key not in self._heard:
            self._heard[key] = self._with_doubt(criterion, judge(self, criterion))
        return self._heard[key]

    def _with_doubt(self, criterion: Criterion, found: Finding) -> Finding:
        if criterion.confidence >= CERTAIN:
            return found
        return found._replace(answer=Answer.UNKNOWN, reason=read_with_doubt(found.reason), remedy=READ_THE_CALL)


SeatJudge = Callable[[Situation, Role], Finding | None]
CriterionJudge = Callable[[Situation, Criterion], Finding]


def best_seat(situation: Situation, judge: SeatJudge) -> Finding | None:
    """A condition over all seats that the organisation can take: one seat that it leaves open is enough.

    None where no seat is asked for it.
    """
    best, free = None, None
    for role in situation.seats:
        found = situation.find(judge, role)
        if found is None:
            free = free or role
        elif best is None or grade(found) > grade(best):
            best = found
    if best is None or free is None or best.answer is Answer.MET:
        return best
    reason = together(best.reason, said("As %(role)s this is not asked.", role=ROLES[free]))
    return best._replace(answer=Answer.MET, reason=reason, remedy="")
