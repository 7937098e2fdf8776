"""The money of one project in plain words, a fact a line with whose word it is; for terminal, screen and JSON alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from matcher.amounts import money_words
from matcher.currency import Rates
from matcher.eligibility.demand import Demand
from matcher.model import Money, Quote
from matcher.money.own_contribution import Finance, Sum

NOT_KNOWN = "not known; read the part on money in the call document"
DOUBTFUL = "Read with doubt"


@dataclass(frozen=True)
class MoneyFact:
    """A line of the answer, and on what it rests; no reference where nothing is known."""

    label: str
    text: str
    reference: str = ""
    quote: Quote | None = None


def money_facts(found: Finance, rates: Rates) -> tuple[MoneyFact, ...]:
    """Grant, rate, own part, first payment, time; then what was read with doubt."""
    return (
        _grant("Smallest grant", found.smallest, rates),
        _grant("Largest grant", found.largest, rates),
        *([_lump_sum(found, found.lump_sum, rates)] if found.lump_sum else []),
        *([] if found.is_fixed else [_rate(found)]),
        MoneyFact("Own part", _own(found, rates)),
        *_first_payment(found, rates),
        *_time(found),
        *(MoneyFact(DOUBTFUL, ", ".join(one.values), one.reference, one.quote) for one in found.doubtful),
    )


def money_page(found: Finance, rates: Rates) -> Iterator[str]:
    """The section on money of a call's page; a page that several lines in a row rest on is named with the first."""
    yield from ("", "Money for one project")
    above = ""
    for fact in money_facts(found, rates):
        is_above = bool(fact.reference) and fact.reference == above
        yield f"  {fact_line(replace(fact, reference='same page') if is_above else fact)}"
        above = fact.reference or above


def fact_line(fact: MoneyFact) -> str:
    """For a reader at a terminal."""
    source = f" [{fact.reference}]" if fact.reference else ""
    quote = f" “{fact.quote.text}”" if fact.quote else ""
    return f"{fact.label}: {fact.text}{source}{quote}"


def percent(value: Decimal) -> str:
    return f"{value:f} %"


def _fact(label: str, text: str, ground: Demand) -> MoneyFact:
    return MoneyFact(label, f"{ground.usual}{text}", ground.reference, ground.quote)


def _grant(label: str, grant: Sum | None, rates: Rates) -> MoneyFact:
    return (
        _fact(label, f"{money_words(grant.money, rates)} a project", grant.ground)
        if grant
        else MoneyFact(label, NOT_KNOWN)
    )


def _lump_sum(found: Finance, ground: Demand, rates: Rates) -> MoneyFact:
    amounts = " or ".join(money_words(amount, rates) for amount in found.amounts)
    kind = "a fixed amount, no rate" if found.is_fixed else "a fixed amount, which may be worked out at a rate"
    return _fact("Lump sum", f"{kind}{f': {amounts}' if amounts else ''}", ground)


def _rate(found: Finance) -> MoneyFact:
    if found.rate is None:
        return MoneyFact("Rate", NOT_KNOWN)
    return _fact("Rate", f"at most {percent(found.rate.value)} of the costs that count", found.rate.ground)


def _own(found: Finance, rates: Rates) -> str:
    if found.is_fixed:
        return "none is asked for; what costs more than the fixed amount, the partners bear"
    if found.rate is None:
        return "not known, since the rate is not"
    if found.rate.value == 100:
        return "none; the costs that count are paid in full"
    parts = [_added(found, grant, name, rates) for name, grant in _sizes(found)]
    if not parts:
        share = percent(100 - found.rate.value)
        return f"at least {share} of the costs, by the partners together; no sum of a grant is known"
    return f"the partners together add at least {' and '.join(parts)}"


def _added(found: Finance, grant: Sum, name: str, rates: Rates) -> str:
    """Whole euros, rounded up: less than the exact sum would be too little; JSON has that."""
    own = found.own(grant)
    least = own.to_integral_value(ROUND_CEILING) if own else None
    words = money_words(Money(amount=least, currency=grant.money.currency), rates) if least else "nothing"
    return f"{words} for the {name} grant"


def _first_payment(found: Finance, rates: Rates) -> Iterator[MoneyFact]:
    if found.pre_financing is None:
        return
    sums = [
        f"{money_words(Money(amount=first, currency=grant.money.currency), rates)} of the {name} grant"
        for name, grant in _sizes(found)
        if (first := found.advance(grant))
    ]
    share = percent(found.pre_financing.value)
    named = f": {' and '.join(sums)}" if sums else ""
    text = f"{share} of the grant{named}; the partners wait for the rest"
    yield _fact("Paid first", text, found.pre_financing.ground)


def _time(found: Finance) -> Iterator[MoneyFact]:
    if found.months:
        yield _fact("Longest project", f"{found.months.value:f} months", found.months.ground)


def _sizes(found: Finance) -> list[tuple[str, Sum]]:
    sizes = [("smallest", found.smallest), ("largest", found.largest)]
    return [(name, grant) for name, grant in sizes if grant is not None]
