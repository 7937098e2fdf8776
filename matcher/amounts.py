"""Money and the size of grants in words, for terminal and screen. Pure; knows no rates of its own."""

from __future__ import annotations

from babel.numbers import format_currency

from matcher.currency import EURO, NO_RATES, Rates, in_euro
from matcher.model import GrantSize, Money


def money_words(money: Money, rates: Rates = NO_RATES) -> str:
    """The amount as stated; beside one in another currency about how much that is in euro, where a rate is known."""
    euros = in_euro(money, rates)
    if money.currency == EURO or euros is None:
        return _amount(money)
    return f"{_amount(money)} (about {_amount(Money(amount=euros))} at {rates[money.currency].label})"


def grant_words(grant: GrantSize, rates: Rates = NO_RATES) -> str:
    """What one project can receive, as far as the source says; empty where it says nothing."""
    parts = [_range_words(grant, rates)]
    if grant.rate_percent is not None:
        parts.append(f"up to {grant.rate_percent:f} % of the costs")
    if grant.duration_months_max is not None:
        parts.append(f"at most {grant.duration_months_max} months")
    if grant.expected_grants is not None:
        parts.append(f"about {grant.expected_grants} grants expected")
    return ", ".join(filter(None, parts))


def _range_words(grant: GrantSize, rates: Rates) -> str:
    least, most = (money_words(sum_, rates) if sum_ else "" for sum_ in (grant.minimum, grant.maximum))
    if least and most:
        return f"{least} to {most} a project"
    if least or most:
        return f"at most {most} a project" if most else f"at least {least} a project"
    return ""


def _amount(money: Money) -> str:
    return format_currency(money.amount, money.currency, "¤¤ #,##0.##", locale="en", currency_digits=False)
