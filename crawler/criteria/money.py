"""What a project can get: rate, least and greatest grant, lump sums, what is paid first. Not sums of a whole call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from crawler.criteria.clauses import Clause
from crawler.criteria.found import Found
from crawler.criteria.vocabulary import facts, patterns
from crawler.normalise.money import LONG, Amount, find_amounts
from crawler.normalise.numerals import Unclear
from matcher.model import CriterionKind as Kind

_P = patterns("money")
TRIGGER: tuple[str, ...] = tuple(facts("money")["trigger"])
_MONEY = re.compile(r"€|\b(?:EUR(?![A-Za-z])|[Ee]uros?\b)|\dEUR\b")
_GLUED = re.compile(r"(EUR|€)(?=\d)|(?<=\d)(?=EUR\b)", re.IGNORECASE)
_CURRENCY = re.compile(r"\((?:in )?(?:EUR|€|euros?)\):?", re.IGNORECASE)
"""A table's currency in brackets before its amounts."""
_PERCENTS = re.compile(r"\d{1,3}(?:[.,]\d{1,2})? ?(?:%|per ?cent)", re.IGNORECASE)
LEAST_RATE = 20
"""Per cent; smaller shares are flat rates and parts of a budget."""
LEAST_GRANT = 1_000
"""Euro; the smallest lump sum of a project is some 8,000, smaller sums are prices and allowances."""


def read(clause: Clause) -> Iterator[Found]:
    """Rate, grant, lump sum and pre-financing."""
    said = clause.said
    if "%" in said or "cent" in said:
        yield from _rate(said)
        yield from _advance(said)
    if "ump" in said:
        yield from _lump_sum(said)
    if _MONEY.search(said):
        yield from _grant(clause)


def amounts(said: str) -> list[Amount]:
    """The amounts in euro of a clause; none where one of them is unclear."""
    try:
        found = find_amounts(_CURRENCY.sub("EUR", _GLUED.sub(r"\1 ", said[:LONG])), "en")
    except Unclear:
        return []
    return [amount for amount in found if amount.low.currency == "EUR"]


def whole(amount: Decimal) -> str:
    """Whole euro, cents cut off."""
    return str(int(amount))


def _rate(said: str) -> Iterator[Found]:
    percents = sorted({_percent(each) for each in _PERCENTS.findall(said)})
    if not percents or not LEAST_RATE <= percents[0] <= percents[-1] <= 100:
        return
    is_rate = _P["rate_of_costs"].search(said) or _P["rate"].search(said)
    if _P["rate_at"].search(said) or (is_rate and not _P["no_rate"].search(said)):
        yield Found(Kind.FUNDING_RATE, tuple(map(str, percents)))


def _percent(text: str) -> int:
    return int(Decimal(re.split(r"[ %p]", text.strip(), maxsplit=1)[0].replace(",", ".")))


def _advance(said: str) -> Iterator[Found]:
    percents = _PERCENTS.findall(said)
    if _P["advance"].search(said) and len(percents) == 1 and not _P["no_advance"].search(said):
        yield Found(Kind.PRE_FINANCING, (str(_percent(percents[0])),))


def _lump_sum(said: str) -> Iterator[Found]:
    if _P["lump_sum_decided"].search(said):
        yield Found(Kind.LUMP_SUM, ("yes",))
    elif _P["lump_sum"].search(said) and not _P["no_lump_sum"].search(said):
        found = [each for each in amounts(said) if each.low == each.high or " or " in said]
        sums = sorted({int(end.amount) for each in found for end in (each.low, each.high)})
        fixed = sums and (len(sums) > 1 or _P["lump_sum_of"].search(said))
        yield Found(Kind.LUMP_SUM, tuple(map(str, sums)) if fixed else ("yes",))


def _grant(clause: Clause) -> Iterator[Found]:
    said = clause.said
    if "ump" in said and " or " in said:
        return
    if "rize" in said and _P["each_prize"].search(said):
        yield from (each for one in amounts(said)[:1] for each in _sums(None, one.low.amount))
        return
    about = " ".join((*clause.headings[-2:], said))
    if not (_P["about_grant"].search(about) or _P["bare_end"].search(said)) or _P["no_grant"].search(said):
        return
    if clause.row:
        for cell in said.split(" | "):
            if len(found := amounts(cell)) == 1:
                yield from _one(cell, found[0])
        return
    found = amounts(said)
    if len(found) == 1 and found[0].low != found[0].high:
        yield from _sums(found[0].low.amount, found[0].high.amount)
    elif len(found) == 2 and _P["between"].search(said) and found[0].low.amount < found[1].low.amount:
        yield from _sums(found[0].low.amount, found[1].low.amount)
    elif len(found) == 1:
        yield from _one(said, found[0])


def _one(said: str, found: Amount) -> Iterator[Found]:
    """One amount: which end it is, the words before it say; those behind it only where none stand before."""
    before, behind = said[: found.start], said[found.end :]
    for words in (before, behind):
        if _P["least"].search(words):
            yield from _sums(found.low.amount, None)
            return
        if _P["most"].search(words):
            yield from _sums(None, found.low.amount)
            return


def _sums(least: Decimal | None, most: Decimal | None) -> Iterator[Found]:
    if least is not None and least >= LEAST_GRANT:
        yield Found(Kind.GRANT_MIN, (whole(least),))
    if most is not None and most >= LEAST_GRANT:
        yield Found(Kind.GRANT_MAX, (whole(most),))
