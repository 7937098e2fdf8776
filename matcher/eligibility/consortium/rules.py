"""What a consortium rule is and how its conditions are put together. Knows no rule itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from matcher.eligibility.consortium.draft import Draft, Tally
from matcher.eligibility.demand import Demand
from matcher.model import Answer, Condition, Gap, Said, said

Judge = Callable[[Draft, "ConsortiumRule"], Iterable[Condition]]

DOUBTFUL = said("Read the quoted words: it is not sure that they were understood.")


@dataclass(frozen=True)
class ConsortiumRule:
    """One question to a call and a draft, with the law behind it."""

    name: str
    label: Said
    reference: str
    judge: Judge

    def conditions(self, draft: Draft) -> Iterator[Condition]:
        """Those of its conditions that arise; most rules have one."""
        yield from self.judge(draft, self)

    def by_number(
        self, demand: Demand, tally: Tally, reason: str, *, gap: Gap, remedy: str, doubt: str, name: str = ""
    ) -> Condition:
        """A condition that is counted. `gap` and `remedy` are told where it fails for sure, `doubt`, what to find out,
        where that is open."""
        if tally.answer is Answer.NOT_MET:
            return self.condition(
                demand, tally.answer, reason, name=name, missing=tally.missing, gap=gap, remedy=remedy
            )
        told = doubt if tally.answer is Answer.UNKNOWN else ""
        return self.condition(demand, tally.answer, reason, name=name, remedy=told)

    def condition(
        self,
        demand: Demand,
        answer: Answer,
        reason: str,
        *,
        name: str = "",
        missing: int = 0,
        gap: Gap | None = None,
        remedy: str = "",
        label: str = "",
    ) -> Condition:
        """The condition with where it comes from; what was read with doubt is never more than unknown."""
        if not demand.certain:
            answer, missing, gap, remedy = Answer.UNKNOWN, 0, None, DOUBTFUL
        return Condition(
            rule=f"{self.name}:{name}" if name else self.name,
            label=label or self.label,
            answer=answer,
            reason=_usually(demand.usual, reason),
            missing=max(missing, 1) if answer is Answer.NOT_MET else 0,
            gap=gap,
            remedy=remedy,
            basis=demand.basis,
            reference=demand.reference or self.reference,
            quote=demand.quote,
        )


def _usually(what: str, reason: str) -> str:
    """A reason that rests on what is usual, where the call is silent."""
    return said("Usual for %(what)s: %(reason)s", what=what, reason=reason) if what else reason


def consortium_rule(label: str, reference: str) -> Callable[[Judge], ConsortiumRule]:
    """Make a rule of the function below, under its name; its docstring restates the law in a sentence."""
    return lambda judge: ConsortiumRule(judge.__name__, said(label), reference, judge)
