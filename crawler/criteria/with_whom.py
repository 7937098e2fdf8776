"""How many applicants from how many countries. A duty to find partners; it never shuts out anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.criteria.clauses import Clause
from crawler.criteria.found import Found
from crawler.criteria.numbers import number
from crawler.criteria.vocabulary import facts, patterns
from matcher.model import CriterionKind as Kind

_P = patterns("with_whom")
TRIGGER: tuple[str, ...] = tuple(facts("with_whom")["trigger"])


MANY = 40
"""More are the guests of an event, and no consortium."""


def read(clause: Clause) -> Iterator[Found]:
    """Least and greatest numbers of applicants and countries, independence, and how affiliated entities count."""
    said = clause.said
    if "ffiliated" in said:
        yield from _affiliated(said)
    if not _P["of_applicants"].search(said):
        return
    if clause.items and len(clause.items) > 1:
        yield from _whole(clause)
    alone = tuple(_single(said))
    yield from alone
    if alone or _P["either_way"].search(said) or _P["some_only"].search(said):
        return
    found = (*_applicants(said), *_independent(said), *_places(said))
    if not found or not _P["duty"].search(said) or (_P["unfunded"].search(said) and not _P["funded"].search(said)):
        return
    yield from found


def _places(said: str) -> Iterator[Found]:
    found = (*_countries(said), *_states(said))
    if found and not _P["work"].search(said):
        yield from found


def _affiliated(said: str) -> Iterator[Found]:
    if _P["not_counted"].search(said):
        yield Found(Kind.AFFILIATED, ("not_counted",))
    elif _P["counted"].search(said):
        yield Found(Kind.AFFILIATED, ("counted",))


def _single(said: str) -> Iterator[Found]:
    """Whether one applicant is enough, or must be alone."""
    single = _P["single"].search(said)
    if _P["always_alone"].search(said):
        yield _found(Kind.MAX_APPLICANTS, 1)
    if single is None:
        return
    if _P["alone"].search(single[0]) and _P["or_consortium"].search(said, single.end()):
        yield _found(Kind.MIN_APPLICANTS, 1)
        return
    if _P["barred"].search(said, single.end()):
        yield _found(Kind.MIN_APPLICANTS, 2)
    elif _P["allowed"].search(said):
        yield _found(Kind.MIN_APPLICANTS, 1)
        if _P["only"].search(said):
            yield _found(Kind.MAX_APPLICANTS, 1)


def _whole(clause: Clause) -> Iterator[Found]:
    """A list that says one by one who is in the consortium, and that nobody else is."""
    if _P["nobody_else"].search(clause.said) and all(_P["one_body"].match(item) for item in clause.items):
        yield _found(Kind.MIN_APPLICANTS, len(clause.items))
        yield _found(Kind.MAX_APPLICANTS, len(clause.items))


def _applicants(said: str) -> Iterator[Found]:
    if leader := _P["leader_and"].search(said):
        yield _found(Kind.MIN_APPLICANTS, number(leader["more"]) + 1)
    elif both := _P["one_and_others"].search(said):
        yield _found(Kind.MIN_APPLICANTS, number(both["one"]) + number(both["others"]))
    elif (span := _P["range"].search(said)) and number(span["low"]) < number(span["high"]):
        yield _found(Kind.MIN_APPLICANTS, number(span["low"]))
        yield _found(Kind.MAX_APPLICANTS, number(span["high"]))
    else:
        yield from _least(said)
        if most := _P["most"].search(said):
            yield _found(Kind.MAX_APPLICANTS, number(most["most"] or most["number"]))


def _least(said: str) -> Iterator[Found]:
    """The first least number that stands for the whole consortium."""
    for found in _P["applicants"].finditer(said):
        stated = found["least"] or found["of"] or found["ormore"] or found["by"] or found["stated"]
        if not found["other"] and 1 < number(stated) <= MANY and not _is_part(said[found.end() :]):
            yield _found(Kind.MIN_APPLICANTS, number(stated))
            return


def _is_part(behind: str) -> bool:
    """Whether what follows narrows the bodies down to some of the consortium."""
    if _P["part"].match(behind):
        return True
    place = _P["narrowed"].match(behind)
    return bool(place) and not _P["anywhere"].match(place["where"] if place else "")


def _countries(said: str) -> Iterator[Found]:
    if found := _P["countries"].search(said) or _P["each_other"].search(said):
        groups = found.groupdict()
        count = number(groups.get("from") or groups["n"])
        if count == 1:  # "in one of the Member States" counts nothing
            return
        yield _found(Kind.MIN_COUNTRIES, count)
        if re.search(r"Member States?$", found[0], re.IGNORECASE) and not groups["either"]:
            yield _found(Kind.MIN_MEMBER_STATES, count)
    elif (both := _P["one_and_others"].search(said)) and ("each" in said or "different" in said):
        yield _found(Kind.MIN_COUNTRIES, number(both["one"]) + number(both["others"]))


def _states(said: str) -> Iterator[Found]:
    if states := _P["states"].search(said) or _P["of_which"].search(said):
        yield _found(Kind.MIN_MEMBER_STATES, number(states["n"] or states.groupdict().get("m") or ""))


def _independent(said: str) -> Iterator[Found]:
    found = _P["independent"].search(said)
    if found and not _is_part(said[found.end() :]):
        stated = found["n"] or found["m"]
        if stated and number(stated) == 1:
            return
        yield _found(Kind.INDEPENDENT, number(stated) if stated else 0)


def _found(kind: Kind, count: int) -> Found:
    return Found(kind, (str(count),))
