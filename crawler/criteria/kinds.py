"""Words for bodies in English -> kinds of applicant. What limits a kind ("responsible for") is told apart."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crawler.criteria.vocabulary import facts, patterns
from crawler.normalise.applicant_vocabulary import ANY_FORM, ANYONE, PARTS, words_file
from crawler.normalise.phrases import Item, Phrases, fold, read_list
from matcher.model import OTHER, SOME_LOCAL, ApplicantKind

_P = patterns("who")
_LEADING = re.compile(
    r"^(?:[\s:,;]|(?:an?|the|one|one of|any of|of the|either|both|all|each|at least|as a minimum|two|three|four|five"
    r"|six|seven|eight|nine|ten"
    r"|\d{1,2}|following|of the following|the following|categories|types of|entities|organisations|must be|be"
    r"|different|distinct|separate|independent|relevant|eligible|representatives? of|classified as)(?=[\s:,;]))+",
    re.IGNORECASE,
)
"""Words before the first name that name nobody."""
_OR_GROUPS = re.compile(
    r",?(?: and| or| and/or) (?:an? )?(?:networks?|group(?:ing)?s?|associations?|federations?|consorti(?:um|a)|unions?)"
    r" of (?:such|these|those|them|the above)[a-z -]{0,40}$",
    re.IGNORECASE,
)
"""Bodies of the bodies that were named before."""
_TRAILING = re.compile(r"(?:[\s.;,:]|\b(?:and|or|and/or))+$", re.IGNORECASE)
_PLURAL = re.compile(r"\b([a-z]{3,})\(s\)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"([a-z])(?: \d{2,3}|\d{1,3})(?=[,;.]|$| (?:established|located|based|and|or)\b)")
"""The number of a footnote that was left behind its word."""
_BRACKET = re.compile(r"\([^()]*\)")
_ENDINGS = tuple(
    (re.compile(rf"\b{entry['ends']}$", re.IGNORECASE), frozenset(entry["means"])) for entry in facts("who")["endings"]
)


LONG_NAME = 6
"""Words of the longest name; more are a sentence."""


class Kinds(NamedTuple):
    """The kinds of a phrase, in the model's order; `unknown` what else it names; `limited`: only some such bodies;
    `narrow`: only those of one competence, which most bodies of the kind have not."""

    values: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    limited: bool = False
    narrow: bool = False


def kinds_in(phrase: str) -> Kinds:
    """What a phrase names: "a public authority or an NGO active in the field"."""
    words = _OR_GROUPS.sub("", _TRAILING.sub("", _BRACKET.sub(" ", _PLURAL.sub(r"\1", phrase.replace(";", ",")))))
    words = _TRAILING.sub("", _LEADING.sub("", _FOOTNOTE.sub(r"\1", words)))
    for limit in reversed([*_P["limits"].finditer(words)]):
        head = _read(words[: limit.start()])
        if head and all(item.means for item in head):
            harmless = bool(_P["harmless_limit"].match(words[limit.start() :]))
            narrow = bool(_P["competence"].search(words[limit.start() :]))
            return _kinds(head)._replace(limited=not harmless, narrow=narrow)
    return _kinds(_read(words))


def _read(words: str) -> list[Item]:
    """The items of a list; a name that is not listed counts by its last word."""
    words = _TRAILING.sub("", words)
    items = read_list(words, _phrases())
    return [_by_ending(words if len(items) == 1 else item.text) if item.means is None else item for item in items]


def _by_ending(words: str) -> Item:
    if not 2 <= len(words.split()) <= LONG_NAME:
        return Item(words, None)
    return Item(words, next((means for ends, means in _ENDINGS if ends.search(words.strip())), None))


def together(parts: tuple[Kinds, ...]) -> Kinds:
    """What several phrases of one list name."""
    values = {value for part in parts for value in part.values}
    unknown = tuple(word for part in parts for word in part.unknown)
    return Kinds(_ordered(values), unknown, any(part.limited for part in parts), any(part.narrow for part in parts))


def _kinds(items: list[Item]) -> Kinds:
    means = frozenset().union(*(item.means or frozenset() for item in items))
    unknown = tuple(item.text for item in items if item.means is None or ANY_FORM in item.means or ANYONE in item.means)
    return Kinds(_ordered(means), unknown)


def _ordered(means: frozenset[str] | set[str]) -> tuple[str, ...]:
    if ApplicantKind.LOCAL_AUTHORITY in means:
        means = means - {SOME_LOCAL}
    return tuple(str(kind) for kind in (*ApplicantKind, *PARTS, OTHER) if kind in means)


@cache
def _phrases() -> Phrases:
    english = words_file().by_code["en"]
    means = {fold(word): (word, entry.means) for entry in english.entries for word in entry.words}
    means |= {fold(word): (word, tuple(entry["means"])) for entry in facts("who")["kinds"] for word in entry["words"]}
    entries = [(word, frozenset(map(str, kinds))) for word, kinds in means.values()]
    before = (
        *english.before,
        "single",
        "private",
        "relevant",
        "established",
        "one",
        "either",
        "at",
        "least",
        "both",
        "eligible",
    )
    return Phrases(entries, english.joins, before)
