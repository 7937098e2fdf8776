"""Who may take a seat in a project: kind, country and size, asked for one role. Rules and routes build on it."""

from __future__ import annotations

from matcher.eligibility import kinds, words
from matcher.eligibility.registry import Finding, grade
from matcher.eligibility.situation import Situation, Statement
from matcher.model import Answer, Basis, CallKind, CriterionKind, Quote, Role
from matcher.reference import Participation, Standing

READ_THE_CALL = "Read the call document; its own conditions win."
QUOTED = 300
"""Characters of the call's own words that a verdict quotes."""


def seat(situation: Situation, role: Role) -> Finding:
    """Whether the organisation may take that role: the worst of kind, country and size."""
    asked = [kind_for(situation, role), country_for(situation, role)]
    size = size_for(situation, role)
    return min([*asked, size] if size else asked, key=grade)


def kind_for(situation: Situation, role: Role) -> Finding:
    """Applicant kind: the call's condition, else its unsorted words, else what is usual in the programme."""
    said = situation.stated(CriterionKind.APPLICANT_KIND, role)
    if said is not None:
        return _stated_kinds(situation, role, said)
    if situation.call.applicants:
        return _unsorted_words(situation)
    return _usual_kinds(situation, role)


def _stated_kinds(situation: Situation, role: Role, said: Statement) -> Finding:
    answer = kinds.fits(situation.profile.kinds, said.values)
    return Finding(
        answer,
        f"The call wants {words.kinds(said.values)} as {words.ROLES[role]}; {_own_kinds(situation, answer)}.",
        said.basis,
        words.page(situation.call),
        said.quote,
        remedy="" if answer is Answer.MET else "Read how the call document defines these applicants.",
    )


def _unsorted_words(situation: Situation) -> Finding:
    text = situation.call.applicants[:QUOTED]
    return Finding(
        Answer.UNKNOWN,
        "The call says who may apply in words that are not sorted into kinds of applicant.",
        Basis.CALL_RECORD,
        words.page(situation.call),
        Quote(text=text, place="applicants", start=0, end=len(text)),
        remedy="Read the quoted words and compare them with your organisation.",
    )


def _usual_kinds(situation: Situation, role: Role) -> Finding:
    usual = situation.usual(role)
    if usual is None:
        return Finding(
            Answer.UNKNOWN,
            f"Neither the call's record nor a rule of {situation.programme_name} says who may be {words.ROLES[role]}.",
            remedy="Read the section on eligible applicants in the call document.",
        )
    answer = kinds.fits(situation.profile.kinds, usual.kinds)
    return Finding(
        answer,
        f"Usual for {situation.programme_name}: {words.kinds(usual.kinds)} as {words.ROLES[role]}; "
        f"{_own_kinds(situation, answer)}.",
        Basis.PROGRAMME_RULE,
        f"{usual.source} (as of {words.day(usual.as_of)})",
        remedy="" if answer is Answer.MET else READ_THE_CALL,
    )


def _own_kinds(situation: Situation, answer: Answer) -> str:
    own = f"{situation.profile.name} is entered under {words.kinds(situation.profile.kinds)}"
    endings = {Answer.NOT_MET: ", not among them", Answer.UNKNOWN: "; whether that counts is open"}
    return own + endings.get(answer, "")


def country_for(situation: Situation, role: Role) -> Finding:
    """Country: the call's own list, else the programme's dated table on the deciding day, else unknown."""
    said = situation.stated(CriterionKind.COUNTRY, role)
    if said is not None:
        return _stated_countries(situation, said)
    standing = situation.reference.standing(
        situation.call.programme or "", situation.profile.country, situation.deciding_day
    )
    return _no_standing(situation) if standing is None else _by_standing(situation, standing)


def _stated_countries(situation: Situation, said: Statement) -> Finding:
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
        words.page(situation.call),
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
    reference = f"{law}; {standing.source} (as of {words.day(standing.as_of)})".removeprefix("; ")
    answer, said, remedy = _STANDINGS[standing.standing]
    if answer is Answer.MET and situation.call.kind is CallKind.CASCADE:
        answer, remedy = Answer.UNKNOWN, "Read in the sub-grant call which countries it serves."
        said += "; but a sub-grant call often serves only some of the countries, and this one names none"
    reason = words.sentence(said.format(country=country, name=name, when=when)) + "."
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
    day = words.day(situation.deciding_day)
    return f"on the submission day, {day}" if situation.call.final_day else f"on {day}"


def size_for(situation: Situation, role: Role) -> Finding | None:
    """Inhabitants of a municipality against the call's or, for who leads, the programme's limit; None: no limit."""
    if not situation.is_municipality:
        return None
    said = situation.stated(CriterionKind.POPULATION, role)
    if said is not None:
        return _compare(situation, said.number, said.basis, words.page(situation.call), said.quote, READ_THE_CALL)
    limit = situation.population_rule
    if limit is None or role is not Role.COORDINATOR:
        return None
    source = f"{limit.source} (as of {words.day(limit.as_of)})"
    return _compare(situation, limit.minimum, Basis.PROGRAMME_RULE, source, None, limit.note or READ_THE_CALL)


def _compare(
    situation: Situation, minimum: int | None, basis: Basis, reference: str, quote: Quote | None, remedy: str
) -> Finding:
    own = situation.profile.population
    if minimum is None or own is None:
        reason = (
            f"An applying urban authority needs at least {minimum:,} inhabitants; the profile gives no population."
            if minimum is not None
            else "The call sets a least number of inhabitants that was not understood."
        )
        missing = "Enter the population with its source in the profile." if own is None else READ_THE_CALL
        return Finding(Answer.UNKNOWN, reason, basis, reference, quote, missing)
    answer = Answer.MET if own.value >= minimum else Answer.NOT_MET
    reason = (
        f"An applying urban authority needs at least {minimum:,} inhabitants;"
        f" {situation.profile.name} has {own.value:,} ({own.as_of}, {own.source})."
    )
    return Finding(answer, reason, basis, reference, quote, remedy="" if answer is Answer.MET else remedy)
