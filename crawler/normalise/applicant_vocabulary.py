"""The words for applicants in data/reference/applicant_words.yml as phrases, and what may stand behind one unheeded.

Knows the file, but no text of a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import StringConstraints

from crawler.normalise.phrases import Phrases, Token, abbreviates, fold, read_list
from matcher.factfile import build, read
from matcher.model import OTHER, SOME_LOCAL, SOME_PRIVATE, ApplicantKind, Frozen, Text

WORDS = Path(__file__).parents[2] / "data" / "reference" / "applicant_words.yml"
ANYONE = "anyone"
"""Marks words that leave the door open to every legal form."""
ANY_FORM = "any_form"
"""Marks words that are understood and yet may hide a body of any kind, such as providers of social services."""
PARTS = (SOME_LOCAL, SOME_PRIVATE)
"""Mark words for a part of some kinds."""
MARKS = (OTHER, ANY_FORM, ANYONE, *PARTS)


class Entry(Frozen):
    """Phrases and what they mean: kinds of applicant, or one of the marks above."""

    means: tuple[
        ApplicantKind | Literal["other", "any_form", "anyone", "some_local_authorities", "some_private_bodies"], ...
    ]
    words: tuple[Text, ...]
    note: str = ""


class Language(Frozen):
    """The words of one language and where they are in use."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    """ISO 639-1."""
    source: Text
    as_of: date
    joins: tuple[Text, ...]
    """And, or: they part two phrases."""
    before: tuple[str, ...]
    """Articles, other: they may stand before a phrase, never behind one, where they can mean "of the"."""
    limits: tuple[Text, ...]
    """What begins with one of these limits what stands before it: with, except, which."""
    law: tuple[Text, ...]
    """Words that a reference to a law is made of."""
    entries: tuple[Entry, ...]


class WordsFile(Frozen):
    headings: tuple[Text, ...]
    languages: tuple[Language, ...]

    @property
    def by_code(self) -> dict[str, Language]:
        return {language.code: language for language in self.languages}


class Vocabulary(NamedTuple):
    """A language with English, as texts mix the two."""

    phrases: Phrases
    limits: frozenset[str]
    law: frozenset[str]
    headings: frozenset[str]

    def skip(self, words: Sequence[Token], begin: int, end: int, means: frozenset[str]) -> int:
        """Where the brackets and references to laws behind a phrase end, if they add nothing to it."""
        stop = next((at for at in range(end, len(words)) if words[at].word in (",", "(", ")")), len(words))
        if self._is_reference(words[end:stop]):
            end = stop
        if end < len(words) and words[end].word == "(":
            close = next((at for at in range(end, len(words)) if words[at].word == ")"), len(words))
            inside = words[end + 1 : close]
            if close < len(words) and self._explains(inside, words[begin:end], means):
                return close + 1
        return end

    def _explains(self, inside: Sequence[Token], phrase: Sequence[Token], means: frozenset[str]) -> bool:
        if abbreviates(inside, phrase) or self._is_reference(inside):
            return True
        items = read_list(" ".join(token.word for token in inside), self.phrases)
        named = frozenset().union(*(item.means or () for item in items))
        beside = {SOME_LOCAL} if ApplicantKind.LOCAL_AUTHORITY in named & means else set()
        return bool(items) and all(item.means is not None and item.means <= means | beside for item in items)

    def _is_reference(self, words: Sequence[Token]) -> bool:
        numbers = [token for token in words if token.word.isdigit()]
        return bool(numbers) and all(token.word.isdigit() or token.word in {"/", *self.law} for token in words)


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language (ISO 639-1) and of English; of English alone where the file has none of the language."""
    file = words_file()
    spoken = [file.by_code[code] for code in dict.fromkeys((language, "en")) if code in file.by_code]
    own = frozenset(fold(word) for each in spoken[:1] for word in {*each.joins, *each.before} - {*each.limits})
    entries = [
        (phrase, frozenset(map(str, entry.means)))
        for each in spoken
        for entry in each.entries
        for phrase in entry.words
    ]
    return Vocabulary(
        Phrases(
            entries,
            [word for each in spoken for word in each.joins],
            [word for each in spoken for word in each.before],
        ),
        frozenset(fold(word) for each in spoken for word in each.limits) - own,
        frozenset(fold(word) for each in spoken for word in each.law),
        frozenset(map(fold, file.headings)),
    )


@cache
def words_file(path: Path = WORDS) -> WordsFile:
    """The file, checked. Raises BadFactFile naming file and field."""
    return build(WordsFile, read(path), str(path))
