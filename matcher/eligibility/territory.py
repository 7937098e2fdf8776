"""Whether a national call serves the place where an organisation is: by region, never by nearness."""

from __future__ import annotations

from matcher.areas import covers
from matcher.eligibility import words
from matcher.eligibility.finding import Finding
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Area, Basis, Said, said


def area_for(situation: Situation) -> Finding | None:
    """The call's area against the organisation's region; None for calls that are not national."""
    national, profile = situation.call.national, situation.profile
    if national is None:
        return None
    answer = covers(national.area.codes, national.area.narrower, profile.country, profile.nuts)
    if profile.country != national.country:
        answer = Answer.NOT_MET
    reason = said(
        "%(serves)s; %(ending)s.", serves=_serves(national.area, national.country), ending=_ending(situation, answer)
    )
    page = situation.terms.page("national")
    return Finding(answer, reason, Basis.CALL_RECORD, page, remedy=_remedy(situation, answer))


def _serves(area: Area, country: str) -> Said:
    if area.text:
        return said("The call serves “%(area)s”", area=area.text)
    if area.codes:
        return said("The call serves %(codes)s", codes=", ".join(area.codes))
    return said("The call's list does not say which part of %(country)s it serves", country=words.country(country))


def _ending(situation: Situation, answer: Answer) -> Said:
    profile = situation.profile
    if profile.nuts:
        where = said("%(name)s (%(region)s)", name=profile.name, region=profile.nuts)
    else:
        where = said("%(name)s, %(country)s,", name=profile.name, country=words.country(profile.country))
    if answer is Answer.MET:
        return said("%(where)s lies in it", where=where)
    if answer is Answer.NOT_MET:
        return said("%(where)s does not lie in it", where=where)
    return said("whether %(where)s lies in it is open", where=where)


def _remedy(situation: Situation, answer: Answer) -> str:
    if answer is Answer.MET:
        return ""
    if answer is Answer.NOT_MET:
        return said("Look for the call of the organisation's own region.")
    if situation.profile.nuts is None:
        return said("Enter the organisation's region (NUTS code) in the profile.")
    return said("Look up the area in the call document.")
