"""Money and the size of grants in words, for terminal and screen. Pure; knows no rates of its own."""

from __future__ import annotations

from babel.numbers import format_currency

from matcher.currency import EURO, NO_RATES, Rates, in_euro
from matcher.days import day_words
from matcher.model import GrantSize, Money
from matcher.model.said import Said, an_amount, joined, said, said_n


def money_words(money: Money, rates: Rates = NO_RATES) -> Said:
    """The amount as stated; beside one in another currency about how much that is in euro, where a rate is known."""
    euros = in_euro(money, rates)
    if money.currency == EURO or euros is None:
        return amount(money)
    rate, told = rates[money.currency], {"amount": amount(money), "euros": amount(Money(amount=euros))}
    if rate.fixed:
        return said("%(amount)s (about %(euros)s at the fixed conversion rate)", **told)
    return said("%(amount)s (about %(euros)s at the ECB rate of %(day)s)", **told, day=day_words(rate.day))


def grant_words(grant: GrantSize, rates: Rates = NO_RATES) -> Said:
    """What one project can receive, as far as the source says; empty where it says nothing."""
    parts = [_range_words(grant, rates)]
    if grant.rate_percent is not None:
        parts.append(said("up to %(rate)s %% of the costs", rate=f"{grant.rate_percent:f}"))
    if grant.duration_months_max is not None:
        parts.append(months_at_most(grant.duration_months_max))
    if grant.expected_grants is not None:
        parts.append(said_n("about %(num)s grants expected", "about %(num)s grants expected", grant.expected_grants))
    return joined(", ", parts)


def months_at_most(number: int) -> Said:
    """ "at most 36 months"."""
    return said_n("at most %(num)s months", "at most %(num)s months", number)


def amount(money: Money) -> Said:
    """As stated."""
    english = format_currency(money.amount, money.currency, "¤¤ #,##0.##", locale="en", currency_digits=False)
    return an_amount(english, money)


def _range_words(grant: GrantSize, rates: Rates) -> str:
    least, most = (money_words(sum_, rates) if sum_ else "" for sum_ in (grant.minimum, grant.maximum))
    if least and most:
        return said("%(least)s to %(most)s a project", least=least, most=most)
    if most:
        return said("at most %(most)s a project", most=most)
    return said("at least %(least)s a project", least=least) if least else ""
