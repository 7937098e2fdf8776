"""The source's words for applicants -> applicant kinds. Only a text that is understood to its last word gives kinds.

A list of kinds shuts out everybody else, so half an understanding would be worse than none: unknown words mean silence.
"""

from __future__ import annotations

import re

from crawler.normalise.places import country_group
from matcher.model import ApplicantKind as Kind

KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"local (?:and|or) regional (?:public )?authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
    (r"regional (?:and|or) local (?:public )?authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
    (r"local/regional authorities|regional/local public authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
    (
        r"local (?:public )?authorit(?:y|ies)|municipalit(?:y|ies)|local governments?|cities|towns",
        (Kind.LOCAL_AUTHORITY,),
    ),
    (r"regional (?:public )?authorit(?:y|ies)|regions", (Kind.REGIONAL_AUTHORITY,)),
    (r"public (?:authorities|bodies|entities|organisations)", (Kind.PUBLIC_BODY,)),
    (r"civil[ -]society organi[sz]ations?(?: \(csos?\))?|csos?", (Kind.CIVIL_SOCIETY,)),
    (r"non-governmental organi[sz]ations?(?: \(ngos?\))?|ngos?", (Kind.NON_PROFIT, Kind.CIVIL_SOCIETY)),
    (
        r"(?:private )?(?:non|not-for)-profit (?:private )?(?:organi[sz]ations?|entit(?:y|ies)|associations?)",
        (Kind.NON_PROFIT,),
    ),
    (r"non-profits?", (Kind.NON_PROFIT,)),
    (r"social (?:enterprises?|economy entit(?:y|ies))", (Kind.SOCIAL_ENTERPRISE,)),
    (r"international organi[sz]ations?", (Kind.INTERNATIONAL_ORGANISATION,)),
    (
        r"(?:for-profit )?(?:micro,? )?small and medium-sized enterprises(?: \(smes\))?|(?:for-profit )?smes?",
        (Kind.SME,),
    ),
    (r"start-?ups?", (Kind.SME,)),
    (r"(?:public )?(?:universit(?:y|ies)|higher education institutions?)", (Kind.EDUCATION, Kind.RESEARCH)),
    (r"research (?:organi[sz]ations?|institut(?:e|ion)s?)", (Kind.RESEARCH,)),
    (r"(?:schools|education(?:al)? (?:and training )?(?:institutions|organi[sz]ations|providers))", (Kind.EDUCATION,)),
    (r"social partners?|trade unions?|employers' organi[sz]ations", (Kind.SOCIAL_PARTNER,)),
    (r"(?:private )?companies|for-profit entities", (Kind.FOR_PROFIT,)),
    (r"natural persons?|individuals", (Kind.NATURAL_PERSON,)),
)
"""Phrases that stand for a kind; of two that match, the longer one counts."""
PHRASES = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), kinds) for words, kinds in KINDS)
FILLERS = re.compile(r"\b(?:and|or|single|other|the|any|eligible)\b|[,/\s.()]")
ESTABLISHED = re.compile(r"\b(?:registered|established|based|located)?\s*in\s+([^;,]+)$", re.IGNORECASE)
LONG = 2000
"""Characters from which on a text is a treatise and no list of kinds."""
ACTIVITIES = re.compile(r"^activities only in\b", re.IGNORECASE)


def understand_applicants(text: str) -> tuple[Kind, ...]:
    """The kinds that may apply, in a fixed order; none when a single word of the text is not understood."""
    if len(text) > LONG:
        return ()
    clauses = [clause.strip() for clause in text.split(";")]
    spoken = [clause for clause in clauses if clause and not ACTIVITIES.search(clause)]
    return _kinds(spoken[0]) if len(spoken) == 1 else ()


def named_kinds(text: str) -> tuple[Kind, ...]:
    """The kinds that a phrase names; none when it says anything else."""
    return _kinds(text.strip()) if len(text) <= LONG else ()


def _kinds(clause: str) -> tuple[Kind, ...]:
    rest, found = _without_countries(clause), set()
    while match := _longest(rest):
        span, kinds = match
        found |= set(kinds)
        rest = rest[: span[0]] + " " + rest[span[1] :]
    return () if FILLERS.sub("", rest) else tuple(kind for kind in Kind if kind in found)


def _longest(text: str) -> tuple[tuple[int, int], tuple[Kind, ...]] | None:
    matches = [(match.span(), kinds) for phrase, kinds in PHRASES for match in phrase.finditer(text)]
    return max(matches, key=lambda found: (found[0][1] - found[0][0], -found[0][0]), default=None)


def _without_countries(clause: str) -> str:
    """The clause without "in Slovenia and Croatia" at its end, if these are countries and nothing else."""
    found = ESTABLISHED.search(clause)
    names = re.split(r"\s+(?:and|or)\s+|,\s*", found[1].strip()) if found else []
    return clause[: found.start()] if found and all(country_group(name) for name in names) else clause
