"""How the kinds of applicant relate: what a body of one kind is as well, and what it may or may not be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from matcher.model import OTHER, SOME_LOCAL, SOME_PRIVATE, Answer, ApplicantKind, some

_K = ApplicantKind

IS_ALSO: dict[ApplicantKind, frozenset[ApplicantKind]] = {
    _K.LOCAL_AUTHORITY: frozenset({_K.PUBLIC_BODY}),
    _K.REGIONAL_AUTHORITY: frozenset({_K.PUBLIC_BODY}),
    _K.CIVIL_SOCIETY: frozenset({_K.NON_PROFIT}),
}
"""True by definition. Civil society: non-profit under the definition of non-governmental organisations in Regulation
(EU, Euratom) 2024/2509, Article 2."""

MAY_BE: dict[ApplicantKind, frozenset[ApplicantKind]] = {
    # Many call documents count public bodies as non-profit; not all do.
    _K.PUBLIC_BODY: frozenset({_K.NON_PROFIT}),
    _K.NON_PROFIT: frozenset({_K.CIVIL_SOCIETY, _K.SOCIAL_ENTERPRISE, _K.SME}),
    _K.SOCIAL_ENTERPRISE: frozenset({_K.NON_PROFIT, _K.CIVIL_SOCIETY, _K.FOR_PROFIT, _K.SME}),
    _K.INTERNATIONAL_ORGANISATION: frozenset({_K.PUBLIC_BODY, _K.NON_PROFIT}),
    _K.FOR_PROFIT: frozenset({_K.SME, _K.SOCIAL_ENTERPRISE, _K.RESEARCH, _K.EDUCATION}),
    # An enterprise of any legal form, also an association that trades: Commission Recommendation 2003/361/EC, Annex,
    # Article 1. No enterprise that public bodies control by a quarter or more: Article 3(4).
    _K.SME: frozenset({_K.FOR_PROFIT, _K.SOCIAL_ENTERPRISE, _K.NON_PROFIT, _K.RESEARCH, _K.EDUCATION}),
    _K.RESEARCH: frozenset({_K.EDUCATION, _K.PUBLIC_BODY, _K.NON_PROFIT, _K.FOR_PROFIT, _K.SME}),
    _K.EDUCATION: frozenset({_K.RESEARCH, _K.PUBLIC_BODY, _K.NON_PROFIT, _K.FOR_PROFIT, _K.SME}),
    _K.SOCIAL_PARTNER: frozenset({_K.NON_PROFIT, _K.CIVIL_SOCIETY}),
}
"""Depends on the body or on the call's own definition, so that silence of the profile is no "no"."""

NEVER: dict[ApplicantKind, frozenset[ApplicantKind]] = {
    _K.NON_PROFIT: frozenset({_K.FOR_PROFIT}),
    _K.PUBLIC_BODY: frozenset({_K.FOR_PROFIT, _K.NATURAL_PERSON, _K.INFORMAL_GROUP}),
    _K.FOR_PROFIT: frozenset({_K.NON_PROFIT, _K.CIVIL_SOCIETY, _K.NATURAL_PERSON}),
}
"""What a body of a kind cannot be, whatever else it may be: a social enterprise that is entered as non-profit as well
is no for-profit body."""

PART_OF: dict[str, frozenset[ApplicantKind]] = {
    SOME_LOCAL: frozenset({_K.LOCAL_AUTHORITY}),
    SOME_PRIVATE: frozenset(_K) - {_K.LOCAL_AUTHORITY, _K.REGIONAL_AUTHORITY, _K.PUBLIC_BODY},
}
"""Words of a condition for a part of these kinds: a body of one of them may be meant, no other body is."""


def fits(own: Iterable[ApplicantKind], allowed: Collection[str]) -> Answer:
    """Whether a body of these kinds is among the allowed ones; unknown where that hangs on a definition.

    A value in `allowed` that is no ApplicantKind, no part of one (`some`, PART_OF) and not OTHER was not understood:
    it can hide anybody.
    """
    sure = _surely(tuple(own))
    if not sure.isdisjoint(allowed):
        return Answer.MET
    understood = _UNDERSTOOD.issuperset(allowed)
    possible = _possibly(sure)
    return Answer.NOT_MET if understood and possible.isdisjoint(allowed) else Answer.UNKNOWN


def common(own: Iterable[ApplicantKind], allowed: Iterable[ApplicantKind]) -> tuple[ApplicantKind, ...]:
    """Those of the allowed kinds that a body surely is."""
    sure = _surely(tuple(own))
    return tuple(kind for kind in allowed if kind in sure)


def _unsorted(sure: Collection[ApplicantKind]) -> set[str]:
    """OTHER where a body is public but no authority of a place: it can be a ministry or a state agency."""
    authority = not {_K.LOCAL_AUTHORITY, _K.REGIONAL_AUTHORITY}.isdisjoint(sure)
    return {OTHER} if _K.PUBLIC_BODY in sure and not authority else set()


def _partly(sure: Collection[ApplicantKind]) -> set[str]:
    return {part for part, kinds in PART_OF.items() if not kinds.isdisjoint(sure)}


_UNDERSTOOD = frozenset({*ApplicantKind, *map(some, ApplicantKind), *PART_OF, OTHER})


@cache
def _possibly(sure: frozenset[ApplicantKind]) -> frozenset[str]:
    """What a body may be that surely is all of these."""
    never = {kind for one in sure for kind in NEVER.get(one, ())}
    wider = {kind for one in sure for kind in MAY_BE.get(one, ())} - never
    return frozenset(wider | set(map(some, sure | wider)) | _unsorted(sure) | _partly(sure))


@cache
def _surely(own: tuple[ApplicantKind, ...]) -> frozenset[ApplicantKind]:
    return frozenset(wider for kind in own for wider in (kind, *IS_ALSO.get(kind, ())))
