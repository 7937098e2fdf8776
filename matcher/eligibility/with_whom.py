"""Rules on roles and partners. What a consortium owes is a task and no exclusion: partners can be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.days import day_words
from matcher.eligibility import kinds, words
from matcher.eligibility.finding import Finding
from matcher.eligibility.registry import rule
from matcher.eligibility.situation import READ_THE_CALL, Situation
from matcher.model import Answer, Basis, Criterion, CriterionKind, Role

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
    said = situation.terms.stated(CriterionKind.ROLE)
    named = situation.terms.roles_named
    first = said[0] if said else None
    basis, quote = (first.basis, first.quote) if first else (Basis.PROGRAMME_RULE, None)
    page = situation.terms.reference_of(first) if first else ""
    offered = _roles(situation.terms.offered)
    if situation.taken:
        whose = "which the call offers" if said else "as is usual where the call names no roles"
        reason = f"The organisation can be {_roles(situation.taken)}, {whose}.{_affiliated(situation)}"
        return Finding(Answer.MET, reason, basis, page, quote)
    if said and named.isdisjoint(Role):
        reason = f"The call offers roles that were not understood: {words.listing(sorted(named))}."
        return Finding(Answer.UNKNOWN, reason, basis, page, quote, READ_THE_CALL)
    return Finding(
        Answer.NOT_MET,
        f"The call seeks a {offered}; the organisation takes part only as {_roles(situation.profile.roles)}.",
        basis,
        page,
        quote,
        "If the organisation can take on that role, add it to the profile.",
    )


def _roles(roles: Sequence[Role]) -> str:
    return words.listing((words.ROLES[role] for role in roles), "or")


def _affiliated(situation: Situation) -> str:
    if Role.AFFILIATED_ENTITY not in situation.taken:
        return ""
    counted = any("counted" in one.values for one in situation.terms.stated(CriterionKind.AFFILIATED))
    towards = "also counts" if counted else "does not count"
    return f" An affiliated entity takes part through its beneficiary and {towards} towards least numbers."


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
        reason = "The call's record does not say how many applicants it takes."
        return Finding(Answer.UNKNOWN, reason, remedy="Read the consortium section of the call document.")
    reason, remedy = _applicants(situation, action.partnership.min_applicants)
    source = f"{action.source} (as of {day_words(action.as_of)}) {action.note}".rstrip()
    answer = Answer.UNKNOWN if remedy else Answer.MET
    return Finding(answer, f"Usual for {action.name}: {reason}", Basis.PROGRAMME_RULE, source, remedy=remedy)


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

    def judge(situation: Situation, said: Criterion) -> Finding:
        number = max((int(value) for value in said.values if value.isdecimal()), default=None)
        page = situation.terms.reference_of(said)
        if number is None:
            reason = "The call sets a least number that was not understood."
            return Finding(Answer.UNKNOWN, reason, said.basis, page, said.quote, READ_THE_CALL)
        reason, remedy = told(situation, number)
        return Finding(Answer.UNKNOWN if remedy else Answer.MET, reason, said.basis, page, said.quote, remedy)

    return situation.all_stated(kind, None, judge)


def _applicants(situation: Situation, number: int) -> tuple[str, str]:
    if number < 2:
        return "A single applicant is enough.", ""
    more = "one more applicant" if number == 2 else f"at least {number - 1} more applicants"
    return f"Needs partners: at least {number} applicants.", f"Look for {more}."


def _countries(situation: Situation, number: int) -> tuple[str, str]:
    if number < 2:
        return "Organisations of one country are enough.", ""
    others = "one other country" if number == 2 else f"at least {number - 1} other countries"
    reason = f"Organisations from at least {number} countries take part."
    return reason, f"Look for partners from {others}."


def _member_states(situation: Situation, number: int) -> tuple[str, str]:
    own = situation.profile.country in situation.reference.member_states
    left = number - own
    states = "a Member State" if number == 1 else f"{number} Member States"
    ending = f"; {words.country(situation.profile.country)} is one" if own else ""
    reason = f"At least {states} of the EU must be among the applicants' countries{ending}."
    if left < 1:
        return reason, ""
    other = "other " if own else ""
    more = f"one {other}Member State" if left == 1 else f"at least {left} {other}Member States"
    return reason, f"Look for partners from {more}."


def _independent(situation: Situation, said: Criterion) -> Finding:
    number = max((int(value) for value in said.values if value.isdecimal()), default=0)
    who = f"At least {number} applicants" if number else "The applicants"
    return Finding(
        Answer.UNKNOWN,
        f"{who} must be independent of each other: none owns or controls another.",
        said.basis,
        situation.terms.reference_of(said),
        said.quote,
        "Look for partners that neither own nor control your organisation, nor belong to the same owner.",
    )


def _included(situation: Situation, said: Criterion) -> Finding:
    """Met where the organisation is itself what the call wants; of several at once it can be one at most for sure."""
    own = [value for value in said.values if kinds.fits(situation.profile.kinds, [value]) is Answer.MET]
    missing = tuple(value for value in said.values if value not in own) if said.together else said.values
    enough = not missing if said.together else bool(own)
    needed = words.kinds(said.values, "and" if said.together else "or")
    reason = f"The applicants must include {needed}{f' as {words.ROLES[said.role]}' if said.role else ''}"
    basis, page = said.basis, situation.terms.reference_of(said)
    right_seat = said.role is None or said.role in situation.taken
    if enough and right_seat:
        return Finding(Answer.MET, f"{reason}; the organisation is one.", basis, page, said.quote)
    helps = "; the organisation fulfils a part of it" if own and said.together else ""
    remedy = (
        f"Look for a partner among {words.kinds(missing, 'or')}{f' as {words.ROLES[said.role]}' if said.role else ''}."
    )
    return Finding(Answer.UNKNOWN, f"{reason}{helps}.", basis, page, said.quote, remedy)
