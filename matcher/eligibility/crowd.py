"""Many organisations before many calls: what is the same for several of them is worked out once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from matcher.eligibility import routes, rules, seats
from matcher.eligibility.registry import Rule
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
    alike = groups(profiles, reference)
    for call in calls:
        terms = CallTerms(call, on, reference)
        situations = [Situation(profile, terms, group) for profile, group in zip(profiles, alike, strict=True)]
        columns = [_column(rule, terms, situations) for rule in rules.RULES.values()]
        for situation, row in zip(situations, zip(*columns, strict=True), strict=True):
            found = tuple([verdict for verdict in row if verdict is not None])
            yield Judgement(situation.profile.id, call.id, found, routes.route(situation, found))


def _column(rule: Rule, terms: CallTerms, situations: Sequence[Situation]) -> list[Verdict | None]:
    """The rule's verdict on each; organisations of which it sees the same share one."""
    known: dict[Hashable, Verdict | None] = {}
    views = rule.views(terms, situations)
    for view, situation in zip(views, situations, strict=True):
        if view not in known:
            known[view] = rule.verdict(situation)
    return [known[view] for view in views]


def groups(profiles: Sequence[Profile], reference: Reference) -> list[Mapping[str, int]]:
    """For each organisation, by rule and question of a seat, the group of those that are alike in what it looks at."""
    known: dict[tuple[object, ...], int] = {}
    return [
        {name: known.setdefault((name, seen), len(known)) for name, seen in _seen(profile, reference)}
        for profile in profiles
    ]


def _seen(profile: Profile, reference: Reference) -> Iterator[tuple[str, object]]:
    for rule in rules.RULES.values():
        if rule.asks is None:
            yield rule.group, tuple(getattr(profile, fact) for fact in rule.facts if fact != "roles")
    for judge in seats.ASKED:
        yield judge.__name__, seats.seen(judge, profile, reference)
