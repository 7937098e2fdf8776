"""Many organisations before many calls: what is the same for several of them is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from matcher.eligibility import routes, rules, seats
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.model import Call, Profile, Route, Verdict
from matcher.reference import Reference


class Judgement(NamedTuple):
    profile: str
    """Id."""
    call: str
    """Id."""
    verdicts: tuple[Verdict, ...]
    route: Route


def judge(situation: Situation) -> tuple[tuple[Verdict, ...], Route]:
    """Verdicts and route of one situation, each question asked once."""
    found = rules.verdicts(situation)
    return found, routes.route(situation, found)


def assess_all(
    profiles: Sequence[Profile], calls: Iterable[Call], on: date, reference: Reference
) -> Iterator[Judgement]:
    """Every organisation before every call, call by call, in the order given."""
    grouped = list(zip(profiles, groups(profiles), strict=True))
    for call in calls:
        terms = CallTerms(call, on, reference)
        for profile, alike in grouped:
            yield Judgement(profile.id, call.id, *judge(Situation(profile, terms, alike)))


def groups(profiles: Sequence[Profile]) -> list[Mapping[str, int]]:
    """For each organisation, by rule and question of a seat, the group of those that agree in the facts it looks at."""
    looked_at = {rule.name: rule.facts for rule in rules.RULES.values()}
    looked_at |= {question.__name__: facts for question, facts in seats.ASKED.items()}
    known: dict[tuple[object, ...], int] = {}
    return [
        {
            name: known.setdefault((name, *(getattr(profile, fact) for fact in facts)), len(known))
            for name, facts in looked_at.items()
        }
        for profile in profiles
    ]
