"""Whether a national call serves the place where an organisation is: by region, never by nearness."""

from __future__ import annotations

from matcher.areas import covers
from matcher.eligibility import words
from matcher.eligibility.finding import Finding
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Area, Basis


def area_for(situation: Situation) -> Finding | None:
    """The call's area against the organisation's region; None for calls that are not national."""
    national, profile = situation.call.national, situation.profile
    if national is None:
        return None
    answer = covers(national.area.codes, national.area.narrower, profile.country, profile.nuts)
    if profile.country != national.country:
        answer = Answer.NOT_MET
    return Finding(
        answer,
        f"{_serves(national.area, national.country)}; {_ending(situation, answer)}.",
        Basis.CALL_RECORD,
        situation.terms.page("national"),
        remedy=_remedy(situation, answer),
    )


def _serves(area: Area, country: str) -> str:
    if area.text:
        return f"The call serves “{area.text}”"
    if area.codes:
        return f"The call serves {', '.join(area.codes)}"
    return f"The call's list does not say which part of {words.country(country)} it serves"


def _ending(situation: Situation, answer: Answer) -> str:
    profile = situation.profile
    where = f"{profile.name} ({profile.nuts})" if profile.nuts else f"{profile.name}, {words.country(profile.country)},"
    if answer is Answer.MET:
        return f"{where} lies in it"
    return f"{where} does not lie in it" if answer is Answer.NOT_MET else f"whether {where} lies in it is open"


def _remedy(situation: Situation, answer: Answer) -> str:
    if answer is Answer.MET:
        return ""
    if answer is Answer.NOT_MET:
        return "Look for the call of the organisation's own region."
    if situation.profile.nuts is None:
        return "Enter the organisation's region (NUTS code) in the profile."
    return "Look up the area in the call document."
