"""Amounts that a source states."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from matcher.model.base import Frozen


class Money(Frozen):
    """An amount the source states. A zero in a source means "not stated" and is never a Money."""

    amount: Annotated[Decimal, Field(gt=0)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"


class Budget(Frozen):
    """What a call can spend. `shared`: the amount is the pot of the whole call, repeated on its sibling topics."""

    total: Money
    shared: bool = False


class GrantSize(Frozen):
    """What one project can receive, as far as the source says."""

    minimum: Money | None = None
    maximum: Money | None = None
    expected_grants: int | None = None
    rate_percent: Annotated[Decimal, Field(gt=0, le=100)] | None = None
    duration_months_max: int | None = None
