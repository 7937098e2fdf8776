"""The conditions that a call document or a topic text states, each with the words that say it.

Pure: the same text gives the same criteria. Fetches nothing and knows no store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crawler.criteria import demands, duration, money, third_parties, where, who, with_whom
from crawler.criteria.clauses import Clause, clauses
from crawler.criteria.found import HALF, STATED, Found
from crawler.criteria.settlement import settle
from crawler.criteria.suppositions import binds, certainty
from crawler.criteria.topics import Topics, topics
from matcher.model import Basis, Criterion, DocumentText, Quote

READER = "criteria 5"
"""The version of these rules: part of the key under which what they read is kept."""
CONDITIONS = "conditions"
"""The field of a call that holds nothing but conditions."""

Rule = tuple[tuple[str, ...], Callable[[Clause], Iterator[Found]]]
RULES: tuple[Rule, ...] = tuple(
    (subject.TRIGGER, subject.read) for subject in (who, where, with_whom, demands, money, third_parties, duration)
)
"""What gives a subject away, and what reads it."""


def find_criteria(text: DocumentText, basis: Basis, place: str) -> tuple[Criterion, ...]:
    """The criteria in the order of the text. `place` is that of the quotes: a call's field or DOCUMENT + SHA-256.

    A text in another language than English gives none.
    """
    if text.language not in ("", "en"):
        return ()
    named = topics(text)
    read = (
        _criterion(text, basis, place, clause, found, named)
        for clause in clauses(text, STATED if place == CONDITIONS else None)
        for found in read_clause(clause)
    )
    return settle(read, named.several)


def read_clause(clause: Clause) -> Iterator[Found]:
    """What the rules find in one clause, each as sure as its wording and its place allow."""
    words = clause.said.lower()
    found = [each for trigger, read in RULES if any(map(words.__contains__, trigger)) for each in read(clause)]
    if found and binds(clause):
        yield from (each._replace(sure=min(each.sure, certainty(clause, each))) for each in found)


def _criterion(text: DocumentText, basis: Basis, place: str, clause: Clause, found: Found, named: Topics) -> Criterion:
    codes, known = named.of(clause)
    page = text.page_at(clause.start) if text.pages else None
    words = text.text[clause.start : clause.end]
    return Criterion(
        kind=found.kind,
        values=found.values,
        basis=basis,
        quote=Quote(text=words, place=place, start=clause.start, end=clause.end, page=page),
        role=found.role,
        together=found.together,
        confidence=found.sure if known else min(found.sure, HALF),
        topics=codes,
    )
