"""Calls as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from matcher.currency import NO_RATES, Rates, in_euro
from matcher.days import day_iso
from matcher.history import Step
from matcher.model import (
    Budget,
    Call,
    Deadline,
    Document,
    GrantSize,
    Money,
)

Json = dict[str, Any]


def call_json(call: Call, on: date, rates: Rates = NO_RATES) -> Json:
    """The facts of a call that lists and programs need; `full_call_json` has the texts."""
    return {
        "id": call.id,
        "source": call.source,
        "tier": call.tier,
        "confirmed": call.is_confirmed,
        "reference": call.reference,
        "identifier": call.identifier,
        "title": call.title,
        "fund": call.fund,
        "programme": call.programme,
        "kind": call.kind,
        "status": call.status(on),
        "opening": call.opening and day_iso(call.opening, call.opening_precision),
        "planned": call.is_planned,
        "national": call.national and call.national.model_dump(mode="json"),
        "deadlines": [deadline_iso(deadline) for deadline in call.deadlines],
        "budget": call.budget and budget_json(call.budget, rates),
        "url": call.url,
        "as_of": call.as_of.isoformat(),
        "sightings": [seen.model_dump(mode="json") for seen in call.sightings],
        "origins": [origin.model_dump(mode="json") for origin in call.origins],
        "first_seen": call.first_seen and call.first_seen.isoformat(),
        "last_seen": call.last_seen and call.last_seen.isoformat(),
    }


def full_call_json(
    call: Call, on: date, rates: Rates, fetched: Mapping[str, Document], steps: Iterable[Step] = ()
) -> Json:
    """Everything stored of a call and its history, in the names of `call_json` where both have a field.

    A document that was fetched has its hash, size, type and days beside its address.
    """
    documents = [
        page.model_dump(mode="json") | (fetched[page.url].model_dump(mode="json") if page.url in fetched else {})
        for page in call.documents
    ]
    history = [asdict(step) | {"on": step.on.isoformat()} for step in steps]
    further = {"grant": grant_json(call.grant, rates), "documents": documents, "history": history}
    return call.model_dump(mode="json") | further | call_json(call, on, rates)


def deadline_iso(deadline: Deadline) -> str:
    """ISO 8601 as far as the source says: day, local time, or time with offset; year, month or quarter (2027-Q2)."""
    if deadline.at is not None:
        zone = ZoneInfo(deadline.zone) if deadline.zone else None
        return datetime.combine(deadline.day, deadline.at, zone).isoformat()
    return day_iso(deadline.day, deadline.precision)


def budget_json(budget: Budget, rates: Rates = NO_RATES) -> Json:
    return {**money_json(budget.total), **euro_json(budget.total, rates), "shared": budget.shared}


def grant_json(grant: GrantSize, rates: Rates = NO_RATES) -> Json:
    """What is stored of it, each bound with its equivalent in euro."""
    bounds = {"minimum": grant.minimum, "maximum": grant.maximum}
    stored: Json = grant.model_dump(mode="json")
    return stored | {name: stored[name] | euro_json(money, rates) for name, money in bounds.items() if money}


def euro_json(money: Money, rates: Rates) -> Json:
    """`euro`: the amount in euro, null without a rate; `euro_day`: the day of the rate, null where none was used."""
    euros, rate = in_euro(money, rates), rates.get(money.currency)
    return {"euro": euros and _number(euros), "euro_day": rate and rate.day.isoformat()}


def money_json(money: Money) -> Json:
    return {"amount": _number(money.amount), "currency": money.currency}


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
