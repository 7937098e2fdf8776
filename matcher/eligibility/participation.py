"""Whether an organisation's country takes part: by the call's own list or by the programme's dated table."""

from __future__ import annotations

from matcher.days import date_words, day_words
from matcher.eligibility import words
from matcher.eligibility.registry import Finding
from matcher.eligibility.situation import Situation, Statement
from matcher.model import Answer, Basis, CallKind, CriterionKind, Precision, Role
from matcher.reference import Participation, Standing

NATIONAL_RULES = (
    "Regulation (EU) 2021/1060, Article 63(1) (expenditure is eligible by national rules), "
    "Article 73 (the managing authority selects by criteria of its own)"
)


def country_for(situation: Situation, role: Role) -> Finding:
    """That of a national call, else the call's own list, else the programme's dated table on the deciding day."""
    if situation.call.national:
        return _of_one_country(situation, situation.call.national.country)
    said = situation.stated(CriterionKind.COUNTRY, role)
    if said is not None:
        return _named_by_the_call(situation, said)
    standing = situation.reference.standing(
        situation.call.programme or "", situation.profile.country, situation.deciding_day
    )
    return _no_standing(situation) if standing is None else _by_standing(situation, standing)


def _of_one_country(situation: Situation, country: str) -> Finding:
    own, serves = words.country(situation.profile.country), words.country(country)
    reference = f"{NATIONAL_RULES}; {words.page(situation.call, 'national')}"
    reason = f"The call is run by authorities of {serves} for its own programme"
    if situation.profile.country == country:
        return Finding(Answer.MET, f"{reason}, and {situation.profile.name} is there.", Basis.CALL_RECORD, reference)
    return Finding(
        Answer.NOT_MET,
        f"{reason}; {situation.profile.name} is in {own}.",
        Basis.CALL_RECORD,
        reference,
        remedy=f"Look for the calls of the programmes of {own}.",
    )


def _named_by_the_call(situation: Situation, said: Statement) -> Finding:
    own = situation.profile.country
    named = words.countries(said.values)
    if own in said.values:
        answer, ending = Answer.MET, f"{words.country(own)} is among them"
    elif all(map(words.is_country, said.values)):
        answer, ending = Answer.NOT_MET, f"{words.country(own)} is not among them"
    else:
        answer, ending = Answer.UNKNOWN, f"whether {words.country(own)} is among them is open"
    return Finding(
        answer,
        f"The call is for applicants in {named}; {ending}.",
        said.basis,
        words.page(situation.call, "criteria"),
        said.quote,
        remedy="" if answer is Answer.MET else f"Only applicants in {named} are funded by this call.",
    )


def _no_standing(situation: Situation) -> Finding:
    country = words.country(situation.profile.country)
    return Finding(
        Answer.UNKNOWN,
        f"It is not known whether {country} takes part in {situation.programme_name}"
        f" {_on_the_deciding_day(situation)}, and the call names no countries.",
        remedy="Look for the list of participating countries on the call's page.",
    )


def _by_standing(situation: Situation, standing: Participation) -> Finding:
    country, name = words.country(situation.profile.country), situation.programme_name
    when = _on_the_deciding_day(situation)
    law = situation.programme.legal_act if situation.programme else ""
    named = standing.source if law in standing.source else f"{law}; {standing.source}"
    reference = f"{named} (as of {day_words(standing.as_of)})"
    answer, said, remedy = _STANDINGS[standing.standing]
    if answer is Answer.MET and situation.call.kind is CallKind.CASCADE:
        answer, remedy = Answer.UNKNOWN, "Read in the sub-grant call which countries it serves."
        said += "; but a sub-grant call often serves only some of the countries, and this one names none"
    note = "" if standing.standing is Standing.MEMBER else f" {standing.note}"
    reason = f"{words.sentence(said.format(country=country, name=name, when=when))}.{note}".rstrip()
    return Finding(answer, reason, Basis.PROGRAMME_RULE, reference, remedy=remedy)


_STANDINGS = {
    Standing.MEMBER: (Answer.MET, "{country} takes part in {name} {when}", ""),
    Standing.ASSOCIATED: (Answer.MET, "{country} is associated to {name} {when}", ""),
    Standing.NEGOTIATING: (
        Answer.UNKNOWN,
        "conditional: {country} is negotiating its association to {name} {when}; applicants can be funded only if the"
        " agreement takes effect before the grant is signed",
        "Ask the programme's contact point whether the agreement will be in force.",
    ),
    Standing.NOT_PARTICIPATING: (
        Answer.NOT_MET,
        "not fundable for {country}: it does not take part in {name} {when}",
        "Only an organisation in a participating country can be funded.",
    ),
}


def _on_the_deciding_day(situation: Situation) -> str:
    last = situation.call.final_deadline
    if last is None:
        return f"on {day_words(situation.on)}"
    when = date_words(last.day, last.precision)
    is_a_day = last.precision in (Precision.DAY, Precision.MINUTE)
    return f"on the submission day, {when}" if is_a_day else f"when applications end, {when}"
