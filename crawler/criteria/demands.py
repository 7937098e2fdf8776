"""What an organisation must be or have beside its kind: inhabitants, the language it applies in, what it did before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from crawler.criteria.clauses import Clause
from crawler.criteria.found import Found
from crawler.criteria.vocabulary import facts, patterns
from crawler.normalise.languages import EU_LANGUAGES
from matcher.model import CriterionKind as Kind
from matcher.model import ExperienceKey, Role

_P = patterns("demands")
TRIGGER: tuple[str, ...] = tuple(facts("demands")["trigger"])
_EXPERIENCE = {
    "led": ExperienceKey.LED_EU_PROJECT,
    "took_part": ExperienceKey.EU_PROJECT,
    "abroad": ExperienceKey.MULTI_COUNTRY,
    "label": ExperienceKey.LABEL,
    "field": ExperienceKey.SAME_FIELD,
}
"""Tried in this order: the narrower wording first."""


def read(clause: Clause) -> Iterator[Found]:
    """Inhabitants, languages, experience."""
    said = clause.said
    yield from _population(said)
    yield from _language(said)
    if _P["running"].search(said) and _P["bound"].search(said):
        role = Role.COORDINATOR if _P["of_coordinator"].search(said) else None
        yield Found(Kind.EXPERIENCE, (ExperienceKey.LED_EU_PROJECT,), role)
        return
    if _P["subject"].search(said) and _P["have"].search(said) and not _P["no_experience"].search(said):
        role = Role.COORDINATOR if _P["leader_must"].search(said) else None
        for name, key in _EXPERIENCE.items():
            if _P[name].search(said):
                yield Found(Kind.EXPERIENCE, (key,), role)
                return


def _population(said: str) -> Iterator[Found]:
    found = _P["inhabitants"].search(said) or _P["population"].search(said)
    if found is None or not _P["about_place"].search(said) or _P["no_place"].search(said):
        return
    before = said[max(0, found.start() - 40) : found.end()]
    if _P["at_least"].search(before) and not _P["at_most"].search(before):
        yield Found(Kind.POPULATION, (re.sub(r"\D", "", found["number"]),))


def _language(said: str) -> Iterator[Found]:
    found = _P["language"].search(said)
    if found is None:
        return
    words = found["in"] or found["and"] or found["is"]
    if (official := _P["official"].search(words)) and _P["official_said"].search(official[0]):
        yield Found(Kind.LANGUAGE, EU_LANGUAGES)
    elif not _P["no_language"].search(said):
        codes = tuple(dict.fromkeys(_names()[name.lower()] for name in _named().findall(words)))
        if codes:
            yield Found(Kind.LANGUAGE, codes)


@cache
def _names() -> dict[str, str]:
    """The English names of the EU's languages -> ISO 639-1."""
    from babel import Locale  # slow to import, and few clauses are about languages

    english = Locale.parse("en").languages
    return {english[code].lower(): code for code in EU_LANGUAGES}


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_names())})\b", re.IGNORECASE)
