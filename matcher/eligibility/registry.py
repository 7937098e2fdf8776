"""What a rule is and the list of all rules. Knows no rule itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from matcher.eligibility.situation import Situation
from matcher.model import Answer, Basis, Quote, Verdict

RULES: dict[str, Rule] = {}
"""All rules by name, in the order in which verdicts are shown; filled by importing `matcher.eligibility.rules`."""


@dataclass(frozen=True)
class Finding:
    """What one rule found; a Verdict without the rule's own name and label."""

    answer: Answer
    reason: str
    basis: Basis | None = None
    reference: str = ""
    quote: Quote | None = None
    remedy: str = ""


Judge = Callable[[Situation], Finding | None]
JudgeT = TypeVar("JudgeT", bound=Judge)


@dataclass(frozen=True)
class Rule:
    """One question to a call and an organisation, with what a reader or a form needs to know about it.

    `needs`: the facts it looks at, as paths into the model ("profile.population").
    `answers`: the answers it can give; a duty to find partners, for one, never excludes anybody.
    """

    name: str
    label: str
    reference: str
    needs: tuple[str, ...]
    answers: tuple[Answer, ...]
    judge: Judge

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
    label: str, reference: str, needs: tuple[str, ...], answers: tuple[Answer, ...] = tuple(Answer)
) -> Callable[[JudgeT], JudgeT]:
    """Enter the function below into RULES under its own name; its docstring restates the law in a sentence."""

    def enter(judge: JudgeT) -> JudgeT:
        name = judge.__name__
        RULES[name] = Rule(name, label, reference, needs, answers, judge)
        return judge

    return enter


_BETTER = (Answer.NOT_MET, Answer.UNKNOWN, Answer.MET)


def grade(finding: Finding) -> int:
    """0 not met, 1 unknown, 2 met: to compare findings."""
    return _BETTER.index(finding.answer)
