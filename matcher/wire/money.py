"""The money of one project of a call as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict

from matcher.currency import Rates
from matcher.money.own_contribution import Finance, Number, Sum
from matcher.wire.calls import Json, euro_json, money_json
from matcher.wording.money import MoneyFact, money_facts


def finance_json(found: Finance, rates: Rates) -> Json:
    """Figures with whose word each is; what nobody states is null. `facts`: the same in words."""
    return {
        "smallest": _sum(found, found.smallest, rates),
        "largest": _sum(found, found.largest, rates),
        "rate_percent": _number(found.rate),
        "is_fixed_amount": found.is_fixed,
        "lump_sums": [money_json(amount) for amount in found.amounts],
        "pre_financing_percent": _number(found.pre_financing),
        "longest_months": _number(found.months),
        "facts": [_fact(fact) for fact in money_facts(found, rates)],
    }


def _sum(found: Finance, grant: Sum | None, rates: Rates) -> Json | None:
    if grant is None:
        return None
    own, first = found.own(grant), found.advance(grant)
    return {
        **money_json(grant.money),
        **euro_json(grant.money, rates),
        "own_part": None if own is None else str(own),
        "paid_first": None if first is None else str(first),
        "basis": grant.ground.basis,
        "reference": grant.ground.reference,
        "quote": grant.ground.quote and grant.ground.quote.model_dump(mode="json"),
    }


def _number(number: Number | None) -> Json | None:
    if number is None:
        return None
    ground = number.ground
    quote = ground.quote and ground.quote.model_dump(mode="json")
    return {"value": str(number.value), "basis": ground.basis, "reference": ground.reference, "quote": quote}


def _fact(fact: MoneyFact) -> Json:
    return asdict(fact) | {"quote": fact.quote and fact.quote.model_dump(mode="json")}
