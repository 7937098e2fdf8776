"""Consortium rules that count: applicants, countries, Member States, coordinators, bodies independent of each other.

Every least number is answered by what is there for sure and what may be there: a member without a country is a
further country only perhaps. A country that takes no part counts towards nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from matcher.eligibility import words
from matcher.eligibility.acts import ELIGIBLE_APPLICANTS
from matcher.eligibility.consortium.draft import Draft, Tally
from matcher.eligibility.consortium.rules import DOUBTFUL, ConsortiumRule, consortium_rule
from matcher.eligibility.consortium.words import (
    count,
    from_elsewhere,
    named,
    plural,
    spelt,
    to_find_out,
    which_countries,
    who_counts,
)
from matcher.eligibility.demand import Demand, asked, least, most
from matcher.model import Answer, ApplicantKind, Basis, CallKind, Condition, CriterionKind, Gap, Member, Role

GRANT_AGREEMENT = "EU model grant agreement, Article 7 (beneficiaries and coordinator)"
AUTHORITIES = frozenset({ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.REGIONAL_AUTHORITY})


@consortium_rule("Is there a coordinator?", GRANT_AGREEMENT)
def coordinator(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """One of the applicants sends in the application and speaks for all. A national call has rules of its own, and for
    a sub-grant one body applies."""
    if draft.call.national or draft.call.kind is CallKind.CASCADE:
        return
    if draft.coordinators:
        yield rule.condition(_one_leads(draft), Answer.MET, f"Entered as coordinator: {named(draft.coordinators)}.")
    else:
        gap, remedy = Gap(role=Role.COORDINATOR), "Say which member leads, or look for a partner that does."
        yield rule.condition(_one_leads(draft), Answer.NOT_MET, "Nobody leads.", gap=gap, remedy=remedy)


@consortium_rule("Does one member alone coordinate?", GRANT_AGREEMENT)
def one_coordinator(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A project has one coordinator; arises where several are entered as such."""
    if len(draft.coordinators) > 1:
        remedy = "Let one of them lead; enter the others as beneficiaries."
        reason = f"{named(draft.coordinators)} are all entered as coordinator."
        yield rule.condition(_one_leads(draft), Answer.NOT_MET, reason, remedy=remedy)


def _one_leads(draft: Draft) -> Demand:
    """By the model grant agreement, else by the programme's own act (lead partner, main urban authority)."""
    programme = draft.terms.programme
    own = programme.legal_act if programme and not draft.terms.has_model_agreement else ""
    return Demand((), Basis.PROGRAMME_RULE, own or GRANT_AGREEMENT)


@consortium_rule("Are there enough applicants?", ELIGIBLE_APPLICANTS)
def min_applicants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask for a least number of applicants. Silence is unknown, unless a number of countries says enough."""
    found = _applicants(draft)
    if found is None or found.number is None:
        if found or _countries(draft) is None:
            yield _silent(rule, found, "how many applicants it takes")
        return
    tally = draft.tally(found.number, lambda _: Answer.MET)
    reason = f"At least {count(found.number, 'applicant', 'applicants')}; {who_counts(draft)}."
    remedy = f"{spelt(tally.missing)} more {plural(tally.missing, 'partner', 'partners')} with a funded role."
    doubt = to_find_out(draft.places(draft.counting))
    yield rule.by_number(found, tally, reason, gap=Gap(), remedy=words.sentence(remedy), doubt=doubt)


@consortium_rule("Are there few enough applicants?", ELIGIBLE_APPLICANTS)
def max_applicants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may limit the number of applicants; arises where it does."""
    found = most(asked(draft.terms, CriterionKind.MAX_APPLICANTS, draft.action, draft.partnership.max_applicants))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, "how many applicants it takes at most")
        return
    over = len(draft.counting) - found.number
    reason = f"At most {count(found.number, 'applicant', 'applicants')}; the draft has {len(draft.counting)}."
    if over <= 0:
        yield rule.condition(found, Answer.MET, reason)
    else:
        remedy = f"Leave out {over}, or let them join as associated partners without funding."
        yield rule.condition(found, Answer.NOT_MET, reason, missing=over, remedy=remedy)


@consortium_rule("Are they from enough countries?", ELIGIBLE_APPLICANTS)
def min_countries(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask for a least number of countries that take part. Silence is unknown."""
    found = _countries(draft)
    if found is None or found.number is None:
        yield _silent(rule, found, "from how many countries applicants must come")
        return
    places = draft.places(_from_where(draft, found.number))
    tally = places.tally(found.number)
    reason = f"At least {count(found.number, 'country', 'countries')}; {which_countries(places)}."
    gap, remedy = (
        Gap(other_countries=tuple(sorted(places.here))),
        from_elsewhere(tally.missing, places.here, "country"),
    )
    yield rule.by_number(found, tally, reason, gap=gap, remedy=remedy, doubt=to_find_out(places))


@consortium_rule("Are enough Member States among them?", ELIGIBLE_APPLICANTS)
def min_member_states(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask that one or more Member States of the EU that take part are among the countries."""
    value = draft.partnership.min_member_states
    found = least(asked(draft.terms, CriterionKind.MIN_MEMBER_STATES, draft.action, value))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, "from how many Member States applicants must come")
        return
    states = draft.terms.reference.member_states
    countries = _countries(draft)
    wanted = max(found.number, countries.number or 0) if countries else found.number
    places = draft.places(_from_where(draft, wanted)).within(states)
    tally = places.tally(found.number)
    reason = f"At least {count(found.number, 'Member State', 'Member States')} of the EU; {which_countries(places)}."
    gap = Gap(countries=tuple(sorted(set(states) - places.here - places.out)))
    remedy = from_elsewhere(tally.missing, places.here, "Member State")
    yield rule.by_number(found, tally, reason, gap=gap, remedy=remedy, doubt=to_find_out(places))


def _applicants(draft: Draft) -> Demand | None:
    value = draft.partnership.min_applicants
    return least(asked(draft.terms, CriterionKind.MIN_APPLICANTS, draft.action, value))


def _countries(draft: Draft) -> Demand | None:
    value = draft.partnership.min_countries
    return least(asked(draft.terms, CriterionKind.MIN_COUNTRIES, draft.action, value))


def _from_where(draft: Draft, countries: int) -> Collection[Member]:
    """Whose countries count: the applicants'; those of everybody who takes part where fewer applicants are enough than
    countries are asked for, as in town twinning, where one town applies and the other takes part without money."""
    applicants = _applicants(draft)
    alone = applicants is not None and applicants.certain and 0 < (applicants.number or 0) < countries
    return draft.members if alone else draft.counting


@consortium_rule("Are they independent of each other?", ELIGIBLE_APPLICANTS)
def independent(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """Independent: none controls another and no third body controls two of them (Regulation (EU) 2021/695, Article 22;
    elsewhere as the call document defines it). Authorities of different countries are; of others it is asked."""
    found = least(asked(draft.terms, CriterionKind.INDEPENDENT, draft.action, draft.partnership.independent))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, "how many applicants must be independent of each other")
        return
    needed = found.number or max(len(draft.counting), 1)
    sure = len({one.country for one in draft.counting if one.country and AUTHORITIES & set(one.kinds)})
    who = "All applicants" if not found.number else count(found.number, "applicant", "applicants")
    tally = Tally(needed, min(sure, needed), len(draft.counting))
    reason = f"{words.sentence(who)} must be independent of each other; {_independence(tally)}."
    remedy = words.sentence(f"{spelt(tally.missing)} more, independent of those that are there.")
    doubt = "Find out whether one of them owns or controls another, or one body controls two of them."
    yield rule.by_number(found, tally, reason, gap=Gap(), remedy=remedy, doubt=doubt)


@consortium_rule("Is each body there once?", GRANT_AGREEMENT)
def each_once(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """One legal person is one applicant; arises where the same profile or the same participant code stands twice."""
    known = [key for one in draft.counting for key in {f"profile {one.profile}", f"code {one.pic}"}]
    empty = {"profile None", "code "}
    if doubles := sorted(key for key, count in Counter(known).items() if count > 1 and key not in empty):
        reason = f"The same body counts once only; twice in the draft: {words.listing(doubles)}."
        yield rule.condition(_one_leads(draft), Answer.NOT_MET, reason, remedy="Take one of the two out.")


def _silent(rule: ConsortiumRule, found: Demand | None, what: str) -> Condition:
    """Unknown, because the call is silent or what it says is no number."""
    if found is None:
        reason = f"Neither the call's texts that were read nor the rules known for such calls say {what}."
        remedy = "Read the part on the composition of the consortium in the call document."
        return rule.condition(Demand((), Basis.CALL_RECORD, ""), Answer.UNKNOWN, reason, remedy=remedy).model_copy(
            update={"basis": None, "reference": ""}
        )
    reason = f"The call says {what}, in words that were not understood: {words.listing(found.values)}."
    return rule.condition(found, Answer.UNKNOWN, reason, remedy=DOUBTFUL)


def _independence(tally: Tally) -> str:
    if tally.answer is Answer.MET:
        return "authorities of so many different countries are"
    if tally.answer is Answer.NOT_MET:
        return f"the draft has {tally.possible} that count"
    return "whether the members are is not known"
