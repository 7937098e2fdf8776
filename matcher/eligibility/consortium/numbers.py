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
    from_another_country,
    from_another_member_state,
    named,
    spelt,
    to_find_out,
    which_countries,
    who_counts,
)
from matcher.eligibility.demand import Demand, asked, least, most
from matcher.model import (
    Answer,
    ApplicantKind,
    Basis,
    CallKind,
    Condition,
    CriterionKind,
    Gap,
    Member,
    Role,
    Said,
    said,
    said_n,
)

GRANT_AGREEMENT = "EU model grant agreement, Article 7 (beneficiaries and coordinator)"
AUTHORITIES = frozenset({ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.REGIONAL_AUTHORITY})


@consortium_rule("Is there a coordinator?", GRANT_AGREEMENT)
def coordinator(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """One of the applicants sends in the application and speaks for all. A national call has rules of its own, and for
    a sub-grant one body applies."""
    if draft.call.national or draft.call.kind is CallKind.CASCADE:
        return
    if draft.coordinators:
        reason = said("Entered as coordinator: %(names)s.", names=named(draft.coordinators))
        yield rule.condition(_one_leads(draft), Answer.MET, reason)
    else:
        gap, remedy = Gap(role=Role.COORDINATOR), said("Say which member leads, or look for a partner that does.")
        yield rule.condition(_one_leads(draft), Answer.NOT_MET, said("Nobody leads."), gap=gap, remedy=remedy)


@consortium_rule("Does one member alone coordinate?", GRANT_AGREEMENT)
def one_coordinator(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A project has one coordinator; arises where several are entered as such."""
    if len(draft.coordinators) > 1:
        remedy = said("Let one of them lead; enter the others as beneficiaries.")
        reason = said("%(names)s are all entered as coordinator.", names=named(draft.coordinators))
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
            yield _silent(rule, found, said("how many applicants it takes"))
        return
    tally = draft.tally(found.number, lambda _: Answer.MET)
    reason = said_n(
        "At least %(number)s applicant; %(who)s.",
        "At least %(number)s applicants; %(who)s.",
        found.number,
        number=spelt(found.number),
        who=who_counts(draft),
    )
    remedy = said_n(
        "%(number)s more partner with a funded role.",
        "%(number)s more partners with a funded role.",
        tally.missing,
        number=words.sentence(spelt(tally.missing)),
    )
    doubt = to_find_out(draft.places(draft.counting))
    yield rule.by_number(found, tally, reason, gap=Gap(), remedy=remedy, doubt=doubt)


@consortium_rule("Are there few enough applicants?", ELIGIBLE_APPLICANTS)
def max_applicants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may limit the number of applicants; arises where it does."""
    found = most(asked(draft.terms, CriterionKind.MAX_APPLICANTS, draft.action, draft.partnership.max_applicants))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, said("how many applicants it takes at most"))
        return
    over = len(draft.counting) - found.number
    reason = said_n(
        "At most %(number)s applicant; the draft has %(draft)s.",
        "At most %(number)s applicants; the draft has %(draft)s.",
        found.number,
        number=spelt(found.number),
        draft=len(draft.counting),
    )
    if over <= 0:
        yield rule.condition(found, Answer.MET, reason)
    else:
        remedy = said_n(
            "Leave out %(num)s, or let them join as associated partners without funding.",
            "Leave out %(num)s, or let them join as associated partners without funding.",
            over,
        )
        yield rule.condition(found, Answer.NOT_MET, reason, missing=over, remedy=remedy)


@consortium_rule("Are they from enough countries?", ELIGIBLE_APPLICANTS)
def min_countries(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask for a least number of countries that take part. Silence is unknown."""
    found = _countries(draft)
    if found is None or found.number is None:
        yield _silent(rule, found, said("from how many countries applicants must come"))
        return
    places = draft.places(_from_where(draft, found.number))
    tally = places.tally(found.number)
    reason = said_n(
        "At least %(number)s country; %(which)s.",
        "At least %(number)s countries; %(which)s.",
        found.number,
        number=spelt(found.number),
        which=which_countries(places),
    )
    gap, remedy = Gap(other_countries=tuple(sorted(places.here))), from_another_country(tally.missing, places.here)
    yield rule.by_number(found, tally, reason, gap=gap, remedy=remedy, doubt=to_find_out(places))


@consortium_rule("Are enough Member States among them?", ELIGIBLE_APPLICANTS)
def min_member_states(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask that one or more Member States of the EU that take part are among the countries."""
    value = draft.partnership.min_member_states
    found = least(asked(draft.terms, CriterionKind.MIN_MEMBER_STATES, draft.action, value))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, said("from how many Member States applicants must come"))
        return
    states = draft.terms.reference.member_states
    countries = _countries(draft)
    wanted = max(found.number, countries.number or 0) if countries else found.number
    places = draft.places(_from_where(draft, wanted)).within(states)
    tally = places.tally(found.number)
    reason = said_n(
        "At least %(number)s Member State of the EU; %(which)s.",
        "At least %(number)s Member States of the EU; %(which)s.",
        found.number,
        number=spelt(found.number),
        which=which_countries(places),
    )
    gap = Gap(countries=tuple(sorted(set(states) - places.here - places.out)))
    remedy = from_another_member_state(tally.missing, places.here)
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
        yield _silent(rule, found, said("how many applicants must be independent of each other"))
        return
    needed = found.number or max(len(draft.counting), 1)
    sure = len({one.country for one in draft.counting if one.country and AUTHORITIES & set(one.kinds)})
    tally = Tally(needed, min(sure, needed), len(draft.counting))
    reason = _independent(found.number, _independence(tally))
    number = words.sentence(spelt(tally.missing))
    remedy = said("%(number)s more, independent of those that are there.", number=number)
    doubt = said("Find out whether one of them owns or controls another, or one body controls two of them.")
    yield rule.by_number(found, tally, reason, gap=Gap(), remedy=remedy, doubt=doubt)


def _independent(number: int, ending: Said) -> Said:
    """`number`: of how many it is asked; 0: of all."""
    if not number:
        return said("All applicants must be independent of each other; %(ending)s.", ending=ending)
    return said_n(
        "%(number)s applicant must be independent of each other; %(ending)s.",
        "%(number)s applicants must be independent of each other; %(ending)s.",
        number,
        number=words.sentence(spelt(number)),
        ending=ending,
    )


@consortium_rule("Is each body there once?", GRANT_AGREEMENT)
def each_once(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """One legal person is one applicant; arises where the same profile or the same participant code stands twice."""
    known = Counter(key for one in draft.counting for key in _keys(one))
    if doubles := sorted(key for key, count in known.items() if count > 1):
        reason = said("The same body counts once only; twice in the draft: %(which)s.", which=words.listing(doubles))
        yield rule.condition(_one_leads(draft), Answer.NOT_MET, reason, remedy=said("Take one of the two out."))


def _keys(one: Member) -> set[Said]:
    """By what a body is known to be the same."""
    keys = {said("profile %(id)s", id=one.profile)} if one.profile else set()
    return keys | ({said("code %(pic)s", pic=one.pic)} if one.pic else set())


def _silent(rule: ConsortiumRule, found: Demand | None, what: Said) -> Condition:
    """Unknown, because the call is silent or what it says is no number."""
    if found is None:
        reason = said(
            "Neither the call's texts that were read nor the rules known for such calls say %(what)s.", what=what
        )
        remedy = said("Read the part on the composition of the consortium in the call document.")
        return rule.condition(Demand((), Basis.CALL_RECORD, ""), Answer.UNKNOWN, reason, remedy=remedy).model_copy(
            update={"basis": None, "reference": ""}
        )
    reason = said(
        "The call says %(what)s, in words that were not understood: %(words)s.",
        what=what,
        words=words.listing(found.values),
    )
    return rule.condition(found, Answer.UNKNOWN, reason, remedy=DOUBTFUL)


def _independence(tally: Tally) -> Said:
    if tally.answer is Answer.MET:
        return said("authorities of so many different countries are")
    if tally.answer is Answer.NOT_MET:
        return said("the draft has %(possible)s that count", possible=tally.possible)
    return said("whether the members are is not known")
