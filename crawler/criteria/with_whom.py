"""How many applicants from how many countries. A duty to find partners; it never shuts out anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.criteria.clauses import Clause
from crawler.criteria.found import Found
from crawler.criteria.numbers import COUNT, number
from matcher.model import CriterionKind as Kind

LEAST = r"(?:at least|(?:a |the )?minimum(?: number)?(?: of)?:?|no (?:fewer|less) than|not (?:fewer|less) than|min\.)"
MOST = r"(?:a maximum of|maximum(?: of)?|no more than|not more than|up to|at most|(?:can|must|may|shall)(?: ?not| not) exceed)"
_NEUTRAL = (
    r"(?:(?:different|independent|separate|eligible|legal|distinct|full|participating|mutually|project|partner|other"
    r"|more|additional|further|relevant|co-?|public or private) ?){0,4}"
)
_BODY = (
    r"(?:co-?applicants?|applicants?|entit(?:y|ies)|organi[sz]ations?|partners?|beneficiar(?:y|ies)|participants?"
    r"|cities|partner cities|municipalities)"
)
_STATE = r"(?:countries|country|Member States?|States)"
_WHICH = (
    r"(?:(?:different|eligible|participating|distinct|EU|European Union|programme|of the|Erasmus\+|AMIF|CERV"
    r"|associated|other) ){0,4}"
)

TRIGGER = re.compile(
    r"applicant|consorti|partner|entit|beneficiar|organi[sz]ation|member state|countr|participants|cities|municipalit",
    re.IGNORECASE,
)
_OF_APPLICANTS = re.compile(
    r"consorti|partnership|\bapplicants?\b|applications?\b|proposals?\b|\bbeneficiaries\b|network|project must"
    r"|coordinator|lead partner|composed of|participating organisations",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\bmust\b|\bshall\b|\brequire[sd]?\b|\bneeds? to\b|\bha(?:s|ve) to\b|\bcomposed of\b|\bsubmitted by\b|minimum"
    r"|\bconsist(?:s|ing)? of|\bconsorti(?:a|um) of|eligible if|with at least|\bcan be|\bis open to|\bat least",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"demonstrat|pilot|activit(?:y|ies) (?:must |shall |should )?(?:be |take|in\b)|take place|take part in (?:the )?event"
    r"|events?\b|living labs?|neighbourhood|\bsites?\b|validat|case stud|interven|target(?:ed|ing)?\b|reach",
    re.IGNORECASE,
)
"""Countries and bodies that the work is to reach are not those who apply."""
_UNFUNDED = re.compile(r"\bassociated partners?\b", re.IGNORECASE)

_APPLICANTS = re.compile(
    rf"{LEAST} (?P<least>{COUNT}) (?P<other>other |more |additional |further )?{_NEUTRAL}{_BODY}\b"
    rf"|(?:consorti(?:a|um)|partnerships?|networks?) (?:of|composed of|consisting of|comprising|with|must (?:be composed of|consist of|comprise))"
    rf" (?:{LEAST} )?(?P<of>{COUNT})(?: or more)? {_NEUTRAL}{_BODY}\b"
    rf"|(?P<ormore>{COUNT}) or more {_NEUTRAL}{_BODY}\b"
    rf"|{LEAST} (?P<bare>{COUNT}) (?:\((?:lead )?applicants?[^)]*\) )?(?:of them )?applicants?\b",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"^[^,;.]{0,40}?\b(?:from|established in|based in|located in|in)\b (?P<where>[^;.]{0,80})", re.IGNORECASE
)
_ANYWHERE = re.compile(
    rf"(?:{LEAST} )?(?:{COUNT}|an?|one of the|the|each|any|different)? ?{_WHICH}{_STATE}", re.IGNORECASE
)
_RANGE = re.compile(
    rf"\b(?:between|from|minimum(?: of)?|min\.)? ?(?P<low>{COUNT}) ?(?:-|–|to|and|to a maximum of|and a maximum of|and maximum) ?"
    rf"(?P<high>{COUNT}) {_NEUTRAL}{_BODY}\b",
    re.IGNORECASE,
)
_MOST = re.compile(rf"{MOST} (?P<most>{COUNT}) {_NEUTRAL}{_BODY}\b", re.IGNORECASE)
_LEADER_AND = re.compile(
    rf"(?:coordinator|(?:lead|main) (?:applicant|partner|organisation)|applicant)(?: organisation)? (?:and|plus|together with|with) "
    rf"{LEAST} (?P<more>{COUNT}) {_NEUTRAL}{_BODY}\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"(?P<only>only )?(?:(?:applications?|proposals?) (?:submitted )?(?:by|from) )?(?:an? )?(?:single|individual|sole|mono-?)"
    r"[ -](?:applicants?|beneficiar(?:y|ies)|entit(?:y|ies)|legal entit(?:y|ies)|organi[sz]ations?)(?: applications?)?",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"\b(?:is|are) (?:also )?(?:allowed|eligible|possible|accepted|admitted|permitted)|\b(?:may|can) (?:also )?(?:be submitted|apply|submit)"
    r"|\bsubmitted by|\bapply (?:either )?as",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"\b(?:not|NOT) (?:be )?(?:allowed|eligible|possible|accepted|admitted|permitted)|cannot|may not", re.IGNORECASE
)

_COUNTRIES = re.compile(
    rf"\b(?:from|representing|covering|established in|located in|based in|registered in|of) (?:{LEAST} )?(?P<from>{COUNT}) "
    rf"(?P<which>{_WHICH}){_STATE}(?P<either>,? (?:and/or|or|and) [^.;]{{0,40}}?countr)?",
    re.IGNORECASE,
)
_EACH_OTHER = re.compile(
    rf"(?P<n>{COUNT}) {_NEUTRAL}{_BODY}\b[^.;]{{0,80}}?(?:each|all) (?:of them )?(?:must be |being )?"
    rf"(?:established |located |based )?(?:in|from) (?:an? )?different (?:EU |eligible )?(?P<what>{_STATE})(?P<either>,? (?:and/or|or|and) [^.;]{{0,40}}?countr)?",
    re.IGNORECASE,
)
_ONE_AND_OTHERS = re.compile(
    rf"{LEAST} (?P<one>{COUNT}) {_NEUTRAL}{_BODY} established in an? (?:EU )?Member State[^.]{{0,10}}?\band,? {LEAST} (?P<others>{COUNT}) other",
    re.IGNORECASE,
)
_STATES = re.compile(
    rf"{LEAST} (?P<n>{COUNT}) (?:{_NEUTRAL}{_BODY} |of (?:which|them|these) |country |)(?:must |shall |has to )?(?:be )?"
    rf"(?:established |located |based |from |is |are )?(?:in |from )?(?:an? |{COUNT} )?(?:different )?(?:EU |European Union )?Member States?\b"
    rf"(?! (?:or|and/or|and associated))",
    re.IGNORECASE,
)
_INDEPENDENT = re.compile(
    rf"(?P<n>{COUNT}) (?:different |eligible |separate )?(?:legally |mutually )?independent (?:legal |eligible )?{_BODY}"
    rf"|(?P<m>{COUNT}) {_NEUTRAL}{_BODY},? (?:that are |which are |being )?(?:mutually )?independent(?:ly)? (?:of|from) (?:each other|one another)"
    r"|independent (?:of|from) (?:each other|one another)",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"affiliated entities[^.;]{0,60}\b(?:(?:do|does|will|shall|can|are|is)(?: ?not| not)|are excluded)\b[^.;]{0,25}\b(?:count|taken into account|considered|towards)"
    r"|\bnot (?:counting |including |count(?:ed)? )?(?:the )?affiliated entities|(?:excluding|without) affiliated entities"
    r"|affiliated entities (?:are )?not (?:included|counted)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"affiliated entities (?:also |do |are )?count(?:ed)? (?:towards|for|as)", re.IGNORECASE)


def read(clause: Clause) -> Iterator[Found]:
    """Least and greatest numbers of applicants and countries, independence, and how affiliated entities count."""
    said = clause.said
    if not _OF_APPLICANTS.search(said):
        return
    yield from _affiliated(said)
    yield from _single(said)
    if _DUTY.search(said) and not _only_unfunded(said):
        yield from _applicants(said)
        if not _WORK.search(said):
            yield from _countries(said)
        yield from _independent(said)


def _only_unfunded(said: str) -> bool:
    return bool(_UNFUNDED.search(said)) and not re.search(
        r"beneficiar|applicant|\bpartners\b(?<!associated partners)", said
    )


def _applicants(said: str) -> Iterator[Found]:
    if leader := _LEADER_AND.search(said):
        yield Found(Kind.MIN_APPLICANTS, (str(number(leader["more"]) + 1),))
        return
    if both := _ONE_AND_OTHERS.search(said):
        yield Found(Kind.MIN_APPLICANTS, (str(number(both["one"]) + number(both["others"])),))
        return
    if span := _RANGE.search(said):
        low, high = number(span["low"]), number(span["high"])
        if low < high:
            yield Found(Kind.MIN_APPLICANTS, (str(low),))
            yield Found(Kind.MAX_APPLICANTS, (str(high),))
            return
    for found in _APPLICANTS.finditer(said):
        stated = found["least"] or found["of"] or found["ormore"] or found["bare"]
        if found["other"] or _is_part(said[found.end() :]):
            continue
        yield Found(Kind.MIN_APPLICANTS, (str(number(stated)),))
        break
    if most := _MOST.search(said):
        yield Found(Kind.MAX_APPLICANTS, (str(number(most["most"])),))


def _is_part(behind: str) -> bool:
    """Whether what follows narrows the bodies down to some of the consortium."""
    if re.match(
        r" (?:must|shall|should|has|have) (?:be|have|hold)\b(?! established in \w+ different)", behind, re.IGNORECASE
    ):
        return True
    place = _SUBSET.match(behind)
    return bool(place) and not _ANYWHERE.match(place["where"])


def _single(said: str) -> Iterator[Found]:
    single = _SINGLE.search(said)
    if single is None:
        return
    if _BARRED.search(said, single.end()):
        yield Found(Kind.MIN_APPLICANTS, ("2",))
    elif single["only"] and _ALLOWED.search(said):
        yield Found(Kind.MIN_APPLICANTS, ("1",))
        yield Found(Kind.MAX_APPLICANTS, ("1",))
    elif _ALLOWED.search(said):
        yield Found(Kind.MIN_APPLICANTS, ("1",))


def _countries(said: str) -> Iterator[Found]:
    found = _COUNTRIES.search(said) or _EACH_OTHER.search(said)
    if found:
        groups = found.groupdict()
        count = str(number(groups.get("from") or groups["n"]))
        yield Found(Kind.MIN_COUNTRIES, (count,))
        if re.search(r"Member States?$", found[0], re.IGNORECASE) and not groups["either"]:
            yield Found(Kind.MIN_MEMBER_STATES, (count,))
    elif both := _ONE_AND_OTHERS.search(said):
        if "each" in said or "different" in said:
            yield Found(Kind.MIN_COUNTRIES, (str(number(both["one"]) + number(both["others"])),))
    if states := _STATES.search(said):
        yield Found(Kind.MIN_MEMBER_STATES, (str(number(states["n"])),))


def _independent(said: str) -> Iterator[Found]:
    if found := _INDEPENDENT.search(said):
        stated = found["n"] or found["m"]
        yield Found(Kind.INDEPENDENT, (str(number(stated)) if stated else "0",))


def _affiliated(said: str) -> Iterator[Found]:
    if _NOT_COUNTED.search(said):
        yield Found(Kind.AFFILIATED, ("not_counted",))
    elif _COUNTED.search(said):
        yield Found(Kind.AFFILIATED, ("counted",))
