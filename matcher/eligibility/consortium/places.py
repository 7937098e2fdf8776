"""Consortium rules about where the members are and how large: richness of regions, parts of the area, inhabitants."""

from __future__ import annotations

import math
from collections.abc import Iterator

from matcher.eligibility import words
from matcher.eligibility.consortium.draft import Draft, Tally
from matcher.eligibility.consortium.rules import ConsortiumRule, consortium_rule
from matcher.eligibility.consortium.words import lands, spelt
from matcher.eligibility.demand import Demand, least, stated, usual
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
from matcher.model.said import a_number, series

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
    named = words.categories(share.categories)
    reason = said_n(
        "At least %(share)s %% of the partners come from %(categories)s regions: %(needed)s of %(partners)s; %(sure)s "
        "does for sure, %(perhaps)s may.",
        "At least %(share)s %% of the partners come from %(categories)s regions: %(needed)s of %(partners)s; %(sure)s "
        "do for sure, %(perhaps)s may.",
        sure,
        share=share.per_cent,
        categories=named,
        needed=needed,
        partners=len(answers),
        sure=sure,
        perhaps=possible - sure,
    )
    more = said(MORE, number=words.sentence(spelt(missing)), categories=named)
    condition = rule.by_number(
        usual(draft.action),
        tally,
        reason,
        gap=Gap(categories=tuple(share.categories)),
        remedy=more,
        doubt=said(ENTER_REGIONS),
    )
    # Each further member counts on both sides of the share, so that more are needed than are short today.
    yield condition.model_copy(update={"missing": missing}) if condition.answer is Answer.NOT_MET else condition


MORE = to_say("%(number)s more from %(categories)s regions, or fewer from others.")
ENTER_REGIONS = to_say(
    "Enter the members' regions (NUTS codes) where they are missing; not every region's category is known."
)


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
    if lacking:
        reason = said("A partner in each of these: %(parts)s; without one: %(lacking)s.", parts=named, lacking=told)
    else:
        reason = said("A partner in each of these: %(parts)s; each has one.", parts=named)
    countries = tuple(sorted({country for part in lacking for country in part.countries}))
    partners = [
        said("a partner in %(part)s: %(countries)s", part=part.name, countries=lands(part.countries, "or"))
        for part in lacking
    ]
    yield rule.by_number(
        usual(draft.action),
        tally,
        reason,
        gap=Gap(countries=countries),
        remedy=said("%(partners)s.", partners=words.sentence(series(partners))),
        doubt=said("Find out in which countries the members are established, and whether these take part."),
    )


@consortium_rule("Is the leading town large enough?", URBAN)
def inhabitants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """An urban authority of a least size applies, alone or several that reach it together; arises where a limit is
    known. A group also needs to be towns or cities by degree of urbanisation, which is not known for towns."""
    demand = _limit(draft)
    if demand is None:
        return
    if demand.number is None:
        reason = said(NO_NUMBER, words=words.listing(demand.values))
        yield rule.condition(demand, Answer.UNKNOWN, reason, remedy=said("Read it in the call document."))
        return
    yield _large_enough(draft, rule, demand, demand.number)


NO_NUMBER = to_say("The call sets a least number of inhabitants that was not understood: %(words)s.")


def _large_enough(draft: Draft, rule: ConsortiumRule, demand: Demand, needed: int) -> Condition:
    towns = [one for one in draft.counting if ApplicantKind.LOCAL_AUTHORITY in one.kinds or not one.kinds]
    leads = [one for one in towns if one.role is Role.COORDINATOR]
    alone = next((one for one in leads if ApplicantKind.LOCAL_AUTHORITY in one.kinds and _size(one) >= needed), None)
    if alone:
        ending = said("%(name)s has %(number)s", name=alone.name, number=a_number(_size(alone)))
        return rule.condition(demand, Answer.MET, _needs(needed, ending))
    together = sum(map(_size, towns))
    if together >= needed:
        able = [one.name for one in towns if _size(one) >= needed]
        remedy = said("Let %(names)s lead. Else: %(group)s", names=words.listing(able, "or"), group=GROUP)
        reason = _needs(needed, said("not sure: %(sum)s", sum=_sum(towns)))
        return rule.condition(demand, Answer.UNKNOWN, reason, remedy=remedy if able else GROUP)
    if unsized := [one.name for one in towns if one.population is None]:
        reason = _needs(needed, said("the inhabitants of %(names)s are not known", names=words.listing(unsized)))
        return rule.condition(demand, Answer.UNKNOWN, reason, remedy=said("Enter their inhabitants, with the source."))
    gap = Gap(kinds=(ApplicantKind.LOCAL_AUTHORITY,), role=Role.COORDINATOR, population=needed)
    remedy = said(LARGER, number=a_number(needed), more=a_number(needed - together))
    reason = _needs(needed, _sum(towns) if towns else said("no local authority is there"))
    return rule.condition(demand, Answer.NOT_MET, reason, gap=gap, remedy=remedy)


def _needs(needed: int, ending: Said) -> Said:
    return said(
        "An applying urban authority needs at least %(number)s inhabitants; %(ending)s.",
        number=a_number(needed),
        ending=ending,
    )


LARGER = to_say(
    "A town or city with %(number)s inhabitants that leads, or neighbouring authorities with together %(more)s more."
)
GROUP = said(
    "Find out whether each of them is a city, town or suburb by Eurostat's degree of urbanisation (class 1 or 2) and "
    "they apply as a group, or whether they are an organised agglomeration with 51 %% of its people in such places."
)


def _limit(draft: Draft) -> Demand | None:
    """The call's own least number, else that of the programme for the day; the figures stand in participation.yml."""
    if clause := least(stated(draft.terms, CriterionKind.POPULATION)):
        return clause
    limit = draft.terms.reference.population(draft.call.programme or "", draft.terms.deciding_day)
    if limit is None:
        return None
    source = words.with_note(limit.source, limit.as_of, limit.note)
    return Demand((str(limit.minimum),), Basis.PROGRAMME_RULE, source, usual=draft.terms.programme_name)


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


def _sum(towns: list[Member]) -> Said:
    named = [said("%(name)s %(number)s", name=one.name, number=a_number(_size(one))) for one in towns if one.population]
    if not named:
        return said("nobody's are known")
    total = a_number(sum(map(_size, towns)))
    return said("together %(total)s (%(names)s)", total=total, names=words.listing(named))
