"""Whether an organisation may take a seat in a project: all that is asked of one role. Routes build on it."""

from __future__ import annotations

from collections.abc import Hashable
from operator import attrgetter

from matcher.eligibility import kinds
from matcher.eligibility.finding import Finding, grade
from matcher.eligibility.participation import country_for, excluded_country_for
from matcher.eligibility.situation import SeatJudge, Situation
from matcher.eligibility.what import experience_for, size_for
from matcher.eligibility.who import excluded_kind_for, kind_for
from matcher.model import Profile, Role
from matcher.reference import Reference

ASKED: dict[SeatJudge, tuple[str, ...]] = {
    kind_for: ("kinds",),
    excluded_kind_for: ("kinds",),
    country_for: ("country", "kinds"),
    excluded_country_for: ("country", "kinds"),
    size_for: ("type", "population"),
    experience_for: ("experience",),
}
"""The questions of a seat, and the facts of the organisation that each looks at."""


def seen(judge: SeatJudge, profile: Profile, reference: Reference) -> Hashable:
    """What a question sees of an organisation: of its kinds, the question of a country only those it is waived for."""
    if judge in (country_for, excluded_country_for):
        return profile.country, profile.kinds if kinds.common(profile.kinds, reference.waived_kinds) else ()
    return attrgetter(*ASKED[judge])(profile)


def seat(situation: Situation, role: Role) -> Finding:
    """The worst of what is asked of that role; the first of them in the order of ASKED."""
    found = (situation.find(judge, role) for judge in ASKED)
    return min((finding for finding in found if finding is not None), key=grade)
