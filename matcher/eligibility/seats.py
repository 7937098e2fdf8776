"""Who may take a seat in a project: kind, country and size, asked for one role. Rules and routes build on it."""

from __future__ import annotations

from matcher.days import day_words
from matcher.eligibility import kinds, words
from matcher.eligibility.participation import country_for
from matcher.eligibility.registry import Finding, grade
from matcher.eligibility.situation import Situation, Statement
from matcher.model import Answer, Basis, CriterionKind, Quote, Role

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
        f"The call wants {words.kinds(said.values)} as {_seat_name(situation, role)}; {_own_kinds(situation, answer)}.",
        said.basis,
        words.page(situation.call, "criteria"),
        said.quote,
        remedy="" if answer is Answer.MET else "Read how the call document defines these applicants.",
    )


def _seat_name(situation: Situation, role: Role) -> str:
    """A national call is applied to by one body as a rule, without the seats of a project across borders."""
    return "applicant" if situation.call.national else words.ROLES[role]


def _unsorted_words(situation: Situation) -> Finding:
    text = situation.call.applicants[:QUOTED]
    return Finding(
        Answer.UNKNOWN,
        "The call says who may apply in words that are not sorted into kinds of applicant.",
        Basis.CALL_RECORD,
        words.page(situation.call, "applicants"),
        Quote(text=text, place="applicants", start=0, end=len(text)),
        remedy="Read the quoted words and compare them with your organisation.",
    )


def _usual_kinds(situation: Situation, role: Role) -> Finding:
    usual = situation.usual(role)
    if usual is None:
        return Finding(
            Answer.UNKNOWN,
            f"Neither the call's record nor a rule of {situation.programme_name} says who may be"
            f" {_seat_name(situation, role)}.",
            remedy="Read the section on eligible applicants in the call document.",
        )
    answer = kinds.fits(situation.profile.kinds, usual.kinds)
    named = kinds.common(situation.profile.kinds, usual.kinds) or usual.kinds
    return Finding(
        answer,
        f"Usual for {situation.programme_name}: {words.kinds(named)} as {_seat_name(situation, role)}; "
        f"{_own_kinds(situation, answer)}.",
        Basis.PROGRAMME_RULE,
        f"{usual.source} (as of {day_words(usual.as_of)})",
        remedy="" if answer is Answer.MET else READ_THE_CALL,
    )


def _own_kinds(situation: Situation, answer: Answer) -> str:
    name = situation.profile.name
    if answer is Answer.MET:
        return f"{name} is among them"
    ending = ", not among them" if answer is Answer.NOT_MET else "; whether that counts is open"
    return f"{name} is entered under {words.kinds(situation.profile.kinds)}{ending}"


def size_for(situation: Situation, role: Role) -> Finding | None:
    """Inhabitants of a municipality against the call's or, for who leads, the programme's limit; None: no limit."""
    if not situation.is_municipality:
        return None
    if situation.stated(CriterionKind.POPULATION) is not None:
        said = situation.stated(CriterionKind.POPULATION, role)
        page = words.page(situation.call, "criteria")
        return _enough(situation, said.number, said.basis, page, said.quote) if said else None
    limit = situation.reference.population(situation.call.programme or "", situation.deciding_day)
    if limit is None or role is not Role.COORDINATOR:
        return None
    source = f"{limit.source} (as of {day_words(limit.as_of)}) {limit.note}".rstrip()
    return _enough(situation, limit.minimum, Basis.PROGRAMME_RULE, source)


def _enough(
    situation: Situation, minimum: int | None, basis: Basis, reference: str, quote: Quote | None = None
) -> Finding:
    own = situation.profile.population
    if minimum is None:
        reason = "The call sets a least number of inhabitants that was not understood."
        return Finding(Answer.UNKNOWN, reason, basis, reference, quote, READ_THE_CALL)
    needed = f"An applying urban authority needs at least {minimum:,} inhabitants"
    if own is None:
        remedy = "Enter the population with its source in the profile."
        return Finding(Answer.UNKNOWN, f"{needed}; the profile gives no population.", basis, reference, quote, remedy)
    reason = f"{needed}; {situation.profile.name} has {own.value:,} ({own.as_of}, {own.source})."
    if own.value >= minimum:
        return Finding(Answer.MET, reason, basis, reference, quote)
    remedy = "Look whether neighbouring authorities may reach the number together, or join a larger one as partner."
    return Finding(Answer.NOT_MET, reason, basis, reference, quote, remedy)
