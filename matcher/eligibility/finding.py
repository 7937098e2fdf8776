"""What one rule found, and how findings are weighed against each other. Knows no rule, no call and no organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matcher.model import Answer, Basis, Quote


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
    """What conditions that hold at once come to: the worst answer, with the reasons of all that give it."""
    if len(findings) == 1:
        return findings[0]
    worst = min(findings, key=grade)
    alike = [found for found in findings if found.answer is worst.answer]
    if len(alike) == 1:
        return worst
    return worst._replace(reason=" ".join(dict.fromkeys(found.reason for found in alike)))


def worst_answer(answers: Sequence[Answer]) -> Answer:
    """Where all must hold."""
    return min(answers, key=_GRADES.__getitem__)


def best_answer(answers: Sequence[Answer]) -> Answer:
    """Where one is enough."""
    return max(answers, key=_GRADES.__getitem__)
