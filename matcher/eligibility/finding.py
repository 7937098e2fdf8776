"""What one rule found, and how findings are weighed against each other. Knows no rule, no call and no organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matcher.model import Answer, Basis, Quote
from matcher.model.said import Said, said_n, together


class Finding(NamedTuple):
    """A Verdict without the rule's own name and label."""

    answer: Answer
    reason: str
    basis: Basis | None = None
    reference: str = ""
    quote: Quote | None = None
    remedy: str = ""


_GRADES = {Answer.NOT_MET: 0, Answer.UNKNOWN: 1, Answer.MET: 2}


def grade(finding: Finding) -> int:
    """0 not met, 1 unknown, 2 met: to compare findings."""
    return _GRADES[finding.answer]


def all_of(findings: Sequence[Finding]) -> Finding:
    """What several questions that count at once come to: the worst answer, with the reasons of all that give it."""
    worst = min(findings, key=grade)
    alike = dict.fromkeys(found.reason for found in findings if found.answer is worst.answer)
    return worst._replace(reason=together(*alike))


def decisive(findings: Sequence[Finding]) -> Finding:
    """What several conditions on one question come to: the first of those with the worst answer.

    Its reason stands beside its own quote; of the others that answer alike only their number is told.
    """
    worst = min(findings, key=grade)
    further = len({found.reason for found in findings if found.answer is worst.answer}) - 1
    return worst._replace(reason=together(worst.reason, _further(further, worst.answer))) if further else worst


def _further(number: int, answer: Answer) -> Said:
    if answer is Answer.MET:
        return said_n(
            "One further condition on this is met too.", "%(num)s further conditions on this are met too.", number
        )
    if answer is Answer.UNKNOWN:
        return said_n(
            "One further condition on this is open too.", "%(num)s further conditions on this are open too.", number
        )
    return said_n(
        "One further condition on this is not met too.", "%(num)s further conditions on this are not met too.", number
    )


def worst_answer(answers: Sequence[Answer]) -> Answer:
    """Where all must hold."""
    return min(answers, key=_GRADES.__getitem__)


def best_answer(answers: Sequence[Answer]) -> Answer:
    """Where one is enough."""
    return max(answers, key=_GRADES.__getitem__)
