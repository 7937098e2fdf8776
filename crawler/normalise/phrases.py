"""Lists of phrases in foreign texts: finds the phrases it was given, longest first, whatever their case and accents.

Knows no language and no meaning: a phrase stands for whatever set of words its owner gave it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_]+(?:\+(?![^\W_]))?|[,/&+()]")
"""A word (ESF+ is one) or a sign that parts words. All else, dots and dashes above all, is passed over."""
SIGNS = frozenset(",/&+")
UNACCENTED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ħ": "h"})
"""Letters that Unicode does not take apart into a letter and an accent."""
ABBREVIATION = 8
"""Letters of the longest abbreviation that may stand in brackets behind what it abbreviates."""
STEM = 3
"""Letters by which a phrase is looked up; one that begins with `word*` needs as many before the star."""


class Token(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    word: str
    start: int
    end: int


class Item(NamedTuple):
    """One thing a list names, verbatim, and what it means; None where it was not understood."""

    text: str
    means: frozenset[str] | None


class Phrase(NamedTuple):
    words: tuple[str, ...]
    means: frozenset[str]


def fold(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().translate(UNACCENTED)


def tokens(text: str) -> list[Token]:
    """The words and parting signs of a text whose accents are composed (NFC)."""
    return [Token(fold(match[0]), *match.span()) for match in TOKEN.finditer(text)]


class Phrases:
    """Phrases and what they mean. A word that ends in * stands for all its endings."""

    def __init__(
        self, phrases: Iterable[tuple[str, frozenset[str]]], joins: Iterable[str] = (), before: Iterable[str] = ()
    ) -> None:
        self._by_stem: dict[str, list[Phrase]] = defaultdict(list)
        for text, means in phrases:
            words = _pattern(text)
            self._by_stem[words[0][:STEM].rstrip("*")].append(Phrase(words, means))
        for alike in self._by_stem.values():
            alike.sort(key=lambda phrase: (-len(phrase.words), phrase.words))
        self._joins = SIGNS | frozenset(map(fold, joins))
        self._before = frozenset(map(fold, before))

    def at(self, words: Sequence[Token], place: int) -> Iterable[tuple[int, frozenset[str]]]:
        """Where each phrase that begins at this place ends, and what it means; the longest first."""
        for phrase in self._by_stem.get(words[place].word[:STEM], ()):
            end = place + len(phrase.words)
            if end <= len(words) and all(map(_fits, phrase.words, words[place:end])):
                yield end, phrase.means

    def parts(self, token: Token) -> bool:
        """Whether a phrase may end before this word: a sign, and, or."""
        return token.word in self._joins

    def leads(self, token: Token) -> bool:
        """Whether this word may stand before a phrase and says nothing there."""
        return token.word in self._joins or token.word in self._before


Skip = Callable[[Sequence[Token], int, int, frozenset[str]], int]
"""(words, begin and end of a phrase, its meaning) -> where what merely explains the phrase ends."""


def read_list(text: str, phrases: Phrases, skip: Skip = lambda words, begin, end, means: end) -> list[Item]:
    """What a list names, in its order. Between two commas all must be understood, or none of it is."""
    words = tokens(text)
    found: list[Item] = []
    segment: list[Item] = []
    begin = place = 0
    while place < len(words):
        if words[place].word == ",":
            found += segment
            segment, begin, place = [], place + 1, place + 1
        elif hit := _understood(words, place, phrases, skip):
            end, named, means = hit
            segment.append(Item(text[words[place].start : words[named - 1].end], means))
            place = end
        elif phrases.leads(words[place]):
            place += 1
        else:
            place = _comma(words, place)
            end = words[place].start if place < len(words) else len(text)
            segment = [Item(text[words[begin].start : end].rstrip(" ."), None)]
    return found + segment


def abbreviates(short: Sequence[Token], phrase: Sequence[Token]) -> bool:
    """Whether it is one word whose letters follow one another in the phrase, from its first: UAT, unități
    administrativ-teritoriale."""
    if len(short) != 1 or not 2 <= len(short[0].word) <= ABBREVIATION:
        return False
    letters = "".join(token.word for token in phrase)
    rest = iter(letters)
    return short[0].word[0] == letters[0] and all(letter in rest for letter in short[0].word)


def _understood(
    words: Sequence[Token], place: int, phrases: Phrases, skip: Skip
) -> tuple[int, int, frozenset[str]] | None:
    """The longest phrase here that stands alone: where it ends with its explanation, where without, what it means."""
    for named, means in phrases.at(words, place):
        end = skip(words, place, named, means)
        if end == len(words) or phrases.parts(words[end]):
            return end, named, means
    return None


def _comma(words: Sequence[Token], place: int) -> int:
    """The next comma outside brackets, or the end."""
    depth = 0
    for at in range(place, len(words)):
        depth += {"(": 1, ")": -1}.get(words[at].word, 0)
        if words[at].word == "," and depth <= 0:
            return at
    return len(words)


def _pattern(text: str) -> tuple[str, ...]:
    """The words of a phrase, stars kept."""
    return tuple(fold(word) for word in re.findall(rf"(?:{TOKEN.pattern})\*?", unicodedata.normalize("NFC", text)))


def _fits(pattern: str, token: Token) -> bool:
    return token.word.startswith(pattern[:-1]) if pattern.endswith("*") else token.word == pattern
