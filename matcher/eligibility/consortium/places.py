"""Consortium rules about where the members are and how large: richness of regions, parts of the area, inhabitants."""

from __future__ import annotations

import math
from collections.abc import Iterator

from matcher.days import day_words
from matcher.eligibility import words
from matcher.eligibility.consortium.draft import Draft, Tally
from matcher.eligibility.consortium.rules import ConsortiumRule, consortium_rule
from matcher.eligibility.consortium.words import spelt
from matcher.eligibility.demand import Demand, least, stated, usual
from matcher.model import Answer, ApplicantKind, Basis, Condition, CriterionKind, Gap, Member, Role

COHESION = "Regulation (EU) 2021/1060, Article 108(2) (categories of regions)"
INTERREG = "Regulation (EU) 2021/1059, Article 23 (partnerships)"
URBAN = "European Urban Initiative, guidance for innovative actions, part 1.5 (urban authorities)"
LEVEL_2 = 4
"""Signs of a NUTS code of level 2."""


@consortium_rule("Are enough partners from less rich regions?", COHESION)
def region_share(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """Some programmes want a share of the partners from less developed and transition regions; arises where the
    action is known to."""
    share = draft.partnership.share
    if share is None or draft.action is None or not draft.counting:
        return
    answers = [_in_category(draft, one, share.categories) for one in draft.counting]
    sure, possible = answers.count(Answer.MET), len(answers) - answers.count(Answer.NOT_MET)
    needed = math.ceil(len(answers) * share.per_cent / 100)
    tally = Tally(needed, sure, possible)
    missing = _until_enough(len(answers), possible, share.per_cent)
    named = words.listing(share.categories, "or")
    reason = (
        f"At least {share.per_cent} % of the partners come from {named} regions: {needed} of {len(answers)}; "
        f"{sure} {'does' if sure == 1 else 'do'} for sure, {possible - sure} may."
    )
    condition = rule.by_number(
        usual(draft.action),
        tally,
        reason,
        gap=Gap(categories=tuple(share.categories)),
        remedy=words.sentence(f"{spelt(missing)} more from {named} regions, or fewer from others."),
        doubt="Enter the members' regions (NUTS codes) where they are missing; not every region's category is known.",
    )
    # Each further member counts on both sides of the share, so that more are needed than are short today.
    yield condition.model_copy(update={"missing": missing}) if condition.answer is Answer.NOT_MET else condition


@consortium_rule("Is each part of the area there?", INTERREG)
def parts(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """Some programmes want a partner in each part of their area; arises where the action is known to."""
    if draft.action is None or not draft.partnership.parts:
        return
    places = draft.places(draft.counting)
    lacking = [part for part in draft.partnership.parts if places.here.isdisjoint(part.countries)]
    needed = len(draft.partnership.parts)
    covered = sum(not places.sure.isdisjoint(part.countries) for part in draft.partnership.parts)
    tally = Tally(needed, covered, min(needed, needed - len(lacking) + len(places.nowhere)))
    named = words.listing(part.name for part in draft.partnership.parts)
    told = words.listing(part.name for part in lacking)
    reason = f"A partner in each of these: {named}; " + (f"without one: {told}." if lacking else "each has one.")
    countries = tuple(sorted({country for part in lacking for country in part.countries}))
    remedy = "; ".join(
        f"a partner in {part.name}: {words.listing(sorted(map(words.country, part.countries)), 'or')}"
        for part in lacking
    )
    yield rule.by_number(
        usual(draft.action),
        tally,
        reason,
        gap=Gap(countries=countries),
        remedy=f"{words.sentence(remedy)}.",
        doubt="Find out in which countries the members are established, and whether these take part.",
    )


@consortium_rule("Is the leading town large enough?", URBAN)
def inhabitants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """An urban authority of a least size applies, alone or several that reach it together; arises where a limit is
    known. A group also needs to be towns or cities by degree of urbanisation, which is not known for towns."""
    demand = _limit(draft)
    if demand is None:
        return
    if demand.number is None:
        reason = f"The call sets a least number of inhabitants that was not understood: {words.listing(demand.values)}."
        yield rule.condition(demand, Answer.UNKNOWN, reason, remedy="Read it in the call document.")
        return
    yield _large_enough(draft, rule, demand, demand.number)


def _large_enough(draft: Draft, rule: ConsortiumRule, demand: Demand, needed: int) -> Condition:
    towns = [one for one in draft.counting if ApplicantKind.LOCAL_AUTHORITY in one.kinds or not one.kinds]
    leads = [one for one in towns if one.role is Role.COORDINATOR]
    alone = next((one for one in leads if ApplicantKind.LOCAL_AUTHORITY in one.kinds and _size(one) >= needed), None)
    begins = f"An applying urban authority needs at least {needed:,} inhabitants"
    if alone:
        return rule.condition(demand, Answer.MET, f"{begins}; {alone.name} has {_size(alone):,}.")
    together = sum(map(_size, towns))
    if together >= needed:
        able = [one.name for one in towns if _size(one) >= needed]
        remedy = f"Let {words.listing(able, 'or')} lead. Else: {GROUP}" if able else GROUP
        return rule.condition(demand, Answer.UNKNOWN, f"{begins}; not sure: {_sum(towns)}.", remedy=remedy)
    if unsized := [one.name for one in towns if one.population is None]:
        reason = f"{begins}; the inhabitants of {words.listing(unsized)} are not known."
        return rule.condition(demand, Answer.UNKNOWN, reason, remedy="Enter their inhabitants, with the source.")
    gap = Gap(kinds=(ApplicantKind.LOCAL_AUTHORITY,), role=Role.COORDINATOR, population=needed)
    remedy = (
        f"A town or city with {needed:,} inhabitants that leads, or neighbouring authorities with together "
        f"{needed - together:,} more."
    )
    reason = f"{begins}; {_sum(towns) if towns else 'no local authority is there'}."
    return rule.condition(demand, Answer.NOT_MET, reason, gap=gap, remedy=remedy)


GROUP = (
    "Find out whether each of them is a city, town or suburb by Eurostat's degree of urbanisation (class 1 or 2) and "
    "they apply as a group, or whether they are an organised agglomeration with 51 % of its people in such places."
)


def _limit(draft: Draft) -> Demand | None:
    """The call's own least number, else that of the programme for the day; the figures stand in participation.yml."""
    if said := least(stated(draft.terms, CriterionKind.POPULATION)):
        return said
    limit = draft.terms.reference.population(draft.call.programme or "", draft.terms.deciding_day)
    if limit is None:
        return None
    source = f"{limit.source} (as of {day_words(limit.as_of)}) {limit.note}".rstrip()
    name = f"Usual for {draft.terms.programme_name}: "
    return Demand((str(limit.minimum),), Basis.PROGRAMME_RULE, source, usual=name)


def _in_category(draft: Draft, one: Member, wanted: tuple[str, ...]) -> Answer:
    category = draft.terms.reference.categories.get((one.nuts or "")[:LEVEL_2])
    if category is None:
        return Answer.UNKNOWN
    return Answer.MET if category in wanted else Answer.NOT_MET


def _until_enough(members: int, fitting: int, per_cent: int) -> int:
    """How many fitting members bring the share up, when nobody leaves; each one counts on both sides."""
    short = per_cent * members - 100 * fitting
    return max(math.ceil(short / (100 - per_cent)), 1) if per_cent < 100 else 1


def _size(one: Member) -> int:
    return one.population or 0


def _sum(towns: list[Member]) -> str:
    named = words.listing(f"{one.name} {_size(one):,}" for one in towns if one.population)
    return f"together {sum(map(_size, towns)):,} ({named})" if named else "nobody's are known"
