"""Whether an organisation's country takes part: by the call's own list or by the programme's dated table."""

from __future__ import annotations

from matcher.days import day_words
from matcher.eligibility import kinds, words
from matcher.eligibility.finding import Finding, best_answer, worst_answer
from matcher.eligibility.groups import among, standing_of
from matcher.eligibility.situation import Situation
from matcher.model import Answer, Basis, CallKind, CountryGroup, Criterion, CriterionKind, Role
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
    said = situation.all_stated(CriterionKind.COUNTRY, role, _named_by_the_call)
    if said is not None:
        return said if said.answer is Answer.MET else _waived(situation) or said
    standing = standing_of(situation)
    usual = _no_standing(situation) if standing is None else _by_standing(situation, standing)
    return usual if usual.answer is Answer.MET else _waived(situation) or usual


def excluded_country_for(situation: Situation, role: Role) -> Finding | None:
    """Whether the call shuts the organisation's country out of that role; None: it shuts out none."""
    return situation.all_stated(CriterionKind.EXCLUDED_COUNTRY, role, _left_out)


def _of_one_country(situation: Situation, country: str) -> Finding:
    own, serves = words.country(situation.profile.country), words.country(country)
    reference = f"{NATIONAL_RULES}; {situation.terms.page('national')}"
    reason = f"The call is run by authorities of {serves} for its own programme"
    if situation.profile.country == country:
        return Finding(Answer.MET, f"{reason}, and the organisation is there.", Basis.CALL_RECORD, reference)
    return Finding(
        Answer.NOT_MET,
        f"{reason}; the organisation is in {own}.",
        Basis.CALL_RECORD,
        reference,
        remedy=f"Look for the calls of the programmes of {own}.",
    )


def _named_by_the_call(situation: Situation, said: Criterion) -> Finding:
    combine = worst_answer if said.together else best_answer
    answer = combine([among(situation, value) for value in said.values])
    named, own = words.countries(said.values), words.country(situation.profile.country)
    ending = {
        Answer.MET: f"{own} is among them",
        Answer.NOT_MET: f"{own} is not among them",
        Answer.UNKNOWN: f"whether {own} is among them is open",
    }[answer]
    standing = standing_of(situation) if not _DATED.isdisjoint(said.values) else None
    reason, remedy = f"The call is for applicants in {named}; {ending}.", ""
    reference = situation.terms.reference_of(said)
    if standing is not None and situation.profile.country not in said.values:
        table = _by_standing(situation, standing)
        reason, reference = f"{reason} {table.reason}", f"{reference}; {table.reference}"
        remedy = table.remedy if answer is Answer.UNKNOWN else ""
    if answer is not Answer.MET:
        remedy = remedy or _REMEDIES[answer].format(named=named)
    return Finding(answer, reason, said.basis, reference, said.quote, remedy)


_REMEDIES = {
    Answer.NOT_MET: "Only applicants in {named} are funded by this call.",
    Answer.UNKNOWN: "Only applicants in {named} are funded by this call; look for the list of these countries.",
}


def _left_out(situation: Situation, said: Criterion) -> Finding:
    opposite = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET, Answer.UNKNOWN: Answer.UNKNOWN}
    answer = opposite[best_answer([among(situation, value) for value in said.values])]
    own = words.country(situation.profile.country)
    ending, remedy = {
        Answer.MET: (f"{own} is not among them", ""),
        Answer.UNKNOWN: (f"whether {own} is among them is open", "Ask the contact of the call."),
        Answer.NOT_MET: (f"{own} is among them", "Only an organisation in another country can be funded."),
    }[answer]
    seat = f" as {words.ROLES[said.role]}" if said.role else ""
    reason = f"The call leaves out applicants in {words.countries(said.values)}{seat}; {ending}."
    return Finding(answer, reason, said.basis, situation.terms.reference_of(said), said.quote, remedy)


def _waived(situation: Situation) -> Finding | None:
    """Kinds that a programme funds wherever they are, such as international organisations."""
    waiver = situation.programme.anywhere if situation.programme else None
    if waiver is None or not kinds.common(situation.profile.kinds, waiver.kinds):
        return None
    return Finding(
        Answer.MET,
        f"Usual for {situation.programme_name}: {words.kinds(waiver.kinds)} are funded wherever they are established; "
        "the organisation is among them.",
        Basis.PROGRAMME_RULE,
        f"{waiver.source} (as of {day_words(waiver.as_of)})",
    )


def _no_standing(situation: Situation) -> Finding:
    country = words.country(situation.profile.country)
    return Finding(
        Answer.UNKNOWN,
        f"It is not known whether {country} takes part in {situation.programme_name}"
        f" {situation.terms.on_the_deciding_day}, and the call names no countries.",
        remedy="Look for the list of participating countries on the call's page.",
    )


def _by_standing(situation: Situation, standing: Participation) -> Finding:
    country, name = words.country(situation.profile.country), situation.programme_name
    law = situation.programme.legal_act if situation.programme else ""
    named = standing.source if law in standing.source else f"{law}; {standing.source}"
    reference = f"{named} (as of {day_words(standing.as_of)})"
    answer, said, remedy = _STANDINGS[standing.standing]
    if answer is Answer.MET and situation.call.kind is CallKind.CASCADE:
        answer, remedy = Answer.UNKNOWN, "Read in the sub-grant call which countries it serves."
        said += "; but a sub-grant call often serves only some of the countries, and this one names none"
    note = "" if standing.standing is Standing.MEMBER else f" {standing.note}"
    told = said.format(country=country, name=name, when=situation.terms.on_the_deciding_day)
    return Finding(answer, f"{words.sentence(told)}.{note}".rstrip(), Basis.PROGRAMME_RULE, reference, remedy=remedy)


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
