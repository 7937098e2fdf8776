"""Finds in running text what a call can spend, what one project can receive, and what share of its costs is paid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, TypeVar

from crawler.normalise.issues import Issues
from crawler.normalise.money import JOINERS, Amount, find_amounts, plain
from crawler.normalise.numerals import Unclear, parse_numeral
from crawler.normalise.prose_words import cuts, says
from matcher.model import Money

PERCENT = re.compile(
    r"(?<![\d.,–-])(\d{1,3})(?:[.,](\d{1,2}))?\s?(?:%|(?:per\s?cent[ou]?|pour\s?cent|por\s?ciento|prozent|procent)\b)",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"\b(?:between|from|zwischen|von|entre|de|tra|da|tussen|van|od|między|mellan|mellem)\b", re.IGNORECASE
)
BEGINNING = re.compile(
    rf"{BETWEEN.pattern}\s+(?P<numeral>\d[\d., \u00a0\u202f]*\d)\s+(?P<joiner>\w+)\s+$", re.IGNORECASE
)
Value = TypeVar("Value", Money, Decimal)


class Funds(NamedTuple):
    """Values and, per field, the sentence each was read in."""

    values: dict[str, Money | Decimal]
    evidence: dict[str, str]


class _Said(NamedTuple):
    field: str
    value: Money | Decimal
    sentence: str


def find_funds(sentences: list[str], language: str, issues: Issues) -> Funds:
    """The fields budget, maximum, minimum and rate_percent, as far as the text states each with one value."""
    said = [
        each for sentence in sentences for each in (*_amounts(sentence, language, issues), *_rate(sentence, language))
    ]
    values: dict[str, Money | Decimal] = {}
    evidence: dict[str, str] = {}
    for field in ("budget", "maximum", "minimum", "rate_percent"):
        candidates = {each.value: each.sentence for each in reversed(said) if each.field == field}
        if len(candidates) > 1:
            listed = " | ".join(dict.fromkeys(_shown(each.value) for each in said if each.field == field))
            issues.add(field, "the text names several, and not which of them counts", listed)
        for value, sentence in candidates.items() if len(candidates) == 1 else ():
            values[field], evidence[field] = value, sentence
    return Funds(values, evidence)


def _amounts(sentence: str, language: str, issues: Issues) -> Iterator[_Said]:
    if not re.search(r"\d", sentence) or not (says("total", sentence, language) or says("each", sentence, language)):
        return
    if says("not_money", sentence, language) or says("elsewhere", sentence, language):
        return
    try:
        amounts = _with_ranges(sentence, find_amounts(sentence, language))
    except Unclear as doubt:
        issues.add("budget", f"the text names an amount that is not clear ({doubt})", sentence)
        return
    is_each, at = False, 0
    pieces = cuts(sentence, [(amount.start, amount.end) for amount in amounts]) if amounts else []
    for piece, amount in zip(pieces, amounts, strict=True):
        is_each = bool(says("each", piece, language)) or (is_each and not says("total", piece, language))
        ahead = piece[: amount.start - at]
        at += len(piece)
        yield from (_Said(field, value, sentence) for field, value in _meant(piece, ahead, amount, is_each, language))


def _with_ranges(sentence: str, amounts: list[Amount]) -> list[Amount]:
    """The amounts, with "between EUR 30 000 and EUR 100 000" as one range."""
    joined: list[Amount] = []
    for amount in amounts:
        first = joined[-1] if joined else None
        amount = _with_beginning(sentence, amount, first.end if first else 0)
        if first and _makes_range(sentence, first, amount):
            joined[-1] = Amount(first.low, amount.high, first.start, amount.end)
        else:
            joined.append(amount)
    return joined


def _with_beginning(sentence: str, amount: Amount, start: int) -> Amount:
    """The amount as a range, if the number in front of it is the other end: "zwischen 40.000 und 100.000 Euro"."""
    ahead = BEGINNING.search(sentence, start, amount.start)
    if not ahead or amount.low != amount.high or ahead["joiner"].casefold() not in JOINERS:
        return amount
    low = Money(amount=plain(parse_numeral(ahead["numeral"])), currency=amount.low.currency)
    return (
        Amount(low, amount.high, ahead.start("numeral"), amount.end)
        if 1000 <= low.amount < amount.high.amount
        else amount
    )


def _makes_range(sentence: str, one: Amount, other: Amount) -> bool:
    ahead, between = sentence[: one.start].rstrip(), sentence[one.end : other.start].strip().casefold()
    last = list(BETWEEN.finditer(ahead))
    is_single = one.low == one.high and other.low == other.high
    rises = one.low.currency == other.low.currency and one.low.amount < other.low.amount
    return is_single and rises and between in JOINERS and bool(last) and last[-1].end() == len(ahead)


def _meant(piece: str, ahead: str, amount: Amount, is_each: bool, language: str) -> list[tuple[str, Money]]:
    """What an amount is, by the words of its piece of the sentence."""
    is_most, is_least = says("most", ahead, language), says("least", ahead, language)
    if amount.low != amount.high:
        return [("minimum", amount.low), ("maximum", amount.high)] if is_each and BETWEEN.search(ahead) else []
    if is_each and is_most and not is_least:
        return [("maximum", amount.high)]
    if is_each and is_least and not is_most:
        return [("minimum", amount.low)]
    if is_each or is_most or is_least or not says("total", piece, language):
        return []
    return [("budget", amount.low)]


def _rate(sentence: str, language: str) -> Iterator[_Said]:
    found = PERCENT.findall(sentence)
    if len(found) != 1 or not says("rate", sentence, language) or says("not_rate", sentence, language):
        return
    if says("elsewhere", sentence, language):
        return
    rate = Decimal(f"{found[0][0]}.{found[0][1] or 0}").normalize()
    if 0 < rate <= 100:
        yield _Said("rate_percent", Decimal(f"{rate:f}"), sentence)


def _shown(value: Money | Decimal) -> str:
    return f"{value.currency} {value.amount:,}" if isinstance(value, Money) else f"{value} %"
