"""Words for bodies in an English sentence -> kinds of applicant. What limits a kind ("responsible for") is told apart."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crawler.criteria.vocabulary import facts, patterns
from crawler.normalise.applicant_vocabulary import ANY_FORM, ANYONE, words_file
from crawler.normalise.phrases import Item, Phrases, abbreviates, read_list, Token
from matcher.model import OTHER, ApplicantKind

_P = patterns("who")
_LEADING = re.compile(
    r"^(?:[\s:,;]|(?:an?|the|one|one of|any of|either|both|all|following|of the following|the following|categories|types of"
    r"|entities|organisations|each|at least|relevant|eligible|two|three|as a minimum|must be|be|(?:\d|one|two|three) \(\d\))(?=[\s:,;]))+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s.;,:]|\b(?:and|or|and/or))+$", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]*\)")
LEGAL = tuple(
    kind for kind in ApplicantKind if kind not in (ApplicantKind.NATURAL_PERSON, ApplicantKind.INFORMAL_GROUP)
)
"""Who is meant by "public or private bodies": everybody who is a legal person."""


class Kinds(NamedTuple):
    """The kinds of a phrase, in the model's order; `unknown` what else it names; `limited`: only some such bodies."""

    values: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    limited: bool = False


def kinds_in(phrase: str) -> Kinds:
    """What a phrase names: "a public authority or an NGO active in the field"."""
    words = _TRAILING.sub("", _LEADING.sub("", _BRACKET.sub(" ", phrase)))
    limit = _P["limits"].search(words)
    while limit:
        head = read_list(words[: limit.start()], _phrases())
        if head and all(item.means for item in head):
            harmless = bool(_P["harmless_limit"].match(words[limit.start() :]))
            return _kinds(head)._replace(limited=not harmless)
        limit = _P["limits"].search(words, limit.end())
    return _kinds(read_list(words, _phrases()))


def together(parts: tuple[Kinds, ...]) -> Kinds:
    """What several phrases of one list name."""
    values = {value for part in parts for value in part.values}
    unknown = tuple(word for part in parts for word in part.unknown)
    return Kinds(_ordered(values), unknown, any(part.limited for part in parts))


def _kinds(items: list[Item]) -> Kinds:
    means = frozenset().union(*(item.means or frozenset() for item in items))
    unknown = tuple(item.text for item in items if item.means is None or ANY_FORM in item.means or ANYONE in item.means)
    return Kinds(_ordered(means), unknown)


def _ordered(means: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(str(kind) for kind in (*ApplicantKind, OTHER) if kind in means)


@cache
def _phrases() -> Phrases:
    english = words_file().by_code["en"]
    entries = [(word, frozenset(map(str, entry.means))) for entry in english.entries for word in entry.words]
    entries += [(word, frozenset(entry["means"])) for entry in facts("who")["kinds"] for word in entry["words"]]
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
