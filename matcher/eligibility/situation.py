"""One organisation before one call on one day, and which statement governs a question. Answers nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.eligibility import words
from matcher.model import Basis, Call, CallKind, CriterionKind, OrganisationType, Profile, Quote, Role
from matcher.reference import Programme, Reference, RoleRule

_STRONGEST_FIRST = tuple(Basis)


@dataclass(frozen=True)
class Statement:
    """What a call itself says on one question, from its strongest basis only."""

    values: tuple[str, ...]
    basis: Basis
    quote: Quote | None

    @property
    def number(self) -> int | None:
        """The largest number among the values; None where they hold none."""
        return max((int(value) for value in self.values if value.isdecimal()), default=None)


@dataclass(frozen=True)
class Situation:
    profile: Profile
    call: Call
    on: date
    reference: Reference

    @property
    def deciding_day(self) -> date:
        """The day whose rules hold: conditions are checked as of the submission deadline, so a past call is judged
        by the rules of its own year; `on` where no deadline is known."""
        return self.call.final_day or self.on

    @property
    def programme(self) -> Programme | None:
        return self.reference.by_key.get(self.call.programme or "")

    @property
    def programme_name(self) -> str:
        return words.programme(self.programme.name) if self.programme else "the programme"

    @property
    def is_municipality(self) -> bool:
        return self.profile.type is OrganisationType.MUNICIPALITY

    @property
    def offered(self) -> tuple[Role, ...]:
        """Funded roles of the call: sub-grantee, or coordinator and beneficiaries unless it names less."""
        if self.call.kind is CallKind.CASCADE:
            return (Role.SUB_GRANTEE,)
        said = self.stated(CriterionKind.ROLE)
        funded = (Role.COORDINATOR, Role.BENEFICIARY)
        return tuple(role for role in funded if said and role in said.values) or funded

    @property
    def taken(self) -> tuple[Role, ...]:
        """Those of the offered roles that the organisation takes on, the preferred one first."""
        return tuple(role for role in self.profile.roles if role in self.offered)

    @property
    def seats(self) -> tuple[Role, ...]:
        """The roles that conditions are asked for: those it takes on; where it takes none, all offered ones."""
        return self.taken or self.offered

    def stated(self, kind: CriterionKind, role: Role | None = None) -> Statement | None:
        """What the call says on a question for that role (None: for any); None where it is silent.

        The strongest basis wins; within it a condition for the role wins over one for all applicants.
        Several conditions of the same rank are read as one list of what is allowed.
        """
        said = {
            criterion: (_STRONGEST_FIRST.index(criterion.basis), criterion.role is None)
            for criterion in self.call.criteria
            if criterion.kind is kind and criterion.values and (role is None or criterion.role in (None, role))
        }
        if not said:
            return None
        governing = [criterion for criterion, rank in said.items() if rank == min(said.values())]
        values = dict.fromkeys(value for criterion in governing for value in criterion.values)
        quote = next((criterion.quote for criterion in governing if criterion.quote), None)
        return Statement(tuple(values), governing[0].basis, quote)

    def usual(self, role: Role) -> RoleRule | None:
        """Which kinds usually take that role in the programme.

        None for sub-grants: the project that hands them on sets its own conditions (Regulation 2024/2509, Article 207).
        """
        if self.programme is None:
            return None
        rules = {Role.COORDINATOR: self.programme.coordinators, Role.BENEFICIARY: self.programme.beneficiaries}
        return rules.get(role)
