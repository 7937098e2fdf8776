"""A small grammar of amounts of money in free text. Exact, or in doubt and says so: never wrong by powers of ten.

An amount is a number with a currency beside it: EUR 2.5 million, 1 500 000 €, €300k, 30 EUR million, EUR 1-2 million.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from crawler.normalise.money_words import Token, tokens
from crawler.normalise.numerals import Unclear, parse_numeral
from matcher.model import Money

FORMS = ("EUR 1,500,000", "1.500.000,00 €", "EUR 2.5 million", "€300k", "1500000")
"""What is understood, for messages."""

DASHES = frozenset(("-", "–", "—", "to", "bis"))
JOINERS = DASHES | frozenset(
    (
        *(
            "and",
            "or",
            "et",
            "à",
            "ou",
            "und",
            "oder",
            "y",
            "a",
            "o",
            "e",
            "ed",
            "al",
            "en",
            "of",
            "tot",
            "até",
            "i",
            "do",
            "až",
        ),
        *(
            "és",
            "și",
            "la",
            "и",
            "до",
            "και",
            "έως",
            "ir",
            "iki",
            "un",
            "līdz",
            "ja",
            "kuni",
            "och",
            "till",
            "og",
            "til",
            "in",
        ),
    )
)
"""Words that may stand between the two ends of a range."""
LONG = 5000
MOST_DIGITS = 16
"""Of a sum of money before its decimals; the EU's budget of seven years has thirteen."""
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


class _Item(NamedTuple):
    """A number with what stands around it; `after` is the index of the next token."""

    numeral: str
    times: Decimal | None
    currency: str | None
    leads: bool
    start: int
    end: int
    after: int


def find_amounts(text: str, language: str = "") -> list[Amount]:
    """All amounts of a text, in order; zero means "not stated" and is left out. `language` (ISO 639-1) decides words
    such as "mil" or "kr".

    Raises Unclear for one that could mean several amounts.
    """
    if len(text) > LONG:
        raise Unclear(f"{len(text):,} characters are more than a statement of money")
    found = tokens(text, language)
    amounts, at = [], 0
    while at < len(found):
        item = _item(found, at)
        if item is None:
            at += 1
            continue
        amount, at = _amount(found, item)
        if amount:
            amounts.append(amount)
    return amounts


def parse_money(text: str, currency: str, language: str = "") -> Money | None:
    """The one amount a field states, in `currency` where it names none; None for nothing and for zero.

    Raises Unclear when the text states no amount, or more than one.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if MACHINE.fullmatch(stripped):
        return _money(Decimal(stripped), currency)
    if HALF_SAID.fullmatch(stripped):
        raise Unclear(f"{stripped!r}: thousands or decimals, without a currency beside it")
    named = (
        stripped
        if any(token.currency or token.is_doubtful for token in tokens(stripped, language))
        else f"{currency} {stripped}"
    )
    amounts = find_amounts(named, language)
    if not re.search(r"[1-9]", stripped) and ("0" in stripped or not stripped):
        return None
    if len(amounts) != 1 or amounts[0].low != amounts[0].high:
        raise Unclear(f"{len(amounts)} amounts where one was expected")
    rest = named[: amounts[0].start] + named[amounts[0].end :]
    if FILLERS.sub("", rest):
        raise Unclear(f"more words than one amount: {FILLERS.sub(' ', rest).strip()}")
    return amounts[0].low


def _amount(pieces: list[Token], item: _Item) -> tuple[Amount | None, int]:
    """The amount or range that begins with an item, and the index of the token behind it."""
    other = _range_end(pieces, item)
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


def _range_end(pieces: list[Token], item: _Item) -> _Item | None:
    """The second number of "EUR 1-2 million" or "1 to 2 million EUR"; None when the item stands alone."""
    if item.after + 1 >= len(pieces) or pieces[item.after].text.lower() not in JOINERS:
        return None
    other = _item(pieces, item.after + 1)
    if other and _is_plain_range(item, other, pieces[item.after].text.lower()):
        return other
    if other is None or (other.currency is None and (item.currency is None or other.times is None)):
        return None
    if item.currency is None and (other.leads or not (item.times or _shared_times(item, other))):
        return None
    return None if other.leads and item.times == other.times is None else other


def _is_plain_range(item: _Item, other: _Item, joiner: str) -> bool:
    """ "EUR 50 000 – 100 000": one currency for both ends, written once; "EUR 50 000 to 3 partners" is none."""
    plain_numbers = item.times is None and other.times is None and other.currency is None
    return (
        joiner in DASHES and item.leads and plain_numbers and parse_numeral(other.numeral) > parse_numeral(item.numeral)
    )


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


def _item(pieces: list[Token], at: int) -> _Item | None:
    """The number at or behind a currency sign at this index, with its multiple and currency."""
    leading = pieces[at].currency
    number = at + 1 if leading else at
    if number >= len(pieces) or pieces[number].kind != "numeral":
        return None
    times, after = _times(pieces, number)
    ahead, start = _times_ahead(pieces, at) if leading else (None, at)
    if ahead and times:
        raise Unclear(f"{pieces[number].text}: a multiple on both sides")
    trailing = pieces[after].currency if after < len(pieces) and not leading else None
    if trailing:
        late, behind = _times(pieces, after)
        times, after = (late, behind) if late else (times, after + 1)
    elif leading and after + 1 < len(pieces) and pieces[after].currency and pieces[after + 1].times:
        raise Unclear(f"{pieces[number].text}: a currency on both sides")
    end = pieces[after - 1].end
    currency = leading or trailing
    return _Item(pieces[number].text, times or ahead, currency, bool(leading), pieces[start].start, end, after)


def _times_ahead(pieces: list[Token], at: int) -> tuple[Decimal | None, int]:
    """The multiple in front of a leading currency, as in "M€ 5", and the index it stands at.

    Raises Unclear for one that stands apart ("in thousand EUR 300") and belongs to no number before it.
    """
    if at == 0 or not (pieces[at - 1].times or pieces[at - 1].is_doubtful):
        return None, at
    before = pieces[at - 1]
    if before.end == pieces[at].start and before.times:
        return before.times, at - 1
    if at > 1 and (pieces[at - 2].kind == "numeral" or pieces[at - 2].currency):
        return None, at
    raise Unclear(f"{before.text} {pieces[at].text} {pieces[at + 1].text}: the multiple is not clear")


def _times(pieces: list[Token], number: int) -> tuple[Decimal | None, int]:
    """The multiple in the token behind this one, and the index behind that. Raises Unclear for a doubtful word."""
    if number + 1 >= len(pieces):
        return None, number + 1
    word = pieces[number + 1]
    glued = word.start == pieces[number].end and word.kind == "word" and pieces[number].kind == "numeral"
    if word.is_doubtful or (glued and not (word.times or word.currency)):
        raise Unclear(f"{pieces[number].text} {word.text}: the multiple is not clear")
    if word.times is None:
        return None, number + 1
    if number + 2 < len(pieces) and (pieces[number + 2].times or pieces[number + 2].is_doubtful):
        raise Unclear(f"{pieces[number].text} {word.text} {pieces[number + 2].text}: two multiples")
    return word.times, number + 2


def _money(amount: Decimal, currency: str) -> Money | None:
    """Money in one canonical form (no trailing zeros, no exponent), so that equal amounts look equal."""
    return Money(amount=plain(amount), currency=currency) if amount > 0 else None


def plain(amount: Decimal) -> Decimal:
    """The same number without trailing zeros and without exponent.

    Raises Unclear for one with more digits than any sum of money has.
    """
    if amount.adjusted() >= MOST_DIGITS:
        raise Unclear(f"a number of {amount.adjusted() + 1} digits is no sum of money")
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
