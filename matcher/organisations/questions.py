"""Which fact of an organisation settles most of what is not known before the running calls. Pure.

What a question is worth is tried out, not estimated: the organisation is judged as it is entered, and once more for
each answer of a trial set that it could give. A question is worth what its best answer settles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.eligibility.crowd import assess_all
from matcher.eligibility.rules import RULES
from matcher.model import Answer, Call, CallStatus, Experience, Population, Profile
from matcher.model.profile import Sum
from matcher.organisations.draft import STATED
from matcher.organisations.tongues import EU
from matcher.reference import Reference

MOST_CALLS = 150
"""Running calls that are looked at, those with the nearest deadlines: more make the form wait for longer than a second
and change no order."""

Size = Callable[[Profile, Call], Answer]
"""Whether a call fits the size of an organisation."""
SIZE = "size"
"""Stands for that question beside the names of rules."""


@dataclass(frozen=True)
class Question:
    """`fact`: a field of Profile that is not entered yet. `settles`: open questions that its best answer closes."""

    fact: str
    settles: int


@dataclass(frozen=True)
class Agenda:
    """What to ask an organisation, what settles most first."""

    questions: tuple[Question, ...]
    open: int
    """Answers that are not known today, over all rules and calls; many of them because the call is silent."""
    calls: int
    """That were looked at."""

    def question(self, fact: str) -> Question | None:
        return next((one for one in self.questions if one.fact == fact), None)


def agenda(
    profile: Profile, calls: Iterable[Call], on: date, reference: Reference, regions: Sequence[str], size: Size
) -> Agenda:
    """The questions whose answers the profile lacks. `regions`: NUTS codes of its country, to try places of it."""
    near = nearest(calls, on)
    tried = [(fact, one) for fact, answers in trials(profile, on, regions).items() for one in answers]
    people = [profile, *(one for _, one in tried)]
    known = [one.model_copy(update={"id": str(place)}) for place, one in enumerate(people)]
    opened = _opened(known, near, on, reference, size)
    today = opened[0]
    worth: Counter[str] = Counter()
    for place, (fact, _) in enumerate(tried, 1):
        worth[fact] = max(worth[fact], len(today - opened[place]))
    ranked = sorted(worth, key=lambda fact: (-worth[fact], fact))
    return Agenda(tuple(Question(fact, worth[fact]) for fact in ranked), len(today), len(near))


def nearest(calls: Iterable[Call], on: date) -> list[Call]:
    """The running calls that end first; those without a known end come last."""
    running = [call for call in calls if call.status(on) is not CallStatus.CLOSED]
    return sorted(running, key=lambda call: (_end(call, on), call.id))[:MOST_CALLS]


def trials(profile: Profile, on: date, regions: Sequence[str]) -> Mapping[str, tuple[Profile, ...]]:
    """For each fact that the profile lacks, the profile with answers that differ in what they bring about."""
    asked = {fact for rule in RULES.values() for fact in rule.facts} | {"annual_budget"}
    missing = [fact for fact in _ANSWERS if fact in asked and not getattr(profile, fact)]
    return {
        fact: tuple(profile.model_copy(update={fact: answer}) for answer in _ANSWERS[fact](on, regions))
        for fact in missing
    }


def _opened(
    people: Sequence[Profile], calls: Sequence[Call], on: date, reference: Reference, size: Size
) -> list[frozenset[tuple[str, str]]]:
    """For each organisation the calls and questions whose answers are not known."""
    found: list[set[tuple[str, str]]] = [set() for _ in people]
    for one in assess_all(people, calls, on, reference):
        found[int(one.profile)].update(
            (one.call, verdict.rule) for verdict in one.verdicts if verdict.answer is Answer.UNKNOWN
        )
    for place, profile in enumerate(people):
        found[place].update((call.id, SIZE) for call in calls if size(profile, call) is Answer.UNKNOWN)
    return [frozenset(one) for one in found]


def _end(call: Call, on: date) -> date:
    ahead = call.next_deadline(on)
    return ahead.last_day if ahead and ahead.last_day else date.max


def _populations(on: date, regions: Sequence[str]) -> Iterator[Population]:
    """Under and over every limit that a call may set."""
    for value in (1, 10_000_000):
        yield Population(value=value, source=STATED, as_of=on.isoformat())


def _budgets(on: date, regions: Sequence[str]) -> Iterator[Sum]:
    for value in (1, 10_000_000_000):
        yield Sum(value=value, source=STATED, as_of=on.isoformat())


def _pasts(on: date, regions: Sequence[str]) -> Iterator[Experience]:
    """None at all, and much."""
    for projects, led, beyond in ((0, 0, False), (10, 10, True)):
        yield Experience(projects=projects, led=led, multi_country=beyond, source=STATED, as_of=on)


def _places(on: date, regions: Sequence[str]) -> Iterator[str]:
    """The first of the narrowest regions in each wider one: calls that are for a region name a wider one."""
    narrowest = max(map(len, regions), default=0)
    firsts: dict[str, str] = {}
    for code in sorted(regions):
        if len(code) == narrowest:
            firsts.setdefault(code[:-1], code)
    yield from firsts.values()


def _languages(on: date, regions: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield EU


_ANSWERS: Mapping[str, Callable[[date, Sequence[str]], Iterator[object]]] = {
    "annual_budget": _budgets,
    "experience": _pasts,
    "languages": _languages,
    "nuts": _places,
    "population": _populations,
}
"""Facts that a profile can lack, and the answers that are tried. What it cannot lack (type, country, kinds, roles) is
no question: the form asks it of everybody."""
