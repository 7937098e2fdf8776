"""What a call asks on one day: all that does not depend on who reads it, worked out once. Judges nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matcher.days import date_words, day_words
from matcher.eligibility import words
from matcher.eligibility.doors import Whom
from matcher.eligibility.finding import Finding
from matcher.eligibility.precedence import governing
from matcher.model import Basis, Call, CallKind, Criterion, CriterionKind, Precision, Role
from matcher.model.said import Said, said
from matcher.reference import Management, Participation, Programme, Reference, RoleRule
from matcher.reference.actions import Action

FUNDED = (Role.COORDINATOR, Role.BENEFICIARY)


@dataclass(frozen=True, eq=False)
class CallTerms:
    """A call on a day, made ready to be judged for any number of organisations."""

    call: Call
    on: date
    reference: Reference
    findings: dict[tuple[str, Role, int], Finding | None] = field(default_factory=dict)
    """By question of a seat, role and such a group; filled by the seats."""
    _stated: dict[tuple[CriterionKind, Role | None], tuple[Criterion, ...]] = field(default_factory=dict)
    doors: dict[tuple[str, str | None], Whom] = field(default_factory=dict)
    """By country and region: to whom an organisation there turns; filled by the routes."""
    _taken: dict[tuple[Role, ...], tuple[Role, ...]] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _references: dict[int, str] = field(default_factory=dict)
    _standings: dict[str, Participation | None] = field(default_factory=dict)

    @cached_property
    def deciding_day(self) -> date:
        """The day whose rules hold: conditions are checked as of the submission deadline, so a past call is judged
        by the rules of its own year; `on` where no deadline is known."""
        return self.call.final_day or self.on

    @cached_property
    def on_the_deciding_day(self) -> Said:
        last = self.call.final_deadline
        if last is None:
            return said("on %(day)s", day=day_words(self.on))
        when = date_words(last.day, last.precision)
        if last.precision in (Precision.DAY, Precision.MINUTE):
            return said("on the submission day, %(day)s", day=when)
        return said("when applications end, %(month)s", month=when)

    @cached_property
    def programme(self) -> Programme | None:
        return self.reference.by_key.get(self.call.programme or "")

    @cached_property
    def action(self) -> Action | None:
        """The sort of call it belongs to by the rules of its submission day; None: none is known."""
        return self.reference.action_for(self.call, self.deciding_day)

    @cached_property
    def programme_name(self) -> Said:
        return words.programme(self.programme.name) if self.programme else said("the programme")

    @cached_property
    def offered(self) -> tuple[Role, ...]:
        """Funded roles of the call: sub-grantee, or coordinator and beneficiaries unless it names less."""
        if self.call.kind is CallKind.CASCADE:
            return (Role.SUB_GRANTEE,)
        clause = self.roles_named
        return tuple(role for role in FUNDED if role in clause) or FUNDED

    def taken(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        """Those of the funded roles that an organisation with these roles takes on, its preferred one first.

        The affiliate of a beneficiary has costs of its own in any project under the model grant agreement.
        """
        if roles not in self._taken:
            affiliate = (Role.AFFILIATED_ENTITY,) if self.has_model_agreement else ()
            self._taken[roles] = tuple(role for role in roles if role in (*self.offered, *affiliate))
        return self._taken[roles]

    @cached_property
    def roles_named(self) -> frozenset[str]:
        """All roles that the call itself offers, in whichever sentence."""
        return frozenset(value for one in self.stated(CriterionKind.ROLE) for value in one.values)

    @cached_property
    def has_model_agreement(self) -> bool:
        """Grants of direct management in 2021-2027 follow the model agreement that knows affiliated entities and
        associated partners; national calls, external action and sub-grants have agreements of their own."""
        programme = self.programme
        if programme is None or self.call.kind not in (CallKind.TOPIC, CallKind.CALL) or self.call.national:
            return False
        return not programme.route and programme.management is Management.DIRECT and programme.period == "2021-2027"

    def stated(self, kind: CriterionKind, role: Role | None = None) -> tuple[Criterion, ...]:
        """What governs a question for that role (None: for any), all of it at once; empty where the call is silent."""
        key = (kind, role)
        if key not in self._stated:
            self._stated[key] = governing(self._by_kind.get(kind, ()), role)
        return self._stated[key]

    def is_for_all_roles(self, kind: CriterionKind) -> bool:
        """Whether the call asks the same of every role on a question, or nothing of any."""
        return all(one.role is None for one in self._by_kind.get(kind, ()))

    def usual(self, role: Role) -> RoleRule | None:
        """Which kinds usually take that role in the programme; an affiliated entity must be what a beneficiary is.

        None for sub-grants: the project that hands them on sets its own conditions (Regulation 2024/2509, Article 207).
        """
        if self.programme is None or role is Role.SUB_GRANTEE:
            return None
        return self.programme.coordinators if role is Role.COORDINATOR else self.programme.beneficiaries

    def standing(self, country: str) -> Participation | None:
        """How a country stands in the programme on the deciding day; None: the table is silent."""
        if country not in self._standings:
            found = self.reference.standing(self.call.programme or "", country, self.deciding_day)
            self._standings[country] = found
        return self._standings[country]

    def page(self, name: str) -> str:
        """Where the call itself says what stands in a field, and as of when."""
        if name not in self._pages:
            self._pages[name] = words.page(self.call, name)
        return self._pages[name]

    def reference_of(self, criterion: Criterion) -> str:
        """The page or document that a condition was read in, with the day."""
        key = id(criterion)
        if key not in self._references:
            self._references[key] = self._reference_of(criterion)
        return self._references[key]

    def _reference_of(self, criterion: Criterion) -> str:
        quote = criterion.quote
        if quote and quote.document:
            day = day_words(self.call.as_of)
            if quote.page:
                return said("call document, page %(page)s (as of %(day)s)", page=str(quote.page), day=day)
            return said("call document (as of %(day)s)", day=day)
        return self.page(quote.place if quote and criterion.basis is Basis.TOPIC_CONDITIONS else "criteria")

    @cached_property
    def _by_kind(self) -> dict[CriterionKind, Sequence[Criterion]]:
        found: dict[CriterionKind, list[Criterion]] = {}
        for one in self.call.criteria:
            found.setdefault(one.kind, []).append(one)
        return dict(found)
