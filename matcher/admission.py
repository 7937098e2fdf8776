"""Whether and how one organisation may apply to one call on one day: the whole answer, with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.documents.call_documents import call_documents
from matcher.documents.cited import Cited, cited
from matcher.eligibility.crowd import judge
from matcher.eligibility.offers import Offer, offers
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.model import Answer, Call, Profile, Route, Verdict
from matcher.money.own_contribution import Finance
from matcher.reference import Reference
from matcher.store import Store


@dataclass(frozen=True)
class Admission:
    profile: Profile
    call: Call
    on: date
    route: Route
    verdicts: tuple[Verdict, ...]
    offers: tuple[Offer, ...]
    finance: Finance
    documents: Mapping[str, Cited]
    """The call's documents, by SHA-256."""

    def answered(self, answer: Answer) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.answer is answer)


def admission(
    profile: Profile, call: Call, on: date, reference: Reference, finance: Finance, store: Store
) -> Admission:
    """Judge the organisation before the call; the store says which documents the quotes stand in."""
    terms = CallTerms(call, on, reference)
    verdicts, route = judge(Situation(profile, terms))
    return Admission(profile, call, on, route, verdicts, offers(terms), finance, cited(call_documents(call, store)))
