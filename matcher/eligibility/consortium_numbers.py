"""Consortium rules that count: applicants, countries, Member States, coordinators, bodies independent of each other.

Every least number is answered by what is there for sure and what may be there: a member without a country is a
further country only perhaps. A country that takes no part counts towards nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from matcher.eligibility import words
from matcher.eligibility.consortium_rules import DOUBTFUL, ConsortiumRule, consortium_rule
from matcher.eligibility.demand import Demand, asked, least, most
from matcher.eligibility.draft import Draft, Tally
from matcher.model import Answer, ApplicantKind, Basis, Condition, CriterionKind, Gap, Member, Role

GRANT_AGREEMENT = "EU model grant agreement, Article 7 (beneficiaries and coordinator)"
FINANCIAL_REGULATION = "Regulation (EU, Euratom) 2024/2509, Article 200 (eligible applicants)"
AUTHORITIES = frozenset({ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.REGIONAL_AUTHORITY})
ONE_LEADS = Demand((), Basis.PROGRAMME_RULE, GRANT_AGREEMENT)


@consortium_rule("Is there a coordinator?", GRANT_AGREEMENT)
def coordinator(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """One of the applicants sends in the application and speaks for all. A national call has rules of its own."""
    if draft.call.national:
        return
    if names := _names(draft.coordinators):
        yield rule.condition(ONE_LEADS, Answer.MET, f"Entered as coordinator: {names}.")
    else:
        remedy = "Say which member leads, or look for a partner that does."
        yield rule.condition(ONE_LEADS, Answer.NOT_MET, "Nobody leads.", gap=Gap(role=Role.COORDINATOR), remedy=remedy)


@consortium_rule("Does one member alone coordinate?", GRANT_AGREEMENT)
def one_coordinator(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A project has one coordinator; arises where several are entered as such."""
    if len(draft.coordinators) > 1:
        remedy = "Let one of them lead; enter the others as beneficiaries."
        reason = f"{_names(draft.coordinators)} are all entered as coordinator."
        yield rule.condition(ONE_LEADS, Answer.NOT_MET, reason, remedy=remedy)


@consortium_rule("Are there enough applicants?", FINANCIAL_REGULATION)
def min_applicants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask for a least number of applicants. Silence is unknown."""
    found = least(asked(draft.terms, CriterionKind.MIN_APPLICANTS, draft.action, draft.partnership.min_applicants))
    if found is None or found.number is None:
        yield _silent(rule, found, "how many applicants it takes")
        return
    tally = draft.tally(found.number, lambda _: Answer.MET)
    reason = f"At least {_count(found.number, 'applicant', 'applicants')}; {_counted(draft)}."
    remedy = f"{_count_words(tally.missing)} more {_plural(tally.missing, 'partner', 'partners')} with a funded role."
    yield rule.by_number(found, tally, reason, gap=Gap(), remedy=words.sentence(remedy), doubt=_open(draft))


@consortium_rule("Are there few enough applicants?", FINANCIAL_REGULATION)
def max_applicants(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may limit the number of applicants; arises where it does."""
    found = most(asked(draft.terms, CriterionKind.MAX_APPLICANTS, draft.action, draft.partnership.max_applicants))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, "how many applicants it takes at most")
        return
    over = len(draft.counting) - found.number
    reason = f"At most {_count(found.number, 'applicant', 'applicants')}; the draft has {len(draft.counting)}."
    if over <= 0:
        yield rule.condition(found, Answer.MET, reason)
    else:
        remedy = f"Leave out {over}, or let them join as associated partners without funding."
        yield rule.condition(found, Answer.NOT_MET, reason, missing=over, remedy=remedy)


@consortium_rule("Are they from enough countries?", FINANCIAL_REGULATION)
def min_countries(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask for applicants from a least number of countries that take part. Silence is unknown."""
    found = least(asked(draft.terms, CriterionKind.MIN_COUNTRIES, draft.action, draft.partnership.min_countries))
    if found is None or found.number is None:
        yield _silent(rule, found, "from how many countries applicants must come")
        return
    sure = draft.countries(Answer.MET)
    here = draft.countries(Answer.MET, Answer.UNKNOWN)
    tally = Tally(found.number, len(sure), len(here) + draft.stateless)
    reason = f"Applicants from at least {_count(found.number, 'country', 'countries')}; {_places(draft, sure, here)}."
    gap, remedy = Gap(other_countries=tuple(sorted(here))), _from_elsewhere(tally.missing, here, "country")
    yield rule.by_number(found, tally, reason, gap=gap, remedy=remedy, doubt=_open(draft))


@consortium_rule("Are enough Member States among them?", FINANCIAL_REGULATION)
def min_member_states(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """A call may ask that applicants come from one or more Member States of the EU that take part."""
    value = draft.partnership.min_member_states
    found = least(asked(draft.terms, CriterionKind.MIN_MEMBER_STATES, draft.action, value))
    if found is None:
        return
    if found.number is None:
        yield _silent(rule, found, "from how many Member States applicants must come")
        return
    states = set(draft.terms.reference.member_states)
    sure, here = draft.countries(Answer.MET) & states, draft.countries(Answer.MET, Answer.UNKNOWN) & states
    tally = Tally(found.number, len(sure), len(here) + draft.stateless)
    noun = _count(found.number, "Member State", "Member States")
    reason = f"Applicants from at least {noun} of the EU; {_places(draft, sure, here)}."
    gap, remedy = Gap(countries=tuple(sorted(states - here))), _from_elsewhere(tally.missing, here, "Member State")
    yield rule.by_number(found, tally, reason, gap=gap, remedy=remedy, doubt=_open(draft))


@consortium_rule("Are they independent of each other?", FINANCIAL_REGULATION)
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
    who = "All applicants" if not found.number else _count(found.number, "applicant", "applicants")
    tally = Tally(needed, min(sure, needed), len(draft.counting))
    reason = f"{words.sentence(who)} must be independent of each other; {_independence(tally)}."
    remedy = words.sentence(f"{_count_words(tally.missing)} more, independent of those that are there.")
    doubt = "Find out whether one of them owns or controls another, or one body controls two of them."
    yield rule.by_number(found, tally, reason, gap=Gap(), remedy=remedy, doubt=doubt)


@consortium_rule("Is each body there once?", GRANT_AGREEMENT)
def each_once(draft: Draft, rule: ConsortiumRule) -> Iterator[Condition]:
    """One legal person is one applicant; arises where the same profile or the same participant code stands twice."""
    known = [key for one in draft.counting for key in {f"profile {one.profile}", f"code {one.pic}"}]
    empty = {"profile None", "code "}
    if doubles := sorted(key for key, count in Counter(known).items() if count > 1 and key not in empty):
        reason = f"The same body counts once only; twice in the draft: {words.listing(doubles)}."
        yield rule.condition(ONE_LEADS, Answer.NOT_MET, reason, remedy="Take one of the two out.")


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


def _counted(draft: Draft) -> str:
    parts = []
    for answer, ending in (
        (Answer.MET, "{names} {verb}"),
        (Answer.UNKNOWN, "whether {names} {verb} is open, because it is not known whether the country takes part"),
        (Answer.NOT_MET, "{names} {not_verb}, because the country takes no part"),
    ):
        found = [one for one, told in draft.taking_part.items() if told is answer]
        if found:
            one = len(found) == 1
            verbs = {"verb": "counts" if one else "count", "not_verb": "does not count" if one else "do not count"}
            parts.append(ending.format(names=_names(found), **verbs))
    return "; ".join(parts) or "nobody in the draft counts"


def _places(draft: Draft, sure: Collection[str], here: Collection[str]) -> str:
    """ "Greece and Latvia are there; whether Serbia counts is open"."""
    parts = [f"{_lands(sure)} {_plural(len(sure), 'is', 'are')} there"] if sure else ["none is there for sure"]
    if doubtful := set(here) - set(sure):
        parts.append(f"whether {_lands(doubtful)} {_plural(len(doubtful), 'counts', 'count')} is open")
    if out := draft.countries(Answer.NOT_MET):
        parts.append(f"{_lands(out)} {_plural(len(out), 'takes', 'take')} no part")
    if draft.stateless:
        names = _names([one for one in draft.counting if one.country is None])
        parts.append(f"the country of {names} is not known")
    return "; ".join(parts)


def _open(draft: Draft) -> str:
    """What to find out where it hangs on countries."""
    nowhere = [one for one in draft.counting if one.country is None]
    doubtful = {one.country for one, told in draft.taking_part.items() if one.country and told is Answer.UNKNOWN}
    told = [f"in which country {_names(nowhere)} {_plural(len(nowhere), 'is', 'are')} established"] if nowhere else []
    told += [f"whether {_lands(doubtful)} {_plural(len(doubtful), 'takes', 'take')} part"] if doubtful else []
    return f"Find out {words.listing(told)}."


def _independence(tally: Tally) -> str:
    if tally.answer is Answer.MET:
        return "authorities of so many different countries are"
    if tally.answer is Answer.NOT_MET:
        return f"the draft has {tally.possible} that count"
    return "whether the members are is not known"


def _from_elsewhere(missing: int, here: Collection[str], noun: str) -> str:
    """ "A partner from a third country, not Greece or Latvia."."""
    others = f", not {_lands(here, 'or')}" if here else ""
    if missing == 1:
        return f"A partner from a {_ORDINALS.get(len(here) + 1, 'further')} {noun}{others}."
    nouns = {"country": "countries", "Member State": "Member States"}[noun]
    return f"{words.sentence(_count_words(missing))} partners from {_count_words(missing)} further {nouns}{others}."


_ORDINALS = dict(enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1))
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _count(number: int, one: str, many: str) -> str:
    return f"{_count_words(number)} {_plural(number, one, many)}"


def _lands(codes: Collection[str], last: str = "and") -> str:
    return words.listing(sorted(map(words.country, codes)), last)


def _names(members: Collection[Member]) -> str:
    return words.listing(one.name for one in members) if members else ""
