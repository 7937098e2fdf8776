"""The money of one project in plain words, a fact a line with whose word it is; for terminal, screen and JSON alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from matcher.amounts import money_words
from matcher.currency import Rates
from matcher.eligibility.demand import Demand
from matcher.model import Money, Quote, Said, said, said_n, to_say
from matcher.model.said import a_decimal, listed
from matcher.money.own_contribution import Finance, Sum

NOT_KNOWN = said("not known; read the part on money in the call document")
DOUBTFUL = said("Read with doubt")


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
        _grant(said("Smallest grant"), found.smallest, rates),
        _grant(said("Largest grant"), found.largest, rates),
        *([_lump_sum(found, found.lump_sum, rates)] if found.lump_sum else []),
        *([] if found.is_fixed else [_rate(found)]),
        MoneyFact(said("Own part"), _own(found, rates)),
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


def percent(value: Decimal) -> Said:
    return said("%(number)s %%", number=a_decimal(f"{value:f}", value))


def _fact(label: str, text: str, ground: Demand) -> MoneyFact:
    told = said("Usual for %(what)s: %(reason)s", what=ground.usual, reason=text) if ground.usual else text
    return MoneyFact(label, told, ground.reference, ground.quote)


def _grant(label: str, grant: Sum | None, rates: Rates) -> MoneyFact:
    if grant is None:
        return MoneyFact(label, NOT_KNOWN)
    return _fact(label, said("%(amount)s a project", amount=money_words(grant.money, rates)), grant.ground)


def _lump_sum(found: Finance, ground: Demand, rates: Rates) -> MoneyFact:
    kind = said("a fixed amount, no rate") if found.is_fixed else said(PERHAPS_A_RATE)
    if found.amounts:
        amounts = listed([money_words(amount, rates) for amount in found.amounts], "or", " or ")
        kind = said("%(kind)s: %(amounts)s", kind=kind, amounts=amounts)
    return _fact(said("Lump sum"), kind, ground)


PERHAPS_A_RATE = to_say("a fixed amount, which may be worked out at a rate")


def _rate(found: Finance) -> MoneyFact:
    if found.rate is None:
        return MoneyFact(said("Rate"), NOT_KNOWN)
    return _fact(said("Rate"), said(AT_MOST, share=percent(found.rate.value)), found.rate.ground)


AT_MOST = to_say("at most %(share)s of the costs that count")


def _own(found: Finance, rates: Rates) -> Said:
    if found.is_fixed:
        return said("none is asked for; what costs more than the fixed amount, the partners bear")
    if found.rate is None:
        return said("not known, since the rate is not")
    if found.rate.value == 100:
        return said("none; the costs that count are paid in full")
    parts = [_added(found, grant, is_largest, rates) for is_largest, grant in _sizes(found)]
    if not parts:
        return said(NO_SUM, share=percent(100 - found.rate.value))
    return said("the partners together add at least %(amounts)s", amounts=listed(parts))


NO_SUM = to_say("at least %(share)s of the costs, by the partners together; no sum of a grant is known")


def _added(found: Finance, grant: Sum, is_largest: bool, rates: Rates) -> Said:
    """Whole euros, rounded up: less than the exact sum would be too little; JSON has that."""
    own = found.own(grant)
    least = own.to_integral_value(ROUND_CEILING) if own else None
    words = money_words(Money(amount=least, currency=grant.money.currency), rates) if least else said("nothing")
    if is_largest:
        return said("%(amount)s for the largest grant", amount=words)
    return said("%(amount)s for the smallest grant", amount=words)


def _first_payment(found: Finance, rates: Rates) -> Iterator[MoneyFact]:
    if found.pre_financing is None:
        return
    sums = [
        _first(money_words(Money(amount=first, currency=grant.money.currency), rates), is_largest)
        for is_largest, grant in _sizes(found)
        if (first := found.advance(grant))
    ]
    share = percent(found.pre_financing.value)
    if sums:
        text = said(
            "%(share)s of the grant: %(amounts)s; the partners wait for the rest", share=share, amounts=listed(sums)
        )
    else:
        text = said("%(share)s of the grant; the partners wait for the rest", share=share)
    yield _fact(said("Paid first"), text, found.pre_financing.ground)


def _first(amount: Said, is_largest: bool) -> Said:
    if is_largest:
        return said("%(amount)s of the largest grant", amount=amount)
    return said("%(amount)s of the smallest grant", amount=amount)


def _time(found: Finance) -> Iterator[MoneyFact]:
    if found.months:
        months = said_n("%(num)s months", "%(num)s months", int(found.months.value))
        yield _fact(said("Longest project"), months, found.months.ground)


def _sizes(found: Finance) -> list[tuple[bool, Sum]]:
    """Whether it is the largest grant, and the grant; the smallest first."""
    sizes = [(False, found.smallest), (True, found.largest)]
    return [(is_largest, grant) for is_largest, grant in sizes if grant is not None]
