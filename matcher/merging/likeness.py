"""How sure it is that records without a common code are the same call: by title, deadline, amount, programme. Pure.

Knows neither sources nor groups. Says nothing (confidence 0) rather than something doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from matcher.model import Budget, Call, Deadline

THRESHOLD = 0.9
TITLE, DEADLINE, AMOUNT = 0.90, 0.05, 0.02
"""confidence = likeness of the titles (0..1) x (TITLE + DEADLINE if both state the same last day + AMOUNT if both state
the same amount). With THRESHOLD: without a common deadline the words of both titles must be the same; with one, a title
may say a little more than the other. Tried on real records in tests/merging/test_real_pairs.py."""
LEAST_LIKE = THRESHOLD / (TITLE + DEADLINE + AMOUNT)
"""Titles less alike than this are never enough."""
LEAST_WORDS, LEAST_WORDS_UNDATED = 2, 4
"""Words that a title must have to tell a call apart, with and without a common deadline: "Call for proposals" has none,
"Town twinning" comes back every year."""
SAME_AMOUNT = Decimal("0.01")
"""Amounts in prose are rounded: differences up to this share are none."""

CODE = re.compile(r"\b[A-Z][A-Z0-9+]*(?:-[A-Za-z0-9]+)*-20\d\d(?:-[A-Za-z0-9]+)*\b")
_ELISION = re.compile(r"['’`´]s\b|\b\w{1,2}['’`´]")
_WORD = re.compile(r"\w+")
_COUNTED = re.compile(r"(\d+)(?:st|nd|rd|th)")
_WITHOUT_MEANING = """
an and as at by for from in into of on or the through to via with
call calls proposal proposals launched now open opened opens published publication
amif cerv erasmus erdf esf eu eui interreg urbact
"""
_EMPTY = frozenset(_WITHOUT_MEANING.split())
"""Words that tell no call from another. Names of funds are among them because programmes are compared by themselves."""
_NUMBERS = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "i ii iii iv v vi vii viii ix x",
    )
    for number, word in enumerate(words.split(), 1)
}


@dataclass(frozen=True)
class Name:
    """A title taken apart: what it is about, its numbers, and the official codes that stand in it."""

    words: frozenset[str]
    marks: frozenset[str]
    """Numbers, ordinals, years and single letters: titles in which they differ are of different calls."""
    codes: frozenset[str]

    @classmethod
    def of(cls, title: str) -> Name:
        codes = frozenset(code.casefold() for code in CODE.findall(title))
        words, marks = set(), set()
        for token in _WORD.findall(_plain(_ELISION.sub(" ", CODE.sub(" ", title)).casefold())):
            known = _NUMBERS.get(token, token)
            if len(known) == 1 or not known.isalpha():
                marks.add(_COUNTED.sub(r"\1", known))
            elif known not in _EMPTY:
                words.add(_spelling(known))
        return cls(frozenset(words), frozenset(marks - {"a"}), codes)

    @cached_property
    def key(self) -> str:
        """The words in one order."""
        return " ".join(sorted(self.words))


def _plain(text: str) -> str:
    """Without accents."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _spelling(word: str) -> str:
    """British and American spelling, singular and plural alike: organizations, organisation."""
    word = word.replace("z", "s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class Likeness(NamedTuple):
    confidence: float
    basis: str


NONE = Likeness(0.0, "")


def same_title(one: Name, other: Name) -> float:
    """How alike two titles are, 0..1; 0 as soon as each has a word, or either a number, that the other lacks.

    Ratios over whole titles are too lenient here: the topics of one call often differ in a single word.
    """
    if one.marks != other.marks or (one.codes and other.codes and one.codes.isdisjoint(other.codes)):
        return 0.0
    if not (one.words <= other.words or other.words <= one.words):
        return 0.0
    return fuzz.ratio(one.key, other.key) / 100


def likeness(one: Call, other: Call, own: Name, others: Name) -> Likeness:
    """Confidence that two calls are the same, and on what it rests; `own` and `others` name them."""
    dated, amounts = same_deadline(one, other), same_amount(one.budget, other.budget)
    if dated is False or amounts is False or not same_programme(one, other):
        return NONE
    if dated is None and (_was_over(one, other) or _was_over(other, one)):
        return NONE
    if min(len(own.words), len(others.words)) < (LEAST_WORDS if dated else LEAST_WORDS_UNDATED):
        return NONE
    confidence = round(same_title(own, others) * (TITLE + DEADLINE * bool(dated) + AMOUNT * bool(amounts)), 4)
    if confidence < THRESHOLD:
        return NONE
    named = ("title", "deadline" if dated else "", "amount" if amounts else "")
    return Likeness(confidence, ", ".join(filter(None, named)))


def same_programme(one: Call, other: Call) -> bool:
    """Whether they can be of the same money: the same fund, or programme where that has no fund; silence fits all."""
    if one.programme is None or other.programme is None:
        return one.fund is None or other.fund is None or one.fund is other.fund
    return one.programme == other.programme or (one.fund is not None and one.fund is other.fund)


def same_deadline(one: Call, other: Call) -> bool | None:
    """Whether the last days can be the same day; None where one states none."""
    first, second = last_deadline(one), last_deadline(other)
    if first is None or second is None:
        return None
    return first.day <= second.last_day and second.day <= first.last_day


def _was_over(one: Call, other: Call) -> bool:
    """Whether a call had ended before the other record was first read: that one may then be of its next round."""
    deadline = last_deadline(one)
    return deadline is not None and deadline.last_day < min(other.as_of, other.first_seen or other.as_of)


def last_deadline(call: Call) -> Deadline | None:
    return max(call.deadlines, key=lambda deadline: (deadline.last_day, deadline.day), default=None)


def same_amount(one: Budget | None, other: Budget | None) -> bool | None:
    """None where the amounts cannot be compared: not stated, another currency, the whole call's against a topic's."""
    if one is None or other is None or one.shared != other.shared or one.total.currency != other.total.currency:
        return None
    larger = max(one.total.amount, other.total.amount)
    return abs(one.total.amount - other.total.amount) <= larger * SAME_AMOUNT
