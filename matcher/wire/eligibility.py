"""Whether and how an organisation may apply, as plain JSON values."""

from __future__ import annotations

from matcher.admission import Admission
from matcher.currency import Rates
from matcher.model import Answer, Quote
from matcher.wire.calls import Json
from matcher.wording.money import money_facts


def eligibility_json(found: Admission, rates: Rates) -> Json:
    """Route, every verdict with its quote and the document it stands in, and what the call offers."""
    return {
        "profile": found.profile.id,
        "call": found.call.id,
        "identifier": found.call.identifier,
        "title": found.call.title,
        "url": found.call.url,
        "on": found.on.isoformat(),
        "status": found.call.status(found.on),
        "route": found.route.model_dump(mode="json") | {"open": found.route.is_open},
        "verdicts": [
            verdict.model_dump(mode="json") | {"quote": _quote(verdict.quote, found)} for verdict in found.verdicts
        ],
        "against": [verdict.rule for verdict in found.answered(Answer.NOT_MET)],
        "unknown": [verdict.rule for verdict in found.answered(Answer.UNKNOWN)],
        "settled": [verdict.rule for verdict in found.answered(Answer.MET)],
        "money": [
            {"label": fact.label, "text": fact.text, "reference": fact.reference, "quote": _quote(fact.quote, found)}
            for fact in money_facts(found.finance, rates)
        ],
        "offers": [offer._asdict() | {"quote": _quote(offer.quote, found)} for offer in found.offers],
    }


def _quote(quote: Quote | None, found: Admission) -> Json | None:
    """The quote, and of a call document its title, address and day."""
    if quote is None:
        return None
    document = found.documents.get(quote.document or "")
    told = document and {"title": document.title, "url": document.url, "as_of": document.as_of.isoformat()}
    return quote.model_dump(mode="json") | {"document": told}
