"""Whether an organisation's country takes part: by the call's own list or by the programme's dated table."""

from __future__ import annotations

from matcher.eligibility import kinds, words
from matcher.eligibility.finding import Finding, best_answer, worst_answer
from matcher.eligibility.groups import among, standing_of
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Basis, CallKind, CountryGroup, Criterion, CriterionKind, Role, said, to_say, together
from matcher.reference import Participation, Standing

NATIONAL_RULES = (
    "Regulation (EU) 2021/1060, Article 63(1) (expenditure is eligible by national rules), "
    "Article 73 (the managing authority selects by criteria of its own)"
)
_DATED = frozenset({CountryGroup.PARTICIPATING, CountryGroup.ASSOCIATED, CountryGroup.NEGOTIATING, CountryGroup.ANY})
"""Groups of which the programme's table says who is in them."""


def country_for(situation: Situation, role: Role) -> Finding:
    """That of a national call, else the call's own list, else the programme's dated table on the deciding day."""
    if situation.call.national:
        return _of_one_country(situation, situation.call.national.country)
    clause = situation.all_stated(CriterionKind.COUNTRY, role, _named_by_the_call)
    if clause is not None:
        return clause if clause.answer is Answer.MET else _waived(situation) or clause
    standing = standing_of(situation)
    usual = _no_standing(situation) if standing is None else _by_standing(situation, standing)
    return usual if usual.answer is Answer.MET else _waived(situation) or usual


def excluded_country_for(situation: Situation, role: Role) -> Finding | None:
    """Whether the call shuts the organisation's country out of that role; None: it shuts out none."""
    return situation.all_stated(CriterionKind.EXCLUDED_COUNTRY, role, _left_out)


def _of_one_country(situation: Situation, country: str) -> Finding:
    own, serves = words.country(situation.profile.country), words.country(country)
    reference = words.sources([NATIONAL_RULES, situation.terms.page("national")])
    if situation.profile.country == country:
        return Finding(Answer.MET, said(OF_OURS, country=serves), Basis.CALL_RECORD, reference)
    remedy = said("Look for the calls of the programmes of %(country)s.", country=own)
    reason = said(OF_OTHERS, country=serves, own=own)
    return Finding(Answer.NOT_MET, reason, Basis.CALL_RECORD, reference, remedy=remedy)


OF_OURS = to_say("The call is run by authorities of %(country)s for its own programme, and the organisation is there.")
OF_OTHERS = to_say(
    "The call is run by authorities of %(country)s for its own programme; the organisation is in %(own)s."
)


def _named_by_the_call(situation: Situation, clause: Criterion) -> Finding:
    combine = worst_answer if clause.together else best_answer
    answer = combine([among(situation, value) for value in clause.values])
    named, own = words.countries(clause.values), words.country(situation.profile.country)
    standing = standing_of(situation) if not _DATED.isdisjoint(clause.values) else None
    reason, remedy = said(_NAMED[answer], countries=named, own=own), ""
    reference = situation.terms.reference_of(clause)
    if standing is not None and situation.profile.country not in clause.values:
        table = _by_standing(situation, standing)
        reason, reference = together(reason, table.reason), words.sources([reference, table.reference])
        remedy = table.remedy if answer is Answer.UNKNOWN else ""
    if answer is not Answer.MET:
        remedy = remedy or said(_REMEDIES[answer], countries=named)
    return Finding(answer, reason, clause.basis, reference, clause.quote, remedy)


_NAMED = {
    Answer.MET: to_say("The call is for applicants in %(countries)s; %(own)s is among them."),
    Answer.NOT_MET: to_say("The call is for applicants in %(countries)s; %(own)s is not among them."),
    Answer.UNKNOWN: to_say("The call is for applicants in %(countries)s; whether %(own)s is among them is open."),
}
_REMEDIES = {
    Answer.NOT_MET: to_say("Only applicants in %(countries)s are funded by this call."),
    Answer.UNKNOWN: to_say(
        "Only applicants in %(countries)s are funded by this call; look for the list of these countries."
    ),
}


def _left_out(situation: Situation, clause: Criterion) -> Finding:
    opposite = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET, Answer.UNKNOWN: Answer.UNKNOWN}
    answer = opposite[best_answer([among(situation, value) for value in clause.values])]
    own = words.country(situation.profile.country)
    ending, remedy = {
        Answer.MET: (said("%(country)s is not among them", country=own), ""),
        Answer.UNKNOWN: (
            said("whether %(country)s is among them is open", country=own),
            said("Ask the contact of the call."),
        ),
        Answer.NOT_MET: (
            said("%(country)s is among them", country=own),
            said("Only an organisation in another country can be funded."),
        ),
    }[answer]
    out = words.countries(clause.values)
    if clause.role:
        role = words.ROLES[clause.role]
        reason = said(LEFT_OUT_AS, countries=out, role=role, ending=ending)
    else:
        reason = said("The call leaves out applicants in %(countries)s; %(ending)s.", countries=out, ending=ending)
    return Finding(answer, reason, clause.basis, situation.terms.reference_of(clause), clause.quote, remedy)


LEFT_OUT_AS = to_say("The call leaves out applicants in %(countries)s as %(role)s; %(ending)s.")


def _waived(situation: Situation) -> Finding | None:
    """Kinds that a programme funds wherever they are, such as international organisations."""
    waiver = situation.programme.anywhere if situation.programme else None
    if waiver is None or not kinds.common(situation.profile.kinds, waiver.kinds):
        return None
    reason = said(WAIVED, programme=situation.programme_name, kinds=words.kinds(waiver.kinds))
    return Finding(Answer.MET, reason, Basis.PROGRAMME_RULE, words.as_of(waiver.source, waiver.as_of))


WAIVED = to_say(
    "Usual for %(programme)s: %(kinds)s are funded wherever they are established; the organisation is among them."
)


def _no_standing(situation: Situation) -> Finding:
    reason = said(
        "It is not known whether %(country)s takes part in %(programme)s %(when)s, and the call names no countries.",
        country=words.country(situation.profile.country),
        programme=situation.programme_name,
        when=situation.terms.on_the_deciding_day,
    )
    remedy = said("Look for the list of participating countries on the call's page.")
    return Finding(Answer.UNKNOWN, reason, remedy=remedy)


def _by_standing(situation: Situation, standing: Participation) -> Finding:
    law = situation.programme.legal_act if situation.programme else ""
    reference = words.as_of(
        standing.source if law in standing.source else words.sources((law, standing.source)), standing.as_of
    )
    answer, message, remedy = _STANDINGS[standing.standing]
    if answer is Answer.MET and situation.call.kind is CallKind.CASCADE:
        answer, remedy = Answer.UNKNOWN, said("Read in the sub-grant call which countries it serves.")
        message = _SUB_GRANTS[standing.standing]
    told = said(
        message,
        country=words.country(situation.profile.country),
        programme=situation.programme_name,
        when=situation.terms.on_the_deciding_day,
    )
    note = "" if standing.standing is Standing.MEMBER else standing.note
    return Finding(answer, together(words.sentence(told), note), Basis.PROGRAMME_RULE, reference, remedy=remedy)


_STANDINGS: dict[Standing, tuple[Answer, str, str]] = {
    Standing.MEMBER: (Answer.MET, to_say("%(country)s takes part in %(programme)s %(when)s."), ""),
    Standing.ASSOCIATED: (Answer.MET, to_say("%(country)s is associated to %(programme)s %(when)s."), ""),
    Standing.NEGOTIATING: (
        Answer.UNKNOWN,
        to_say(
            "Conditional: %(country)s is negotiating its association to %(programme)s %(when)s; applicants can be"
            " funded only if the agreement takes effect before the grant is signed."
        ),
        said("Ask the programme's contact point whether the agreement will be in force."),
    ),
    Standing.NOT_PARTICIPATING: (
        Answer.NOT_MET,
        to_say("Not fundable for %(country)s: it does not take part in %(programme)s %(when)s."),
        said("Only an organisation in a participating country can be funded."),
    ),
}
_SUB_GRANTS = {
    Standing.MEMBER: to_say(
        "%(country)s takes part in %(programme)s %(when)s; but a sub-grant call often serves only some of the"
        " countries, and this one names none."
    ),
    Standing.ASSOCIATED: to_say(
        "%(country)s is associated to %(programme)s %(when)s; but a sub-grant call often serves only some of the"
        " countries, and this one names none."
    ),
}
"""The same of a sub-grant call whose countries are not named."""
