"""The source's words for applicants -> values of a condition. Only a text understood to its last word gives any.

A list of kinds shuts out everybody else, so half an understanding would be worse than none: unknown words mean silence.
Words that limit what they stand beside ("companies with 20 people") give a part of a kind.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.normalise.applicant_limits import LIMIT, only_limits
from crawler.normalise.places import country_group
from matcher.model import SOME_LOCAL, some
from matcher.model import ApplicantKind as Kind

PUBLIC = r"public (?:authorit(?:y|ies)|bod(?:y|ies)|entit(?:y|ies)|organi[sz]ations?)"
NON_PROFIT = (
    r"(?:private )?(?:non|not-for)-profit (?:private )?(?:organi[sz]ations?|entit(?:y|ies)|associations?|bod(?:y|ies))"
)
AUTHORITIES = r"(?:local|regional|local (?:and|or) regional) (?:public )?authorities|municipalities|cities|towns"

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"local (?:and|or) regional (?:public )?authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
    (r"regional (?:and|or) local (?:public )?authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
    (r"local/regional authorities|regional/local public authorities", (Kind.LOCAL_AUTHORITY, Kind.REGIONAL_AUTHORITY)),
    (
        r"local (?:public )?authorit(?:y|ies)|municipalit(?:y|ies)|local governments?|cit(?:y|ies)|towns?",
        (Kind.LOCAL_AUTHORITY,),
    ),
    (r"regional (?:public )?authorit(?:y|ies)|regions", (Kind.REGIONAL_AUTHORITY,)),
    (r"urban authorit(?:y|ies)", (SOME_LOCAL,)),
    (rf"(?:federation|association|union)s? of (?:{AUTHORITIES})", (SOME_LOCAL, some(Kind.NON_PROFIT))),
    (r"(?:town[ -])?twinning committees?", (some(Kind.NON_PROFIT),)),
    (
        rf"(?:non-profits?|{NON_PROFIT}) (?:that represents?|which represents?|representing) (?:{AUTHORITIES})",
        (some(Kind.NON_PROFIT),),
    ),
    (PUBLIC, (Kind.PUBLIC_BODY,)),
    (
        r"bod(?:y|ies) governed by public law|public law bod(?:y|ies)|public equivalent bod(?:y|ies)",
        (Kind.PUBLIC_BODY,),
    ),
    (rf"(?:a few|some|certain) (?:other )?(?:{PUBLIC}|public partners)", (some(Kind.PUBLIC_BODY),)),
    (r"civil[ -]society organi[sz]ations?(?: \(csos?\))?|csos?", (Kind.CIVIL_SOCIETY,)),
    (r"non-governmental organi[sz]ations?(?: \(ngos?\))?|ngos?", (Kind.NON_PROFIT, Kind.CIVIL_SOCIETY)),
    (NON_PROFIT, (Kind.NON_PROFIT,)),
    (r"non-profits?", (Kind.NON_PROFIT,)),
    (r"social (?:enterprises?|economy entit(?:y|ies))", (Kind.SOCIAL_ENTERPRISE,)),
    (r"international organi[sz]ations?", (Kind.INTERNATIONAL_ORGANISATION,)),
    (
        r"(?:for-profit )?(?:micro,? )?small and medium-sized enterprises(?: \(smes\))?|(?:for-profit )?smes?",
        (Kind.SME,),
    ),
    (r"start-?ups?", (Kind.SME,)),
    (r"(?:small )?mid-?caps?(?: \((?:up to|with) \d+ employees\))?", (some(Kind.FOR_PROFIT),)),
    (r"(?:public )?(?:universit(?:y|ies)|higher education institutions?)", (Kind.EDUCATION, Kind.RESEARCH)),
    (r"research (?:organi[sz]ations?|institut(?:e|ion)s?)", (Kind.RESEARCH,)),
    (r"(?:schools|education(?:al)? (?:and training )?(?:institutions|organi[sz]ations|providers))", (Kind.EDUCATION,)),
    (r"social partners?|trade unions?|employers' organi[sz]ations", (Kind.SOCIAL_PARTNER,)),
    (r"(?:private )?companies|for-profit entities", (Kind.FOR_PROFIT,)),
    (r"natural persons?|individuals", (Kind.NATURAL_PERSON,)),
    (r"(?:individual )?wom[ae]n", (some(Kind.NATURAL_PERSON),)),
)
"""Phrases that stand for a kind or a part of it; of two that match, the longer one counts."""
PHRASES = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), values) for words, values in KINDS)
FILLERS = re.compile(r"\b(?:and|or|single|other|the|an?|any|eligible|of any size)\b|[,/\s.()]", re.IGNORECASE)
FOUND = "|"
"""Stands where a phrase was understood."""
NARROWER = re.compile(
    rf"(?:\b(?:independent|european|audiovisual|film|production|competent|relevant|innovative|small)\s+)+(?=[{FOUND}])",
    re.IGNORECASE,
)
"""Words that leave a part of what the phrase behind them means."""
ON_BEHALF = re.compile(
    r",?\s+or\s+an?\s+(?:investor|agent|representative)\s+on\s+(?:its|their)\s+behalf\b", re.IGNORECASE
)
"""A person who hands in for an applicant is no applicant."""
ESTABLISHED = re.compile(r"\b(?:(?:registered|established|based|located)\s+)?(?:in|of|from)\s+([^;]+)$", re.IGNORECASE)
ANYWHERE = re.compile(r"(?:eligible )?countries|(?:interregional )?partnerships|regions|territories", re.IGNORECASE)
"""Words for places that each body is in."""
LONG = 2000
"""Characters from which on a text is a treatise and no list of kinds."""
ACTIVITIES = re.compile(r"^activities only in\b", re.IGNORECASE)
CLAUSE = re.compile(rf";(?!\s*{LIMIT.pattern})", re.IGNORECASE)


class Phrase(NamedTuple):
    """A phrase that was understood: where it stands and what it means."""

    start: int
    end: int
    values: tuple[str, ...]


def understand_applicants(text: str) -> tuple[str, ...]:
    """Who may apply: kinds and parts of kinds in a fixed order; empty when a single word of it is not understood."""
    if len(text) > LONG:
        return ()
    clauses = [clause.strip() for clause in CLAUSE.split(text)]
    understood = [_values(clause.replace(";", ",")) for clause in clauses if clause and not ACTIVITIES.search(clause)]
    return _in_order(frozenset().union(*understood)) if understood and all(understood) else ()


def named_applicants(phrase: str) -> tuple[str, ...]:
    """The same for a phrase that names applicants within other words, such as who leads."""
    return _in_order(_values(phrase.strip())) if len(phrase) <= LONG else ()


def _in_order(values: frozenset[str]) -> tuple[str, ...]:
    """The kinds, then the parts of those kinds that are not there as a whole."""
    whole = [kind for kind in Kind if kind in values]
    return (*whole, *(some(kind) for kind in Kind if some(kind) in values and kind not in values))


def _values(clause: str) -> frozenset[str]:
    """What one clause names; empty when a word of it is not understood."""
    head, tail = _parted(ON_BEHALF.sub("", clause))
    words = _without_places(head)
    phrases = _phrases(words)
    rest = _with_marks(words, phrases)
    left = FILLERS.sub("", NARROWER.sub("", rest)).replace(FOUND, "")
    if left or (tail and (_phrases(tail) or not only_limits(tail))):
        return frozenset()
    limited = tail or NARROWER.search(rest)
    named = {value for phrase in phrases for value in phrase.values}
    return frozenset(some(Kind(value)) if limited and value in set(Kind) else value for value in named)


def _parted(clause: str) -> tuple[str, str]:
    """The clause before the first word that limits it, and from there on; a phrase that holds such a word is whole."""
    phrases = _phrases(clause)
    limits = (limit.start() for limit in LIMIT.finditer(clause))
    at = next((at for at in limits if not any(one.start <= at < one.end for one in phrases)), len(clause))
    return clause[:at], clause[at:]


def _phrases(text: str) -> list[Phrase]:
    """The phrases from left to right; of those that overlap the longest, then the first."""
    matches = [Phrase(*match.span(), values) for phrase, values in PHRASES for match in phrase.finditer(text)]
    chosen: list[Phrase] = []
    for one in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen)


def _with_marks(text: str, phrases: list[Phrase]) -> str:
    """The text with a mark in the place of each phrase."""
    ends = [0, *(phrase.end for phrase in phrases)]
    starts = [*(phrase.start for phrase in phrases), len(text)]
    return FOUND.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _without_places(words: str) -> str:
    """The words without "in Slovenia and Croatia" at their end, if these are countries or any place at all."""
    found = ESTABLISHED.search(words)
    names = re.split(r",?\s+(?:and|or)\s+|,\s*", found[1].strip()) if found else []
    places = all(country_group(name) or ANYWHERE.fullmatch(name) for name in names)
    return words[: found.start()] if found and places else words
