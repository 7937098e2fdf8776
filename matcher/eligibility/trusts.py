"""Hungarian public-interest trusts and what they maintain: who is surely none, and which calls the decision binds."""

from __future__ import annotations

from datetime import date

from matcher.eligibility import words
from matcher.eligibility.situation import Situation
from matcher.model import Answer, ApplicantKind
from matcher.model.said import said, to_say
from matcher.reference import Management

TRUSTS = "Council Implementing Decision (EU) 2022/2506, Article 2(2)"
TRUST = "hungarian_public_interest_trust"
"""The value of EXCLUDED_BODY for them."""
TRUSTS_SINCE = date(2022, 12, 16)
"""From that day no grant of direct or indirect management is signed with them (notice of the portal, January 2023)."""


def trust(situation: Situation) -> tuple[Answer, str, str]:
    """Whether the organisation is surely none, why, and what to find out."""
    if not is_in_hungary(situation):
        return Answer.MET, said(ELSEWHERE, country=words.country(situation.profile.country)), ""
    if ApplicantKind.LOCAL_AUTHORITY in situation.profile.kinds:
        return Answer.MET, said(AUTHORITY), ""
    return Answer.UNKNOWN, said(PERHAPS), said(FIND_OUT)


ELSEWHERE = to_say(
    "No EU grant is signed with Hungarian public-interest trusts and bodies that one maintains; the organisation is in "
    "%(country)s."
)
AUTHORITY = to_say(
    "No EU grant is signed with Hungarian public-interest trusts and bodies that one maintains; the organisation is a "
    "local authority and thus none."
)
PERHAPS = to_say(
    "No EU grant is signed with Hungarian public-interest trusts and bodies that one maintains; whether the "
    "organisation is one, its profile does not say."
)
FIND_OUT = to_say(
    "Look in the deed of foundation or ask who maintains the organisation: a trust under the Hungarian Act IX of"
    " 2021 or not. Such bodies may hand in proposals, but get no grant while the decision is in force."
)


def is_in_hungary(situation: Situation) -> bool:
    return situation.profile.country == "HU"


def decision_binds(situation: Situation) -> bool:
    """Whether the call's grants are signed under the decision: direct or indirect management, since that day."""
    programme = situation.programme
    if programme is None or situation.call.national or programme.management is Management.SHARED:
        return False
    return situation.deciding_day >= TRUSTS_SINCE
