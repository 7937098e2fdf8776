"""What a document says several times, put in order: each condition once, and none that another one makes void."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.criteria.found import ELSEWHERE, HALF
from matcher.model import CountryGroup, Criterion
from matcher.model import CriterionKind as Kind

_ONE_VALUE = frozenset(
    {Kind.GRANT_MIN, Kind.GRANT_MAX, Kind.FUNDING_RATE, Kind.PRE_FINANCING, Kind.DURATION_MIN, Kind.DURATION_MAX,
     Kind.SUB_GRANT_MAX, Kind.SUB_GRANTS, Kind.POPULATION, Kind.MAX_APPLICANTS}
)  # fmt: skip
"""Kinds of which a topic has one value: two that differ are for cases that were not told apart."""


_LEAST = frozenset({Kind.MIN_APPLICANTS, Kind.MIN_COUNTRIES, Kind.MIN_MEMBER_STATES})
_BESIDE = frozenset({str(CountryGroup.ASSOCIATED), str(CountryGroup.NEGOTIATING)})
"""Countries that are only ever let in beside others, the Member States."""


def settle(found: Iterable[Criterion], several_topics: bool = False) -> tuple[Criterion, ...]:
    """The criteria in the order of the text, each once, where it is said most surely. Least numbers that differ are for
    topics that were not told apart, where a document covers several."""
    kept = _once(found)
    kept = [_with_those_beside(one, kept) for one in kept if not _is_void(one, kept)]
    single = _ONE_VALUE | _LEAST if several_topics else _ONE_VALUE
    return tuple(_doubted(one, kept, single) for one in kept)


def _once(found: Iterable[Criterion]) -> list[Criterion]:
    best: dict[tuple[object, ...], Criterion] = {}
    for one in found:
        key = (one.kind, frozenset(one.values), one.role, one.together, one.topics)
        if key not in best or one.confidence > best[key].confidence:
            best[key] = one
    return list(best.values())


def _with_those_beside(one: Criterion, all_of_them: list[Criterion]) -> Criterion:
    """A list of countries with those that a sentence or an item of its own lets in beside the list.

    Conditions hold at once, so that a second list would shut out all who are in the first.
    """
    if one.kind is not Kind.COUNTRY:
        return one
    let_in = [other for other in all_of_them if _is_beside(other) and _same_question(one, other)]
    beside = (value for other in let_in for value in other.values)
    return one.model_copy(update={"values": tuple(dict.fromkeys((*one.values, *beside)))})


def _is_beside(one: Criterion) -> bool:
    return one.kind is Kind.COUNTRY and set(one.values) <= _BESIDE


def _is_void(one: Criterion, all_of_them: list[Criterion]) -> bool:
    """A least number that holds for consortia only, where one applicant is enough; countries that are let in beside a
    list which is not there; a lump sum whose amount is said elsewhere; what one role must have done, read as well
    without the role; whom a call has in view, where it also says who may apply."""
    if one.kind is Kind.COUNTRY:
        return _is_beside(one)
    if one.kind is Kind.LUMP_SUM:
        return one.values == ("yes",) and any(
            other.values != one.values and _same_question(one, other) for other in all_of_them
        )
    if one.kind is Kind.EXPERIENCE and one.role is None:
        return any(other.kind is one.kind and other.values == one.values and other.role for other in all_of_them)
    if one.kind is Kind.APPLICANT_KIND:
        return one.confidence <= ELSEWHERE and any(
            other.confidence > one.confidence and other.values != one.values and _same_question(one, other)
            for other in all_of_them
        )
    if one.kind is not Kind.MIN_APPLICANTS or one.values == ("1",):
        return False
    return any(other.values == ("1",) and _same_question(one, other) for other in all_of_them)


def _doubted(one: Criterion, all_of_them: list[Criterion], single: frozenset[Kind]) -> Criterion:
    if one.kind not in single:
        return one
    surer = any(
        _same_question(one, other) and other.values != one.values and other.confidence >= one.confidence
        for other in all_of_them
    )
    return one.model_copy(update={"confidence": min(one.confidence, HALF)}) if surer else one


def _same_question(one: Criterion, other: Criterion) -> bool:
    return (one.kind, one.role) == (other.kind, other.role) and (
        one.topics == other.topics or not one.topics or not other.topics
    )
