"""Whether a clause binds those who apply: not a wish, not a supposed case, not a definition, not about others."""

from __future__ import annotations

import re

from crawler.criteria.clauses import Clause
from crawler.criteria.found import HALF, HEDGED, Found
from crawler.criteria.vocabulary import any_of, facts
from matcher.model import CriterionKind as Kind

_WORDS = facts("words")
_HEDGE = any_of(_WORDS["hedges"])
_SOFT = any_of(_WORDS["soft"])
_IN_BRACKETS = re.compile(r"\([^()]*\bwhere (?:applicable|relevant|appropriate|possible)\)", re.IGNORECASE)
"""An aside that is soft by itself; the sentence around it is not."""
_SUPPOSED = re.compile(rf"^(?:{'|'.join(_WORDS['condition_of'])})\b", re.IGNORECASE)
_SOME_TOPICS = any_of(_WORDS["some_topics"])
_PAST = any_of(_WORDS["past"])
_PAPERS = any_of(_WORDS["papers"], "", "")
_DEFINES = any_of(_WORDS["definition"], r"\b", "")
_USUAL = frozenset(
    {
        Kind.DURATION_MIN,
        Kind.DURATION_MAX,
        Kind.PRE_FINANCING,
        Kind.SUB_GRANT_MAX,
        Kind.GRANT_MIN,
        Kind.GRANT_MAX,
        Kind.LANGUAGE,
    }
)
"""Kinds for which the EU's model documents say "should normally" where they state the rule, or "should" beside it."""


def certainty(clause: Clause, found: Found) -> float:
    """As sure as a clause's wording lets a condition of this kind be."""
    said = clause.said
    if _SUPPOSED.match(said) or _SOME_TOPICS.search(said):
        return HALF
    if found.kind not in _USUAL and _HEDGE.search(said):
        return min(clause.sure, HEDGED)
    return clause.sure


def binds(clause: Clause) -> bool:
    """Whether a clause can hold a condition at all."""
    said = _IN_BRACKETS.sub("", clause.said)
    return not any(pattern.search(said) for pattern in (_SOFT, _PAST, _DEFINES, _PAPERS))
