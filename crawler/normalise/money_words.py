"""The words of money (money_words.yml): what a piece of text is in a statement of an amount. Knows no grammar.

babel is not asked: these words are needed for every budget of the portal, and CLDR has fewer; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

WORDS = Path(__file__).with_name("money_words.yml")
CODES = frozenset(
    (
        *("EUR", "GBP", "CHF", "USD", "SEK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "NOK"),
        *("ISK", "TRY", "UAH", "MDL", "RSD", "MKD", "BAM", "GEL", "CAD", "JPY"),
    )
)
GLUED = {
    **{"meur": ("m", "eur"), "keur": ("k", "eur"), "teur": ("k", "eur")},
    **{"eft": ("e", "ft"), "mft": ("m", "ft"), "tkr": ("t", "kr"), "mkr": ("m", "kr")},
}
"""One word for a multiple and a currency."""

LINKS = frozenset(("de", "di", "of", "d", "'", "’"))

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
TOKEN = re.compile(
    rf"(?P<numeral>[0-9]+(?:[.,'’][0-9]+|{_SPACE}[0-9]{{3}}(?![0-9]))*)"
    r"|(?P<word>mil\s+mill[oó]n(?:es)?\b|mil\s+m(?=\s?€)|mil\s+milh(?:ões|oes|ão)\b|US\$|\$US|[^\W\d_]+\.?|[€£$])|(?P<other>[^\s])",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A numeral, a word or a sign; for a word the currency or multiple it stands for in the language of the text."""

    kind: str
    text: str
    start: int
    end: int
    currency: str | None = None
    times: Decimal | None = None
    is_doubtful: bool = False
    """It is a multiple or a currency, and which one depends on a language that is not known."""


class Words(NamedTuple):
    """What words mean in one language, folded."""

    multiples: dict[str, Decimal]
    beginnings: tuple[tuple[str, Decimal], ...]
    currencies: dict[str, str]
    doubtful: frozenset[str]


def tokens(text: str, language: str = "") -> list[Token]:
    """The text in pieces. `language` is ISO 639-1; without one, words that only a language decides are doubtful."""
    words = words_of(language)
    found = [token for match in TOKEN.finditer(text) for token in _tokens(match, words)]
    return _without_links(found, language)


def _without_links(found: list[Token], language: str) -> list[Token]:
    """The pieces without "de" and its like between a multiple and its currency ("5 millions d'euros").

    In Romanian it stands behind the numeral too ("60.000 de euro"), elsewhere "1 of EUR 5" means something else.
    """
    kept: list[Token] = []
    for at, token in enumerate(found):
        next_two = found[at + 1 : at + 3] if token.text.lower() != "d" else found[at + 2 : at + 4]
        follows = bool(kept) and (bool(kept[-1].times) or (language == "ro" and kept[-1].kind == "numeral"))
        leads_on = bool(next_two) and bool(next_two[0].currency or (language == "ro" and next_two[0].times))
        ends = len(next_two) < 2 or next_two[1].kind != "numeral"
        if not (token.text.lower() in LINKS and follows and leads_on and ends):
            kept.append(token)
    return kept


@cache
def words_of(language: str) -> Words:
    facts: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    listed = [(word, Decimal(factor)) for factor, words in facts["multiples"].items() for word in words]
    own = facts["by_language"].get(language, {}) if language else facts["without_language"]
    exact = {word: factor for word, factor in listed if not word.endswith("*")}
    exact |= {word: Decimal(factor) for word, factor in own.items()}
    currencies = {word: code for code, words in facts["currencies"].items() for word in words}
    currencies |= facts["currencies_by_language"].get(language, {})
    beginnings = tuple((word[:-1], factor) for word, factor in listed if word.endswith("*"))
    doubtful = frozenset((*facts["doubtful"], *facts["doubtful_currencies"])) - exact.keys() - currencies.keys()
    return Words(exact, beginnings, currencies, doubtful)


def _tokens(match: re.Match[str], words: Words) -> Iterator[Token]:
    kind, text = match.lastgroup or "", match[0]
    if kind != "word":
        yield Token(kind, text, match.start(), match.end())
        return
    parts = GLUED.get(text.rstrip(".").lower())
    if parts:
        middle = match.start() + 1
        yield _word(parts[0], match.start(), middle, words)
        yield _word(parts[1], middle, match.end(), words)
    else:
        yield _word(text, match.start(), match.end(), words)


def _word(text: str, start: int, end: int, words: Words) -> Token:
    folded = " ".join(text.rstrip(".").lower().split())
    currency = words.currencies.get(folded) or (text.rstrip(".") if text.rstrip(".") in CODES else None)
    times = words.multiples.get(folded)
    is_doubtful = folded in words.doubtful
    if times is None and not is_doubtful:
        times = next((factor for beginning, factor in words.beginnings if folded.startswith(beginning)), None)
    if folded.startswith("mil m"):
        times = Decimal(10**9)
    return Token("word", text, start, end, currency, times, is_doubtful)
