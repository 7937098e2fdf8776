"""A bare amount with the currency and the multiple that its header names, "Keret (Mrd Ft)". Pure; counts nothing."""

from __future__ import annotations

import re
from functools import cache

from crawler.normalise.money_words import Token, tokens

BARE = re.compile(r"[\d\s.,'’]*")
BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
ROUND = {"1000": "k", "1000000": "mln"}
"""Numbers in a header that count what stands below it, as words for multiples that every language has."""
LEAST_LETTERS = 3
"""Shorter multiples ("k", "m", "e") stand for one only in brackets or beside a currency: they are words as well."""


def amount_of(text: str, header: str, unit: str, language: str) -> str:
    """The amount as its header means it; `unit`, of the mapping, is put in place of what the header says."""
    if not (BARE.fullmatch(text) and any(map(str.isdecimal, text))):
        return text
    return " ".join(filter(None, (text, unit or unit_of(header, language))))


@cache
def unit_of(header: str, language: str) -> str:
    """Multiple and currency named by a header, as they stand there; empty for none, and for several of one kind."""
    found = [token for part in BRACKETS.findall(header) for token in _money(part, language)]
    found = found or _certain(_money(header, language))
    multiples = [token.text for token in found if not token.currency]
    currencies = {token.currency: token.text for token in found if token.currency}
    return " ".join((*multiples, *currencies.values())) if len(multiples) < 2 and len(currencies) < 2 else ""


def _money(text: str, language: str) -> list[Token]:
    """The pieces of a text that are about money; of numbers only those that can but be a multiple ("1000 EUR")."""
    found = (_in_words(token) for token in tokens(text, language))
    return [token for token in found if token.currency or token.times or token.is_doubtful]


def _in_words(token: Token) -> Token:
    word = ROUND.get(re.sub(r"\D", "", token.text)) if token.kind == "numeral" else None
    return token._replace(text=word, is_doubtful=True) if word else token


def _certain(found: list[Token]) -> list[Token]:
    edges = {edge for token in found if token.currency for edge in (token.start, token.end)}
    return [
        token
        for token in found
        if token.currency
        or len(token.text.rstrip(".")) >= LEAST_LETTERS
        or any(abs(edge - own) <= 1 for edge in edges for own in (token.start, token.end))
    ]
