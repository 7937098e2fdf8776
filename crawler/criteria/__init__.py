"""The conditions that a call document or a topic text states, each with the words that say it.

Pure: the same text gives the same criteria. Fetches nothing and knows no store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from crawler.criteria import duration, with_whom
from crawler.criteria.clauses import Clause, clauses
from crawler.criteria.found import STATED, Found
from crawler.criteria.suppositions import certainty
from matcher.model import Basis, Criterion, DocumentText, Quote

READER = "criteria 1"
"""The version of these rules: part of the key under which what they read is kept."""
LONGEST = 3_000_000
"""Characters of a text that are read; a guide of 400 pages has about a million."""

Rule = tuple[re.Pattern[str], Callable[[Clause], Iterator[Found]]]
RULES: tuple[Rule, ...] = tuple((subject.TRIGGER, subject.read) for subject in (with_whom, duration))


def find_criteria(text: DocumentText, basis: Basis, place: str) -> tuple[Criterion, ...]:
    """The criteria in the order of the text, each once. `place` is that of the quotes: a call's field or DOCUMENT +
    SHA-256. A text in another language than English gives none."""
    if text.language not in ("", "en"):
        return ()
    sure = STATED if place == "conditions" else None
    found = [_criterion(text, basis, place, clause, each) for clause in clauses(text, sure) for each in _read(clause)]
    return _once(found)


def _read(clause: Clause) -> Iterable[Found]:
    for trigger, read in RULES:
        if trigger.search(clause.said):
            for found in read(clause):
                yield found._replace(sure=min(found.sure, certainty(clause, found)))


def _criterion(text: DocumentText, basis: Basis, place: str, clause: Clause, found: Found) -> Criterion:
    quote = Quote(
        text=text.text[clause.start : clause.end],
        place=place,
        start=clause.start,
        end=clause.end,
        page=text.page_at(clause.start) if text.pages else None,
    )
    return Criterion(
        kind=found.kind, values=found.values, basis=basis, quote=quote, role=found.role,
        together=found.together, confidence=found.sure,
    )  # fmt: skip


def _once(found: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Each condition once, where it is said most surely; of equals the first."""
    best: dict[tuple[object, ...], Criterion] = {}
    for one in found:
        key = (one.kind, frozenset(one.values), one.role, one.together, one.topics)
        if key not in best or one.confidence > best[key].confidence:
            best[key] = one
    return tuple(best.values())
