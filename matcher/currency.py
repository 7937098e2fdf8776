"""About how many euros an amount in another currency is. Pure: the rates come from outside, with their day and page.

The stated amount is never replaced; the equivalent only stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, StringConstraints

from matcher.model import Frozen, Money, Text

EURO = "EUR"
DIGITS = 3
"""Significant digits of an equivalent: more would feign a precision that a rate of another day does not have."""


class Rate(Frozen):
    """Units of a currency for one euro: by the ECB on a day, or for good where the euro has replaced the currency."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    per_euro: Annotated[Decimal, Field(gt=0)]
    day: date
    """Day of the reference rate; of a replaced currency the day on which the euro came."""
    fixed: bool = False
    source: Text
    as_of: date
    """The day on which the source was read."""


Rates = Mapping[str, Rate]
"""By currency."""
NO_RATES: Rates = MappingProxyType({})
"""For readers who want amounts as stated and nothing beside them."""


def in_euro(money: Money, rates: Rates) -> Decimal | None:
    """The amount in euro, an equivalent cut to three significant digits; None for a currency without a rate."""
    if money.currency == EURO:
        return money.amount
    rate = rates.get(money.currency)
    return _rounded(money.amount / rate.per_euro) if rate else None


def _rounded(amount: Decimal) -> Decimal:
    short = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN).plus(amount)
    return Decimal(f"{short:f}")
