"""What a rule is and the list of all rules. Knows no rule itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from matcher.eligibility.finding import Finding
from matcher.eligibility.situation import SeatJudge, Situation
from matcher.eligibility.terms import CallTerms
from matcher.model import Answer, CriterionKind, Said, Verdict, said

ENTERED: list[Rule] = []
"""All rules, as they were entered; `matcher.eligibility.rules` puts them in the order of their subjects."""


Judge = Callable[[Situation], Finding | None]
Sight = Callable[[Situation], Hashable]
JudgeT = TypeVar("JudgeT", bound=Judge)


@dataclass(frozen=True)
class Rule:
    """One question to a call and an organisation, with what a reader or a form needs to know about it.

    `needs`: the facts it looks at, as paths into the model ("profile.population"); no other fact changes its answer.
    `answers`: the answers it can give; a duty to find partners, for one, never excludes anybody.
    """

    name: str
    label: Said
    reference: str
    needs: tuple[str, ...]
    answers: tuple[Answer, ...]
    judge: Judge
    asks: SeatJudge | None = None
    """The question that it puts to every seat, where that is all it looks at."""
    kind: CriterionKind | None = None
    """Of the conditions it looks at, where a role matters to it only if one of them is for that role."""
    seen: Sight | None = None
    """What of its facts counts before this call, where that is less than all of them."""

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts of the organisation among its needs; those that agree in them get the same verdict."""
        return tuple(need.removeprefix("profile.") for need in self.needs if need.startswith("profile."))

    @cached_property
    def group(self) -> str:
        """Names the group of organisations that agree in these facts, roles left out (see `views`)."""
        return self.asks.__name__ if self.asks else f"rule {self.name}"

    def views(self, terms: CallTerms, situations: Sequence[Situation]) -> Sequence[Hashable]:
        """What the rule sees of each of many organisations before one call; where it is the same, so is the verdict.

        Of an organisation's roles only those count that the call offers, and none where it asks the same of all roles.
        """
        if self.seen:
            own: list[Hashable] = [self.seen(one) for one in situations]
        else:
            own = [one.groups[self.group] for one in situations]
        if "roles" not in self.facts or (self.kind and terms.is_for_all_roles(self.kind)):
            return own
        return list(zip(own, [one.standing for one in situations], strict=True))

    def verdict(self, situation: Situation) -> Verdict | None:
        """The answer; None where the question does not arise."""
        found = self.judge(situation)
        if found is None:
            return None
        return Verdict(
            rule=self.name,
            label=self.label,
            answer=found.answer,
            reason=found.reason,
            basis=found.basis,
            reference=found.reference or self.reference,
            quote=found.quote,
            remedy=found.remedy,
        )


def rule(
    label: str,
    reference: str,
    needs: tuple[str, ...],
    answers: tuple[Answer, ...] = tuple(Answer),
    asks: SeatJudge | None = None,
    kind: CriterionKind | None = None,
    seen: Sight | None = None,
) -> Callable[[JudgeT], JudgeT]:
    """Enter the function below under its own name; its docstring restates the law in a sentence."""

    def enter(judge: JudgeT) -> JudgeT:
        ENTERED.append(Rule(judge.__name__, said(label), reference, needs, answers, judge, asks, kind, seen))
        return judge

    return enter
