"""Rules on where an organisation is: does its country take part, is it left out, does the call serve its region?"""

from __future__ import annotations

from matcher.eligibility.acts import FINANCIAL_REGULATION
from matcher.eligibility.finding import Finding
from matcher.eligibility.participation import country_for, excluded_country_for
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import Situation, best_seat
from matcher.eligibility.territory import area_for
from matcher.model import CriterionKind

COMMON_PROVISIONS = "Regulation (EU) 2021/1060"
SEAT_AND_STANDING = (
    "profile.country",
    "profile.kinds",
    "profile.roles",
    "call.criteria",
    "call.programme",
    "call.deadlines",
    "reference.participations",
)
"""Where an organisation sits, in which role it joins, and how its country stands in the programme that day."""


@rule(
    "Does the country take part?",
    f"{FINANCIAL_REGULATION}, Article 200, and the programme's basic act on participating countries",
    needs=SEAT_AND_STANDING,
    asks=country_for,
    kind=CriterionKind.COUNTRY,
)
def country(situation: Situation) -> Finding | None:
    """Applicants are established in a country that takes part in the programme on the submission day.

    The call's own list of countries wins. For a call for sub-grants that names none, the programme's countries are the
    outer limit only: such calls often serve a single country. International organisations are funded from anywhere
    where the call or the programme says so.
    """
    return best_seat(situation, country_for)


@rule(
    "Is the country left out?",
    f"{FINANCIAL_REGULATION}, Article 200 (the call may limit who is eligible)",
    needs=SEAT_AND_STANDING,
    asks=excluded_country_for,
    kind=CriterionKind.EXCLUDED_COUNTRY,
)
def excluded_country(situation: Situation) -> Finding | None:
    """A call may shut out countries that would otherwise take part, as Denmark in AMIF; arises where it says so."""
    return best_seat(situation, excluded_country_for)


@rule(
    "Does the call serve the organisation's area?",
    f"{COMMON_PROVISIONS}, Article 49(2) (the timetable states the area that a call covers)",
    needs=("profile.name", "profile.country", "profile.nuts", "call.national"),
)
def area(situation: Situation) -> Finding | None:
    """A regional call serves its region; one for the whole country serves every region. Arises for national calls."""
    return area_for(situation)
