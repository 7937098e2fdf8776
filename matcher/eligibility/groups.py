"""Whether a country, or a body of a kind that the country rule is waived for, is meant by a value of a condition."""

from __future__ import annotations

from matcher.eligibility import kinds, words
from matcher.eligibility.situation import Situation
from matcher.model import Answer, ApplicantKind, CountryGroup
from matcher.reference import Participation, Standing

EEA = frozenset({"IS", "LI", "NO"})
"""Contracting parties of the EEA Agreement that are no Member States."""

_IN, _OUT, _OPEN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN

_BY_STANDING = {
    CountryGroup.PARTICIPATING: {
        Standing.MEMBER: _IN,
        Standing.ASSOCIATED: _IN,
        Standing.NEGOTIATING: _OPEN,
        Standing.NOT_PARTICIPATING: _OUT,
    },
    CountryGroup.ASSOCIATED: {
        Standing.MEMBER: _OUT,
        Standing.ASSOCIATED: _IN,
        Standing.NEGOTIATING: _OPEN,
        Standing.NOT_PARTICIPATING: _OUT,
    },
    CountryGroup.NEGOTIATING: {
        Standing.MEMBER: _OUT,
        Standing.ASSOCIATED: _OUT,
        Standing.NEGOTIATING: _OPEN,
        Standing.NOT_PARTICIPATING: _OUT,
    },
}


def standing_of(situation: Situation) -> Participation | None:
    """How the organisation's country stands in the call's programme on the deciding day; None: the table is silent."""
    return situation.terms.standing(situation.profile.country)


def among(situation: Situation, value: str) -> Answer:
    """Whether the organisation's country belongs to what a value of a condition names.

    A group's word never lets in a country that the programme's dated table keeps out; a country that the call names
    by itself is in.
    """
    if value == situation.profile.country:
        return _IN
    if words.is_country(value):
        return _OUT
    if value == ApplicantKind.INTERNATIONAL_ORGANISATION:
        return kinds.fits(situation.profile.kinds, [value])
    group = _GROUPS.get(value)
    if group is None:
        return _OPEN
    if group is CountryGroup.ASSOCIATED_EEA:
        if situation.profile.country not in EEA:
            return _OUT
        group = CountryGroup.ASSOCIATED
    standing = standing_of(situation)
    known = standing.standing if standing else None
    if group in _BY_STANDING:
        return _BY_STANDING[group].get(known, _OPEN) if known else _without_standing(situation, group)
    if known is Standing.NOT_PARTICIPATING:
        return _OPEN if group is CountryGroup.ANY else _OUT
    return _by_law(situation, group)


_GROUPS = {group.value: group for group in CountryGroup}


def _by_law(situation: Situation, group: CountryGroup) -> Answer:
    if group is CountryGroup.ANY:
        return _IN
    if group is CountryGroup.EEA:
        return _IN if situation.profile.country in EEA else _OUT
    members = situation.reference.member_states
    if not members:
        return _OPEN
    return _IN if situation.profile.country in members else _OUT


def _without_standing(situation: Situation, group: CountryGroup) -> Answer:
    """A Member State is associated to nothing and negotiates no association; else the table's silence is unknown."""
    outside = group in (CountryGroup.ASSOCIATED, CountryGroup.NEGOTIATING)
    return _OUT if outside and situation.profile.country in situation.reference.member_states else _OPEN
