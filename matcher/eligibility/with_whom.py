"""Rules on roles and partners. What a consortium owes is a task and no exclusion: partners can be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.eligibility import kinds, words
from matcher.eligibility.finding import Finding
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import READ_THE_CALL, Situation
from matcher.model import Answer, Basis, Criterion, CriterionKind, Role, Said, said, said_n, to_say, together

GRANT_AGREEMENT = "EU model grant agreement"
JOINT = f"Regulation (EU, Euratom) 2024/2509, Article 200, and {GRANT_AGREEMENT}, Article 7 (joint applications)"
DUTY = (Answer.MET, Answer.UNKNOWN)


@rule(
    "Does the call offer a role the organisation can take on?",
    f"{GRANT_AGREEMENT}, Articles 7 to 9 (beneficiaries, coordinator, other participants)",
    needs=("profile.roles", "call.kind", "call.criteria", "call.programme"),
)
def role(situation: Situation) -> Finding | None:
    """A topic seeks a coordinator and beneficiaries, a sub-grant call third parties; a call may name less.

    Arises under the EU's grant agreement; a national call has applicants only, under rules of its own.
    """
    if situation.call.national:
        return None
    clause = situation.terms.stated(CriterionKind.ROLE)
    named = situation.terms.roles_named
    first = clause[0] if clause else None
    basis, quote = (first.basis, first.quote) if first else (Basis.PROGRAMME_RULE, None)
    page = situation.terms.reference_of(first) if first else ""
    offered = _roles(situation.terms.offered)
    if situation.taken:
        own = _roles(situation.taken)
        if clause:
            reason = said("The organisation can be %(roles)s, which the call offers.", roles=own)
        else:
            reason = said("The organisation can be %(roles)s, as is usual where the call names no roles.", roles=own)
        return Finding(Answer.MET, together(reason, _affiliated(situation)), basis, page, quote)
    if clause and named.isdisjoint(Role):
        reason = said("The call offers roles that were not understood: %(words)s.", words=words.listing(sorted(named)))
        return Finding(Answer.UNKNOWN, reason, basis, page, quote, READ_THE_CALL)
    own = _roles(situation.profile.roles)
    reason = said("The call seeks a %(roles)s; the organisation takes part only as %(own)s.", roles=offered, own=own)
    remedy = said("If the organisation can take on that role, add it to the profile.")
    return Finding(Answer.NOT_MET, reason, basis, page, quote, remedy)


def _roles(roles: Sequence[Role]) -> Said:
    return words.listing((words.ROLES[role] for role in roles), "or")


def _affiliated(situation: Situation) -> str:
    if Role.AFFILIATED_ENTITY not in situation.taken:
        return ""
    counted = any("counted" in one.values for one in situation.terms.stated(CriterionKind.AFFILIATED))
    return said(COUNTS) if counted else said(COUNTS_NOT)


COUNTS = to_say("An affiliated entity takes part through its beneficiary and also counts towards least numbers.")
COUNTS_NOT = to_say("An affiliated entity takes part through its beneficiary and does not count towards least numbers.")


@rule(
    "Does it take several applicants?",
    JOINT,
    needs=("call.criteria", "call.national", "call.programme", "call.deadlines", "reference.actions"),
    answers=DUTY,
)
def min_applicants(situation: Situation) -> Finding | None:
    """A call may ask for several applicants; where it is silent, what is usual for its action is told.

    Of a national call, whose partnerships follow national rules, nothing is asked that its texts do not say.
    """
    found = _duty(situation, CriterionKind.MIN_APPLICANTS, _applicants)
    if found or situation.call.national:
        return found
    action = situation.terms.action
    if action is None or action.partnership.min_applicants is None:
        reason = said("The call's record does not say how many applicants it takes.")
        return Finding(Answer.UNKNOWN, reason, remedy=said("Read the consortium section of the call document."))
    told, remedy = _applicants(situation, action.partnership.min_applicants)
    source = words.with_note(action.source, action.as_of, action.note)
    answer = Answer.UNKNOWN if remedy else Answer.MET
    reason = said("Usual for %(action)s: %(reason)s", action=action.name, reason=told)
    return Finding(answer, reason, Basis.PROGRAMME_RULE, source, remedy=remedy)


@rule("Does it take several countries?", JOINT, needs=("call.criteria",), answers=DUTY)
def min_countries(situation: Situation) -> Finding | None:
    """A call may ask that organisations from several countries take part; arises where it says so."""
    return _duty(situation, CriterionKind.MIN_COUNTRIES, _countries)


@rule(
    "Does it take applicants from Member States?",
    JOINT,
    needs=("profile.country", "call.criteria", "reference.member_states"),
    answers=DUTY,
)
def min_member_states(situation: Situation) -> Finding | None:
    """A call may ask that so many Member States are among the applicants' countries; arises where it says so."""
    return _duty(situation, CriterionKind.MIN_MEMBER_STATES, _member_states)


@rule("Must applicants be independent of each other?", JOINT, needs=("call.criteria",), answers=(Answer.UNKNOWN,))
def independent(situation: Situation) -> Finding | None:
    """Applicants of one owner can count as one; arises where the call says so. Only partners can show it."""
    return situation.all_stated(CriterionKind.INDEPENDENT, None, _independent)


@rule(
    "Does it take a partner of a certain kind?",
    JOINT,
    needs=("profile.kinds", "profile.roles", "call.criteria", "call.programme"),
    answers=DUTY,
    kind=CriterionKind.MUST_INCLUDE_KIND,
)
def must_include_kind(situation: Situation) -> Finding | None:
    """A call may ask for a body of a certain kind among the applicants; arises where it says so."""
    return situation.all_stated(CriterionKind.MUST_INCLUDE_KIND, None, _included)


def _duty(
    situation: Situation, kind: CriterionKind, told: Callable[[Situation, int], tuple[str, str]]
) -> Finding | None:
    """A least number: in words, and what to look for; nothing to look for where it is fulfilled."""

    def judge(situation: Situation, clause: Criterion) -> Finding:
        number = max((int(value) for value in clause.values if value.isdecimal()), default=None)
        page = situation.terms.reference_of(clause)
        if number is None:
            unread = said("The call sets a least number that was not understood.")
            return Finding(Answer.UNKNOWN, unread, clause.basis, page, clause.quote, READ_THE_CALL)
        reason, remedy = told(situation, number)
        return Finding(Answer.UNKNOWN if remedy else Answer.MET, reason, clause.basis, page, clause.quote, remedy)

    return situation.all_stated(kind, None, judge)


def _applicants(situation: Situation, number: int) -> tuple[str, str]:
    if number < 2:
        return said("A single applicant is enough."), ""
    reason = said_n(
        "Needs partners: at least %(num)s applicant.", "Needs partners: at least %(num)s applicants.", number
    )
    remedy = said_n("Look for one more applicant.", "Look for at least %(num)s more applicants.", number - 1)
    return reason, remedy


def _countries(situation: Situation, number: int) -> tuple[str, str]:
    if number < 2:
        return said("Organisations of one country are enough."), ""
    reason = said_n(
        "Organisations from at least %(num)s country take part.",
        "Organisations from at least %(num)s countries take part.",
        number,
    )
    remedy = said_n(
        "Look for partners from one other country.",
        "Look for partners from at least %(num)s other countries.",
        number - 1,
    )
    return reason, remedy


def _member_states(situation: Situation, number: int) -> tuple[str, str]:
    own = situation.profile.country in situation.reference.member_states
    left = number - own
    reason = _states_with(situation, number) if own else _states(number)
    if left < 1:
        return reason, ""
    if own:
        return reason, said_n(
            "Look for partners from one other Member State.",
            "Look for partners from at least %(num)s other Member States.",
            left,
        )
    return reason, said_n(
        "Look for partners from one Member State.", "Look for partners from at least %(num)s Member States.", left
    )


def _states(number: int) -> Said:
    return said_n(
        "At least a Member State of the EU must be among the applicants' countries.",
        "At least %(num)s Member States of the EU must be among the applicants' countries.",
        number,
    )


def _states_with(situation: Situation, number: int) -> Said:
    return said_n(
        "At least a Member State of the EU must be among the applicants' countries; %(country)s is one.",
        "At least %(num)s Member States of the EU must be among the applicants' countries; %(country)s is one.",
        number,
        country=words.country(situation.profile.country),
    )


def _independent(situation: Situation, clause: Criterion) -> Finding:
    number = max((int(value) for value in clause.values if value.isdecimal()), default=0)
    reason = _so_many_independent(number) if number else said(ALL_INDEPENDENT)
    reference = situation.terms.reference_of(clause)
    return Finding(Answer.UNKNOWN, reason, clause.basis, reference, clause.quote, said(INDEPENDENT))


ALL_INDEPENDENT = to_say("The applicants must be independent of each other: none owns or controls another.")
INDEPENDENT = to_say("Look for partners that neither own nor control your organisation, nor belong to the same owner.")


def _so_many_independent(number: int) -> Said:
    return said_n(
        "At least %(num)s applicants must be independent of each other: none owns or controls another.",
        "At least %(num)s applicants must be independent of each other: none owns or controls another.",
        number,
    )


def _included(situation: Situation, clause: Criterion) -> Finding:
    """Met where the organisation is itself what the call wants; of several at once it can be one at most for sure."""
    own = [value for value in clause.values if kinds.fits(situation.profile.kinds, [value]) is Answer.MET]
    missing = tuple(value for value in clause.values if value not in own) if clause.together else clause.values
    enough = not missing if clause.together else bool(own)
    needed = _as_role(words.kinds(clause.values, "and" if clause.together else "or"), clause.role)
    basis, page = clause.basis, situation.terms.reference_of(clause)
    right_seat = clause.role is None or clause.role in situation.taken
    if enough and right_seat:
        reason = said("The applicants must include %(kinds)s; the organisation is one.", kinds=needed)
        return Finding(Answer.MET, reason, basis, page, clause.quote)
    if own and clause.together:
        reason = said("The applicants must include %(kinds)s; the organisation fulfils a part of it.", kinds=needed)
    else:
        reason = said("The applicants must include %(kinds)s.", kinds=needed)
    partner = _as_role(words.kinds(missing, "or"), clause.role)
    remedy = said("Look for a partner among %(kinds)s.", kinds=partner)
    return Finding(Answer.UNKNOWN, reason, basis, page, clause.quote, remedy)


def _as_role(named: Said, role: Role | None) -> Said:
    """ "public bodies as coordinator"."""
    return said("%(kinds)s as %(role)s", kinds=named, role=words.ROLES[role]) if role else named
