"""A small grammar of amounts of money in free text. Exact, or in doubt and says so: never wrong by powers of ten.

An amount is a number with a currency beside it: EUR 2.5 million, 1 500 000 €, €300k, 30 EUR million, EUR 1-2 million.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from crawler.normalise.numerals import Unclear, parse_numeral
from matcher.model import Money

FORMS = ("EUR 1,500,000", "1.500.000,00 €", "EUR 2.5 million", "€300k", "1500000")
"""What is understood, for messages."""

SIGNS = {"€": "EUR", "£": "GBP", "eur": "EUR", "euro": "EUR", "euros": "EUR"}
CODES = frozenset(
    (
        *("EUR", "GBP", "CHF", "USD", "SEK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "NOK"),
        *("ISK", "TRY", "UAH", "MDL", "RSD", "MKD", "BAM", "GEL", "CAD", "JPY"),
    )
)
MULTIPLIERS = (
    (re.compile(r"k|thousand|tsd|teur|keur"), Decimal(10**3)),
    (re.compile(r"m|mn|mln|mio|meur|mill?i[oóòôõ]n\w*|millones|milh(ão|ões)|milj\w+|milijun\w*"), Decimal(10**6)),
    (re.compile(r"bn|mrd|billion|mill?iard\w*|mil[ij]+ard\w*"), Decimal(10**9)),
)
DOUBTFUL = frozenset(
    (
        *("mil", "mila", "mill", "mille", "t", "tr", "trillion", "bio", "bil", "bill", "billón", "billones"),
        *("billionen", "lakh", "crore", "mm", "md", "ml"),
    )
)
"""Words after a number that mean another multiple in another language."""
JOINERS = frozenset(("-", "–", "—", "to", "and", "or", "bis"))

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
TOKEN = re.compile(
    rf"(?P<numeral>[0-9]+(?:[.,'’][0-9]+|{_SPACE}[0-9]{{3}}(?![0-9]))*)|(?P<word>[^\W\d_]+\.?|[€£])|(?P<other>[^\s])"
)


LONG = 5000
MACHINE = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
FILLERS = re.compile(
    r"\b(?:up|to|about|around|approximately|maximum|max|minimum|min|total|in|of)\b|[\s.,:()]", re.IGNORECASE
)
HALF_SAID = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


class Amount(NamedTuple):
    """An amount (low equals high) or a range, and where it stands in the text."""

    low: Money
    high: Money
    start: int
    end: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def currency(self) -> str | None:
        return SIGNS.get(self.text.lower()) or (self.text if self.text in CODES else None)

    @property
    def times(self) -> Decimal | None:
        word = self.text.rstrip(".").lower()
        return next((factor for words, factor in MULTIPLIERS if words.fullmatch(word)), None)

    @property
    def is_doubtful(self) -> bool:
        return self.text.rstrip(".").lower() in DOUBTFUL


class _Item(NamedTuple):
    """A number with what stands around it; `after` is the index of the next token."""

    numeral: str
    times: Decimal | None
    currency: str | None
    leads: bool
    start: int
    end: int
    after: int


def find_amounts(text: str) -> list[Amount]:
    """All amounts of a text, in order; zero means "not stated" and is left out.

    Raises Unclear for one that could mean several amounts.
    """
    if len(text) > LONG:
        raise Unclear(f"{len(text):,} characters are more than a statement of money")
    tokens = [_Token(m.lastgroup or "", m[0], m.start(), m.end()) for m in TOKEN.finditer(text)]
    amounts, at = [], 0
    while at < len(tokens):
        item = _item(tokens, at)
        if item is None:
            at += 1
            continue
        amount, at = _amount(tokens, item)
        if amount:
            amounts.append(amount)
    return amounts


def parse_money(text: str, currency: str) -> Money | None:
    """The one amount a field states, in `currency` where it names none; None for nothing and for zero.

    Raises Unclear when the text states no amount, or more than one.
    """
    stripped = text.strip()
    if MACHINE.fullmatch(stripped):
        return _money(Decimal(stripped), currency)
    if HALF_SAID.fullmatch(stripped):
        raise Unclear(f"{stripped!r}: thousands or decimals, without a currency beside it")
    named = (
        stripped
        if any(_is_currency(word) for word in re.findall(r"[^\W\d_]+|[€£]", stripped))
        else f"{currency} {stripped}"
    )
    amounts = find_amounts(named)
    if not re.search(r"[1-9]", stripped) and ("0" in stripped or not stripped):
        return None
    if len(amounts) != 1 or amounts[0].low != amounts[0].high:
        raise Unclear(f"{len(amounts)} amounts where one was expected")
    rest = named[: amounts[0].start] + named[amounts[0].end :]
    if FILLERS.sub("", rest):
        raise Unclear(f"more words than one amount: {FILLERS.sub(' ', rest).strip()}")
    return amounts[0].low


def _amount(tokens: list[_Token], item: _Item) -> tuple[Amount | None, int]:
    """The amount or range that begins with an item, and the index of the token behind it."""
    other = _range_end(tokens, item)
    if other is None:
        if item.currency is None:
            return None, item.after
        value = _money(parse_numeral(item.numeral, bool(item.times)) * (item.times or 1), item.currency)
        return (Amount(value, value, item.start, item.end) if value else None), item.after
    times = item.times or _shared_times(item, other)
    currency = item.currency or other.currency or ""
    low = _money(parse_numeral(item.numeral, bool(times)) * (times or 1), currency)
    high = _money(parse_numeral(other.numeral, bool(other.times)) * (other.times or 1), other.currency or currency)
    return (Amount(low, high, item.start, other.end) if low and high else None), other.after


def _range_end(tokens: list[_Token], item: _Item) -> _Item | None:
    """The second number of "EUR 1-2 million" or "1 to 2 million EUR"; None when the item stands alone."""
    if item.after + 1 >= len(tokens) or tokens[item.after].text.lower() not in JOINERS:
        return None
    other = _item(tokens, item.after + 1)
    if other is None or (other.currency is None and (item.currency is None or other.times is None)):
        return None
    if item.currency is None and (other.leads or not (item.times or _shared_times(item, other))):
        return None
    return None if other.leads and item.times == other.times is None else other


def _shared_times(item: _Item, other: _Item) -> Decimal | None:
    """The multiple that the second number of a range lends to the first ("EUR 1-2 million").

    Raises Unclear for a first number that may or may not share it ("EUR 900 to 1 million").
    """
    if other.times is None or other.leads:
        return None
    first, second = parse_numeral(item.numeral, multiplied=True), parse_numeral(other.numeral, multiplied=True)
    if first >= 1000:
        return None
    if first > second:
        raise Unclear(
            f"{item.numeral} and {other.numeral}: it is not clear whether the first is meant in the same multiple"
        )
    return other.times


def _item(tokens: list[_Token], at: int) -> _Item | None:
    """The number at or behind a currency sign at this index, with its multiple and currency."""
    leading = tokens[at].currency
    number = at + 1 if leading else at
    if number >= len(tokens) or tokens[number].kind != "numeral":
        return None
    times, after = _times(tokens, number)
    trailing = tokens[after].currency if after < len(tokens) and not leading else None
    if trailing:
        late, behind = _times(tokens, after)
        times, after = (late, behind) if late else (times, after + 1)
    elif leading and after + 1 < len(tokens) and tokens[after].currency and tokens[after + 1].times:
        raise Unclear(f"{tokens[number].text}: a currency on both sides")
    end = tokens[after - 1].end
    return _Item(tokens[number].text, times, leading or trailing, bool(leading), tokens[at].start, end, after)


def _times(tokens: list[_Token], number: int) -> tuple[Decimal | None, int]:
    """The multiple in the token behind this one, and the index behind that. Raises Unclear for a doubtful word."""
    if number + 1 >= len(tokens):
        return None, number + 1
    word = tokens[number + 1]
    glued = word.start == tokens[number].end and word.kind == "word" and tokens[number].kind == "numeral"
    if word.is_doubtful or (glued and not (word.times or word.currency)):
        raise Unclear(f"{tokens[number].text} {word.text}: the multiple is not clear")
    if word.times is None:
        return None, number + 1
    if number + 2 < len(tokens) and (tokens[number + 2].times or tokens[number + 2].is_doubtful):
        raise Unclear(f"{tokens[number].text} {word.text} {tokens[number + 2].text}: two multiples")
    return word.times, number + 2


def _is_currency(word: str) -> bool:
    return word.lower() in SIGNS or word in CODES


def _money(amount: Decimal, currency: str) -> Money | None:
    """Money in one canonical form (no trailing zeros, no exponent), so that equal amounts look equal."""
    return Money(amount=plain(amount), currency=currency) if amount > 0 else None


def plain(amount: Decimal) -> Decimal:
    """The same number without trailing zeros and without exponent."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
