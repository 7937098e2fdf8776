"""Consortium rules about who the members are: each one by itself, the coordinator, kinds that must be there."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.eligibility import kinds, words
from matcher.eligibility.acts import ELIGIBLE_APPLICANTS
from matcher.eligibility.consortium.draft import Draft, Tally
from matcher.eligibility.consortium.rules import ConsortiumRule, consortium_rule
from matcher.eligibility.demand import Demand, stated, usual
from matcher.eligibility.finding import Finding, all_of, best_answer
from matcher.eligibility.who import excluded_kind_for, kind_for
from matcher.model import (
    Answer,
    ApplicantKind,
    Basis,
    Condition,
    CriterionKind,
    Gap,
    Member,
    Role,
    Said,
    said,
    said_n,
    to_say,
)

AT_ITS_OWN_COST = said("Another partner in its place; it may still join as associated partner, without funding.")
ASKED_AS = {
    Role.COORDINATOR: Role.BENEFICIARY,
    Role.BENEFICIARY: Role.BENEFICIARY,
    Role.AFFILIATED_ENTITY: Role.BENEFICIARY,
}
"""The seat whose conditions a member's role shares. Whether a coordinator may lead is a question of its own; associated
partners get no money, and sub-grantees are chosen later on conditions of the project."""


@consortium_rule("May each member be funded?", ELIGIBLE_APPLICANTS)
def member(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """Each funded member must by itself be of a country that takes part and of a kind that may apply."""
    for one in draft.members:
        if one.role in ASKED_AS:
            yield _funded(draft, rule, one)


def _funded(draft: Draft, rule: ConsortiumRule, one: Member) -> Condition:
    found = [_country(draft, one), _kind(draft, one)]
    worst = all_of(found)
    grounds = words.sources(each.reference for each in found if each.answer is worst.answer)
    demand = Demand((), worst.basis or Basis.CALL_RECORD, grounds, worst.quote)
    remedy = AT_ITS_OWN_COST if worst.answer is Answer.NOT_MET else worst.remedy
    condition = rule.condition(demand, worst.answer, worst.reason, name=one.name, remedy=remedy)
    return condition.model_copy(update={"label": said("May %(name)s be funded?", name=one.name), "basis": worst.basis})


@consortium_rule("May the coordinator lead?", ELIGIBLE_APPLICANTS)
def coordinator_kind(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """Some calls let only bodies of certain kinds lead; arises where one leads and such a condition is known."""
    demand = _leaders(draft)
    if demand is None or len(draft.coordinators) != 1:
        return
    (lead,) = draft.coordinators
    answer = kinds.fits(lead.kinds, demand.values) if lead.kinds else Answer.UNKNOWN
    reason = said(_LEADS[answer], kinds=words.sentence(words.kinds(demand.values)), name=lead.name)
    fails = answer is Answer.NOT_MET
    gap = Gap(kinds=_of(demand.values), role=Role.COORDINATOR) if fails else None
    remedy = "" if answer is Answer.MET else _other_lead(draft, demand) if fails else _enter(lead)
    yield rule.condition(demand, answer, reason, gap=gap, remedy=remedy)


_LEADS = {
    Answer.MET: to_say("%(kinds)s lead; %(name)s is among them."),
    Answer.NOT_MET: to_say("%(kinds)s lead; %(name)s is not among them."),
    Answer.UNKNOWN: to_say("%(kinds)s lead; %(name)s may be among them."),
}


@consortium_rule("Are the kinds of body there that it needs?", ELIGIBLE_APPLICANTS)
def must_include(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may need certain kinds among the applicants: one of several, or one of each. One condition for each."""
    for demand in _needed(draft):
        for alternatives in [(value,) for value in demand.values] if demand.together else [demand.values]:
            yield _included(draft, rule, demand, alternatives)


def _included(draft: Draft, rule: ConsortiumRule, demand: Demand, wanted: tuple[str, ...]) -> Condition:
    pool = [one for one in draft.members if one.role is demand.role] if demand.role else draft.counting
    answers = {one: kinds.fits(one.kinds, wanted) if one.kinds else Answer.UNKNOWN for one in pool}
    best = best_answer([*answers.values(), Answer.NOT_MET])
    there = [one.name for one, answer in answers.items() if answer is best]
    named = words.listing((words.kinds((value,)) for value in wanted), "or")
    return rule.by_number(
        demand,
        Tally(1, int(best is Answer.MET), int(best is not Answer.NOT_MET)),
        _need(demand.role, named, _there(best, there)),
        gap=Gap(kinds=_of(wanted), role=demand.role),
        remedy=said("A partner that is one of these: %(kinds)s.", kinds=named),
        doubt=said(DEFINED, names=words.listing(there, "or")),
        name="+".join(sorted(wanted)) + (f" as {demand.role}" if demand.role else ""),
    )


DEFINED = to_say("Find out what kind of body %(names)s is, and how the call document defines it.")


def _need(role: Role | None, named: Said, ending: Said) -> Said:
    if role is None:
        return said("The consortium needs one of these: %(kinds)s; %(ending)s.", kinds=named, ending=ending)
    return said(
        "The consortium needs one of these as %(role)s: %(kinds)s; %(ending)s.",
        role=words.ROLES[role],
        kinds=named,
        ending=ending,
    )


def _there(answer: Answer, names: list[str]) -> Said:
    if answer is Answer.NOT_MET:
        return said("none is there")
    told = words.listing(names)
    if answer is Answer.MET:
        return said_n("%(names)s is among them", "%(names)s are among them", len(names), names=told)
    return said_n(
        "whether %(names)s is one of them is open", "whether %(names)s are one of them is open", len(names), names=told
    )


def _needed(draft: Draft) -> tuple[Demand, ...]:
    action = draft.action
    found = stated(draft.terms, CriterionKind.MUST_INCLUDE_KIND)
    if found or action is None:
        return found
    return tuple(
        usual(action, *one.kinds, together=one.together, role=one.role) for one in action.partnership.must_include
    )


def _leaders(draft: Draft) -> Demand | None:
    """Which kinds may lead: by the call, by its action, by its programme; None where only conditions for all are known.

    Several sentences of the call are one list of what is allowed.
    """
    clause = stated(draft.terms, CriterionKind.APPLICANT_KIND, Role.COORDINATOR)
    if own := [one for one in clause if one.role is Role.COORDINATOR]:
        values = tuple(dict.fromkeys(value for one in own for value in one.values))
        first = own[0]
        return Demand(values, first.basis, first.reference, first.quote, all(one.certain for one in own))
    if draft.action and draft.partnership.coordinators:
        return usual(draft.action, *draft.partnership.coordinators)
    rule = draft.terms.usual(Role.COORDINATOR)
    if clause or rule is None or rule == draft.terms.usual(Role.BENEFICIARY):
        return None
    usually = draft.terms.programme_name
    return Demand(tuple(rule.kinds), Basis.PROGRAMME_RULE, rule.source, usual=usually)


def _other_lead(draft: Draft, demand: Demand) -> str:
    able = [one.name for one in draft.counting if kinds.fits(one.kinds, demand.values) is Answer.MET]
    if able:
        return said("Let %(names)s lead.", names=words.listing(able, "or"))
    named = words.listing(map(_named, demand.values), "or")
    return said("A partner that leads and is one of these: %(kinds)s.", kinds=named)


def _named(value: str) -> str:
    return words.kinds((value,))


def _country(draft: Draft, one: Member) -> Finding:
    found = draft.country(one)
    if found is None:
        reason = said("The country of %(name)s is not known.", name=one.name)
        return Finding(Answer.UNKNOWN, reason, remedy=said("Enter the country it is established in."))
    return found


def _kind(draft: Draft, one: Member) -> Finding:
    if one.kinds:
        situation = draft.situation(one)
        found = [situation.find(judge, ASKED_AS[one.role]) for judge in (kind_for, excluded_kind_for)]
        return all_of([each for each in found if each is not None])
    reason = said("What kind of body %(name)s is, is not known.", name=one.name)
    return Finding(Answer.UNKNOWN, reason, remedy=_enter(one))


def _enter(one: Member) -> str:
    return said(NAMED, name=one.name)


NAMED = to_say("Find out what kind of body %(name)s is, and how the call document defines those that it names.")


def _of(values: tuple[str, ...]) -> tuple[ApplicantKind, ...]:
    return tuple(ApplicantKind(value) for value in values if value in set(ApplicantKind))
