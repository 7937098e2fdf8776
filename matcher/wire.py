"""Calls, matches and organisations as plain JSON values, the form of `--json` output; their names are promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from matcher.currency import NO_RATES, Rates, in_euro
from matcher.explanation import Explanation
from matcher.history import Step
from matcher.model import (
    Budget,
    Call,
    Deadline,
    Document,
    GrantSize,
    Match,
    Money,
    Precision,
    Profile,
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


def day_iso(first: date, precision: Precision) -> str:
    """A day, or the month, quarter (2027-Q2) or year that begins on `first`."""
    cut = {Precision.MONTH: f"{first:%Y-%m}", Precision.YEAR: f"{first:%Y}"}
    if precision is Precision.QUARTER:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    return cut.get(precision, first.isoformat())


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


def match_json(match: Match) -> Json:
    """A match: what it is, how well it fits and why, who may get at it and how."""
    deadline = match.call.next_deadline(match.on) or (match.call.deadlines[-1] if match.call.deadlines else None)
    return {
        "call_id": match.call.id,
        "source": match.call.source,
        "tier": match.call.tier,
        "confirmed": match.call.is_confirmed,
        "as_of": match.call.as_of.isoformat(),
        "sightings": [seen.model_dump(mode="json") for seen in match.call.sightings],
        "origins": [origin.model_dump(mode="json") for origin in match.call.origins],
        "identifier": match.call.identifier,
        "title": match.call.title,
        "fund": match.call.fund,
        "programme": match.call.programme,
        "kind": match.call.kind,
        "url": match.call.url,
        "deadline": deadline and deadline_iso(deadline),
        "status": match.status,
        "score": match.score,
        "contributions": [part.model_dump(mode="json") for part in match.contributions],
        "route": match.route.kind,
        "route_also": list(match.route.also),
        "route_label": match.route.label,
        "route_reason": match.route.reason,
        "route_reference": match.route.reference,
        "route_body": match.route.body and match.route.body.model_dump(mode="json"),
        "route_contacts": [body.model_dump(mode="json") for body in match.route.contacts],
        "route_gap": match.route.gap,
        "planned": match.call.is_planned,
        "national": match.call.national and match.call.national.model_dump(mode="json"),
        "verdicts": [verdict.model_dump(mode="json") for verdict in match.verdicts],
        "quotes": [evidence.model_dump(mode="json") for evidence in match.evidence],
        "goals": [served.model_dump(mode="json") for served in match.goals],
    }


def explanation_json(explanation: Explanation) -> Json:
    return match_json(explanation.match) | {
        "in_favour": list(explanation.in_favour),
        "against": list(explanation.against),
        "unknown": list(explanation.unknown),
    }


def profile_json(profile: Profile) -> Json:
    return profile.model_dump(mode="json")
