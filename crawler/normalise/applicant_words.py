"""Who may apply, in the words of the publishing country -> kinds of applicant, by data/reference/applicant_words.yml.

A list of kinds shuts out everybody else. So a phrase that is not understood is kept beside the kinds, where it may
hide anybody; and where words limit others ("with fewer than 2,000 inhabitants"), nothing of that text is understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from crawler.normalise.applicant_vocabulary import ANY_FORM, ANYONE, MARKS, PARTS, Vocabulary, vocabulary
from crawler.normalise.issues import Issues
from crawler.normalise.phrases import Item, fold, read_list, tokens
from crawler.normalise.text import clean_line
from matcher.model import OTHER, SOME_LOCAL, ApplicantKind

LONG = 2000
"""Characters from which on a text is a treatise and no list."""
MANY = 300
"""Items of all texts together from which on they are no list of applicants either."""
PROSE = 14
"""Words from which on what is not understood is a sentence, on which the rest of its text may hang."""
LOCAL = ApplicantKind.LOCAL_AUTHORITY
SHOWN = 120
"""Characters of a phrase that a criterion holds."""

LINES = re.compile(
    r"[;|\r\n\u2022\u00b7\u25aa\u25cf\u2023\u25e6\u25ba\u25b8\u2713\u2714\u25a0]+|(?<=\s)\(?(?:\d{1,2}|[a-z])\)\s",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^\s*(?:[-–—*>]\s*|\(?(?:\d{1,2}|[a-z])\)\s*|\d{1,2}\.\s+)+", re.IGNORECASE)
BRACKET = re.compile(r"\([^()]*\)")

PROBLEM = "unknown words for applicants; sort them in data/reference/applicant_words.yml"


class ApplicantWords(NamedTuple):
    """What the texts name. Phrases stand as the source writes them, each once, in the order of the alphabet."""

    kinds: tuple[ApplicantKind, ...] = ()
    others: tuple[str, ...] = ()
    """Bodies that are none of our kinds."""
    open: tuple[str, ...] = ()
    """Understood, but not limited to a kind."""
    unknown: tuple[str, ...] = ()
    anyone: bool = False
    parts: tuple[str, ...] = ()
    """Marks for a part of some kinds, as associations of municipalities are."""


def understand_applicant_words(texts: Iterable[str], language: str, issues: Issues) -> ApplicantWords:
    """The kinds, other bodies and unknown phrases that the texts name; each unknown phrase is an issue.

    `language` is the ISO 639-1 code the texts are in. Texts that are no list but a treatise give nothing but one issue.
    """
    texts = [text for text in texts if text.strip()]
    treatise = max(texts, key=len, default="")
    if len(treatise) <= LONG and len(texts) <= MANY:
        items = [item for text in texts for item in _items(text, language)]
        if len(items) <= MANY:
            return _sorted(items, issues)
    problem = (
        f"{len(treatise):,} characters in {len(texts):,} texts are no list of applicants; nothing was read from them"
    )
    issues.add("applicants", problem, treatise)
    return ApplicantWords()


def criterion_values(words: ApplicantWords) -> tuple[str, ...]:
    """The values of a criterion on applicants: kinds, parts of kinds, "other", and phrases that may hide anybody.

    Empty where nothing is said or nobody is shut out, for which the caller makes no criterion.
    """
    if words.anyone:
        return ()
    other = (OTHER,) if words.others else ()
    return (*words.kinds, *words.parts, *other, *map(_spoken, (*words.open, *words.unknown)))


def _sorted(items: Sequence[Item], issues: Issues) -> ApplicantWords:
    means = frozenset().union(*(item.means for item in items if item.means))
    unknown = _each_once(item.text for item in items if item.means is None)
    for phrase in unknown:
        issues.add("applicants", PROBLEM, phrase)
    return ApplicantWords(
        tuple(kind for kind in ApplicantKind if kind in means),
        _each_once(item.text for item in items if item.means and OTHER in item.means),
        _each_once(item.text for item in items if item.means and ANY_FORM in item.means),
        unknown,
        ANYONE in means,
        tuple(part for part in PARTS if part in means and not (part == SOME_LOCAL and LOCAL in means)),
    )


def _each_once(phrases: Iterable[str]) -> tuple[str, ...]:
    once = {fold(phrase): phrase for phrase in sorted(phrases, reverse=True)}
    return tuple(once[key] for key in sorted(once))


def _spoken(phrase: str) -> str:
    """A phrase as a value, in quotation marks where it could be taken for a word of ours."""
    cut = phrase if len(phrase) <= SHOWN else phrase[: SHOWN - 1] + "…"
    return f"“{cut}”" if cut in {*ApplicantKind, *MARKS} else cut


@lru_cache(maxsize=4096)
def _items(text: str, language: str) -> tuple[Item, ...]:
    """What one text names; all of it as one unknown phrase where a part limits the others."""
    known = vocabulary(language)
    composed = unicodedata.normalize("NFC", text)
    masked = BRACKET.sub(lambda bracket: re.sub(r"[;|\r\n]", ",", bracket[0]), composed)
    lines = [clean_line(NUMBER.sub("", line)) for line in LINES.split(masked)]
    items = [item for line in lines for item in _line(line, known)]
    if any(item.means is None and _limits(item.text, known) for item in items):
        return (Item(clean_line(composed), None),)
    return tuple(items)


def _line(line: str, known: Vocabulary) -> list[Item]:
    """The items of a line, a known heading ("Eligible applicants:") left out; behind another one all hangs on that."""
    heading, colon, rest = line.partition(":")
    if not colon:
        return read_list(line, known.phrases, known.skip)
    return _line(rest, known) if fold(heading.strip()) in known.headings else [Item(line, None)]


def _limits(phrase: str, known: Vocabulary) -> bool:
    """Whether what is not understood bears upon its neighbours: it limits them, opens a list or is a whole sentence."""
    words = [token.word for token in tokens(phrase)]
    return ":" in phrase or len(words) > PROSE or words[:1] == [] or words[0] in known.limits
