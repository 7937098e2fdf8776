"""What a call lets a project do beside its conditions, as its own words state it: such facts shut nobody out."""

from __future__ import annotations

from typing import NamedTuple

from matcher.amounts import money_words
from matcher.eligibility.precedence import CERTAIN
from matcher.eligibility.terms import CallTerms
from matcher.model import Criterion, CriterionKind, Money, Quote


class Offer(NamedTuple):
    """A fact with the words it was read in."""

    label: str
    text: str
    reference: str
    quote: Quote | None
    certain: bool
    """False where the words may mean something else."""


def offers(terms: CallTerms) -> tuple[Offer, ...]:
    """Sub-grants, most applicants, and how affiliated entities count; nothing of what the call does not state."""
    return tuple(
        Offer(label, text, terms.reference_of(one), one.quote, one.confidence >= CERTAIN)
        for kind, label in LABELS.items()
        for one in terms.stated(kind)
        if (text := _words(one))
    )


LABELS = {
    CriterionKind.SUB_GRANTS: "Sub-grants to others",
    CriterionKind.SUB_GRANT_MAX: "One sub-grant",
    CriterionKind.MAX_APPLICANTS: "Applicants at most",
    CriterionKind.AFFILIATED: "Affiliated entities",
}

_KNOWN = {
    (CriterionKind.SUB_GRANTS, "yes"): "a project may hand money on to third parties",
    (CriterionKind.SUB_GRANTS, "no"): "a project may not hand money on to third parties",
    (CriterionKind.AFFILIATED, "counted"): "count towards least numbers of applicants",
    (CriterionKind.AFFILIATED, "not_counted"): "do not count towards least numbers of applicants",
}


def _words(one: Criterion) -> str:
    numbers = [int(value) for value in one.values if value.isdecimal()]
    if one.kind is CriterionKind.SUB_GRANT_MAX:
        return f"at most {money_words(Money(amount=max(numbers)))}" if numbers else ""
    if one.kind is CriterionKind.MAX_APPLICANTS:
        return str(min(numbers)) if numbers else ""
    return "; ".join(known for value in one.values if (known := _KNOWN.get((one.kind, value))))
