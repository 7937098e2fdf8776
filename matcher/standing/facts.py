"""What a call is, as a row: all that does not depend on who reads it, nor on the day. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from matcher.currency import Rates, in_euro
from matcher.merging import Found
from matcher.model import Call, CallKind, DeadlineModel, Money
from matcher.model.deadlines import last_day
from matcher.money.own_contribution import Finance
from matcher.money.size import JOINT, load
from matcher.precedents import line_of

NOT_STATED = float("nan")


def facts(call: Call, found: Finance, rates: Rates) -> dict[str, Any]:
    """The columns of the shelf, without what it was merged from and which goals it serves."""
    return {**_identity(call), **_days(call), **_money(call, rates), **_size(call, found, rates)}


def _identity(call: Call) -> dict[str, Any]:
    return {
        "call": call.id,
        "title": call.title,
        "code": call.code or "",
        "line": line_of(call.code or "") or "",
        "identifier": call.identifier,
        "fund": call.fund.value if call.fund else "",
        "programme": call.programme or "",
        "country": call.national.country if call.national else "",
        "kind": call.kind.value,
        "language": call.language or "",
        "source": call.source,
        "is_confirmed": call.is_confirmed,
        "is_planned": call.is_planned,
    }


def _days(call: Call) -> dict[str, Any]:
    """What `Call.status` and `Call.next_deadline` look at."""
    final = call.final_day
    return {
        "opening": call.opening,
        "opening_precision": call.opening_precision.value,
        "opens_by": last_day(call.opening, call.opening_precision) if call.opening else None,
        "final": final,
        "days": sorted(one.last_day for one in call.deadlines if final is not None and one.last_day <= final),
        "has_no_end": call.deadline_model is DeadlineModel.PERMANENT,
        "is_ended": call.is_ended,
        "published": call.published_status.value,
        "as_of": call.as_of,
        "first_seen": call.first_seen,
        "first_read": min(call.as_of, call.first_seen or call.as_of),
    }


def _money(call: Call, rates: Rates) -> dict[str, Any]:
    return {
        "grant_least": _euro(call.grant.minimum, rates),
        "grant_most": _euro(call.grant.maximum, rates),
        "budget": _euro(call.budget.total if call.budget else None, rates),
    }


def _size(call: Call, found: Finance, rates: Rates) -> dict[str, Any]:
    """What a project asks of an organisation that does it alone, and the least number of those who share it."""
    whole = load(found, Decimal(1), rates)
    is_alone = call.kind is CallKind.CASCADE or call.national is not None
    least = found.applicants.value if found.applicants else Decimal(JOINT)
    return {
        "load": float(whole.grant) if whole else NOT_STATED,
        "own_load": float(whole.own) if whole else NOT_STATED,
        "months": float(whole.months) if whole and whole.months else NOT_STATED,
        "shared_by": 1.0 if is_alone else float(max(least, Decimal(JOINT))),
    }


def records(found: Iterable[Found]) -> str:
    """What joined a call, best first, as it is needed to put the call together again."""
    rows = [[one.call.id, one.confidence, one.basis, one.fills] for one in found]
    return json.dumps(rows) if rows else ""


def _euro(money: Money | None, rates: Rates) -> float:
    found = in_euro(money, rates) if money else None
    return NOT_STATED if found is None else float(found)
