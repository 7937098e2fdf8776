"""The rules: one function per question, with its law and the facts it needs.

Silence is unknown, never no. What the call says wins; the programme's rules fill in, marked as usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.days import date_words, day_words
from matcher.eligibility import seats, words
from matcher.eligibility.participation import country_for
from matcher.eligibility.registry import RULES, Finding, grade, rule
from matcher.eligibility.situation import Situation
from matcher.eligibility.territory import area_for
from matcher.model import (
    Answer,
    Basis,
    Call,
    CallStatus,
    CriterionKind,
    DeadlineModel,
    Precision,
    Profile,
    Role,
    Verdict,
)
from matcher.reference import Reference

COMMON_PROVISIONS = "Regulation (EU) 2021/1060"
FINANCIAL_REGULATION = "Regulation (EU, Euratom) 2024/2509"
GRANT_AGREEMENT = "EU model grant agreement"


def assess(profile: Profile, call: Call, on: date, reference: Reference) -> tuple[Verdict, ...]:
    """The verdicts of all rules whose question arises, in the order of RULES."""
    situation = Situation(profile, call, on, reference)
    verdicts = (each.verdict(situation) for each in RULES.values())
    return tuple(verdict for verdict in verdicts if verdict is not None)


@rule(
    "Can one apply now or later?",
    f"{FINANCIAL_REGULATION}, Article 197 (calls state their final date)",
    needs=("call.opening", "call.deadlines", "call.deadline_model", "call.published_status"),
)
def call_status(situation: Situation) -> Finding:
    """A proposal must arrive by the call's deadline: a call that is open or still to open can be applied to."""
    call = situation.call
    answer, reason, remedy = {
        CallStatus.OPEN: (Answer.MET, _open_until(call), ""),
        CallStatus.FORTHCOMING: (Answer.MET, _opens_on(call), ""),
        CallStatus.CLOSED: (Answer.NOT_MET, _closed_on(call, situation.on), "Look out for the next call of this kind."),
        CallStatus.UNKNOWN: (Answer.UNKNOWN, _undated(call), "Look up the dates on the call's page."),
    }[call.status(situation.on)]
    return Finding(answer, reason, Basis.CALL_RECORD, words.page(call, "deadlines"), remedy=remedy)


def _open_until(call: Call) -> str:
    last = call.final_deadline
    return f"Open until {date_words(last.day, last.precision)}." if last else "Open, without a closing day."


def _opens_on(call: Call) -> str:
    if call.opening is None:
        return "Announced; the opening day is not known yet."
    return f"{'Planned to open' if call.is_planned else 'Opens'} {_when(call.opening, call.opening_precision)}."


def _when(first: date, precision: Precision) -> str:
    return f"{'on' if precision in (Precision.DAY, Precision.MINUTE) else 'in'} {date_words(first, precision)}"


def _closed_on(call: Call, on: date) -> str:
    last = call.final_deadline
    if last and last.last_day < on:
        return f"{'Was planned to close' if call.is_planned else 'Closed'} {_when(last.day, last.precision)}."
    return f"Closed, as its authority said on {day_words(call.as_of)}."


def _undated(call: Call) -> str:
    if call.is_planned and call.opening:
        planned = _when(call.opening, call.opening_precision)
        return f"It was planned to open {planned}; whether it did, the timetable does not say."
    missing = "opening day" if call.deadlines or call.deadline_model is DeadlineModel.PERMANENT else "deadline"
    return f"The record gives no {missing}, so that it is not known whether one can apply."


@rule(
    "May this kind of organisation apply?",
    f"{FINANCIAL_REGULATION}, Article 200 (eligible applicants)",
    needs=("profile.kinds", "call.criteria", "call.applicants", "reference.programmes"),
)
def applicant_kind(situation: Situation) -> Finding:
    """The call sets the categories of eligible applicants; one role it takes on is enough."""
    return max((seats.kind_for(situation, role) for role in situation.seats), key=grade)


@rule(
    "Does the country take part?",
    f"{FINANCIAL_REGULATION}, Article 200, and the programme's basic act on participating countries",
    needs=("profile.country", "call.criteria", "call.programme", "call.deadlines", "reference.participations"),
)
def country(situation: Situation) -> Finding:
    """Applicants are established in a country that takes part in the programme on the submission day.

    The call's own list of countries wins. For a call for sub-grants that names none, the programme's countries are the
    outer limit only: such calls often serve a single country.
    """
    return max((country_for(situation, role) for role in situation.seats), key=grade)


@rule(
    "Does the call serve the organisation's area?",
    f"{COMMON_PROVISIONS}, Article 49(2) (the timetable states the area that a call covers)",
    needs=("profile.country", "profile.nuts", "call.national"),
)
def area(situation: Situation) -> Finding | None:
    """A regional call serves its region; one for the whole country serves every region. Arises for national calls."""
    return area_for(situation)


@rule(
    "Does the municipality have the inhabitants asked for?",
    "European Urban Initiative, guidance for innovative actions, part 1.5 (urban authorities)",
    needs=("profile.type", "profile.population", "call.criteria", "call.programme", "reference.populations"),
)
def population(situation: Situation) -> Finding | None:
    """Some calls let only urban authorities of a least size lead; arises for municipalities in those calls."""
    found = [size for role in situation.seats if (size := seats.size_for(situation, role))]
    return min(found, key=grade, default=None)


@rule(
    "Does the call offer a role the organisation can take on?",
    f"{GRANT_AGREEMENT}, Articles 7 to 9 (beneficiaries, coordinator, other participants)",
    needs=("profile.roles", "call.kind", "call.criteria"),
)
def role(situation: Situation) -> Finding | None:
    """A topic seeks a coordinator and beneficiaries, a sub-grant call third parties; a call may name less.

    Arises under the EU's grant agreement; a national call has applicants only, under rules of its own.
    """
    if situation.call.national:
        return None
    said = situation.stated(CriterionKind.ROLE)
    basis = said.basis if said else Basis.PROGRAMME_RULE
    offered, name = _roles(situation.offered), situation.profile.name
    if situation.taken:
        return Finding(Answer.MET, f"{name} can be {_roles(situation.taken)}, which the call offers.", basis)
    if said and set(Role).isdisjoint(said.values):
        reason = f"The call offers roles that were not understood: {words.listing(said.values)}."
        return Finding(Answer.UNKNOWN, reason, basis, quote=said.quote, remedy=seats.READ_THE_CALL)
    return Finding(
        Answer.NOT_MET,
        f"The call seeks a {offered}; {name} takes part only as {_roles(situation.profile.roles)}.",
        basis,
        quote=said.quote if said else None,
        remedy="If the organisation can take on that role, add it to the profile.",
    )


def _roles(roles: Sequence[Role]) -> str:
    return words.listing((words.ROLES[role] for role in roles), "or")


@rule(
    "Does it take partners?",
    f"{FINANCIAL_REGULATION}, Article 200, and {GRANT_AGREEMENT}, Article 7 (joint applications)",
    needs=("call.criteria",),
    answers=(Answer.MET, Answer.UNKNOWN),
)
def consortium(situation: Situation) -> Finding | None:
    """A call may ask for several applicants or countries. That is a task, no exclusion: partners can be found.

    Of a national call, whose partnerships follow national rules, nothing is asked until its documents are read.
    """
    if situation.call.national:
        return None
    said = [situation.stated(kind) for kind in (CriterionKind.MIN_APPLICANTS, CriterionKind.MIN_COUNTRIES)]
    applicants, countries = (statement.number if statement else None for statement in said)
    source = next((statement for statement in said if statement), None)
    if source is None or (applicants is None and (countries or 1) == 1):
        return Finding(
            Answer.UNKNOWN,
            "The call's record does not say how many applicants it takes.",
            remedy="Read the consortium section of the call document.",
        )
    reason, remedy = _partners(applicants, countries or 1)
    answer = Answer.UNKNOWN if remedy else Answer.MET
    return Finding(answer, reason, source.basis, words.page(situation.call, "criteria"), source.quote, remedy)


def _partners(applicants: int | None, countries: int) -> tuple[str, str]:
    """The duty in words and what to look for; nothing to look for where a single applicant is enough."""
    noun = "country" if countries == 2 else "countries"
    abroad = f" from at least {countries - 1} other {noun}" if countries > 1 else ""
    if applicants is not None and applicants > 1:
        spread = f" from {countries} countries" if countries > 1 else ""
        reason = f"Needs partners: at least {applicants} applicants{spread}."
        more = "applicant" if applicants == 2 else "applicants"
        return reason, f"Look for at least {applicants - 1} more {more}{abroad}."
    if countries > 1:
        alone = "One applicant is enough, but organisations" if applicants else "Needs partners: organisations"
        return f"{alone} from at least {countries} countries take part.", f"Look for partners{abroad}."
    return "A single applicant is enough.", ""
