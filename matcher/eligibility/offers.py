"""What a call lets a project do beside its conditions, as its own words state it: such facts shut nobody out."""

from __future__ import annotations

from typing import NamedTuple

from matcher.amounts import money_words
from matcher.eligibility import words
from matcher.eligibility.precedence import CERTAIN
from matcher.eligibility.terms import CallTerms
from matcher.model import Criterion, CriterionKind, Money, Quote, Role, said
from matcher.model.said import series


class Offer(NamedTuple):
    """A fact with the words it was read in."""

    label: str
    text: str
    reference: str
    quote: Quote | None
    certain: bool
    """False where the words may mean something else."""


def offers(terms: CallTerms) -> tuple[Offer, ...]:
    """Who may lead, sub-grants, most applicants, and how affiliated entities count; nothing that the call does not
    state, and once what it states twice."""
    asked = [(kind, label, Role.COORDINATOR) for kind, label in OF_LEADERS.items()]
    found = (
        Offer(label, text, terms.reference_of(one), one.quote, one.confidence >= CERTAIN)
        for kind, label, role in [*asked, *((kind, label, None) for kind, label in LABELS.items())]
        for one in terms.stated(kind, role)
        if one.role is role and (text := _words(one))
    )
    once: dict[tuple[str, str], Offer] = {}
    for offer in found:
        once.setdefault((offer.label, offer.text), offer)
    return tuple(once.values())


OF_LEADERS = {
    CriterionKind.APPLICANT_KIND: said("Who may lead"),
    CriterionKind.EXCLUDED_KIND: said("Who may not lead"),
}
"""What is said of the coordinator alone: who may only join is not told so by its verdicts, which are of the seat it can
have."""
LABELS = {
    CriterionKind.SUB_GRANTS: said("Sub-grants to others"),
    CriterionKind.SUB_GRANT_MAX: said("One sub-grant"),
    CriterionKind.MAX_APPLICANTS: said("Applicants at most"),
    CriterionKind.AFFILIATED: said("Affiliated entities"),
}

_KNOWN = {
    (CriterionKind.SUB_GRANTS, "yes"): said("a project may hand money on to third parties"),
    (CriterionKind.SUB_GRANTS, "no"): said("a project may not hand money on to third parties"),
    (CriterionKind.AFFILIATED, "counted"): said("count towards least numbers of applicants"),
    (CriterionKind.AFFILIATED, "not_counted"): said("do not count towards least numbers of applicants"),
}


def _words(one: Criterion) -> str:
    numbers = [int(value) for value in one.values if value.isdecimal()]
    if one.kind is CriterionKind.SUB_GRANT_MAX:
        return said("at most %(amount)s", amount=money_words(Money(amount=max(numbers)))) if numbers else ""
    if one.kind is CriterionKind.MAX_APPLICANTS:
        return str(min(numbers)) if numbers else ""
    if one.kind in OF_LEADERS:
        return words.kinds(one.values)
    return series([known for value in one.values if (known := _KNOWN.get((one.kind, value)))])
