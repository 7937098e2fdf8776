"""The page of the brief's table for one organisation: what its template shows. Asks for the matches of that page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.plain import slices
from dashboard.plain.question import Question
from dashboard.told.calls import Line, Told, line, told
from dashboard.told.funds import Fact, anchor, facts
from matcher.alerts.letters.voice import Voice
from matcher.languages import Speaker, Term
from matcher.model import RouteKind

OTHER_WAYS = {
    RouteKind.MANAGING_AUTHORITY: Term(
        "other way", "Money of this fund is also given out within the country: ask its managing authority."
    ),
    RouteKind.NATIONAL_AGENCY: Term(
        "other way", "Money of this fund is also given out within the country: ask its National Agency."
    ),
}
"""How a fund is reached for which the Commission publishes no call."""


@dataclass(frozen=True)
class Group:
    """Some of the calls that stand alike to the organisation."""

    calls: tuple[Told | Line, ...]
    first: int
    last: int
    total: int


@dataclass(frozen=True)
class Section:
    """A fund with its calls; `name` is empty for what lies outside the brief's funds."""

    key: str
    fund: str
    name: str
    now: tuple[Fact, ...]
    brief: tuple[Fact, ...]
    other_ways: tuple[str, ...]
    groups: dict[str, Group]
    number: int
    """Of its calls, on whatever page."""


def sections(rows: Iterable[slices.Row], question: Question, voice: Voice) -> list[Section]:
    """The rows of a page in words; all calls on it are asked for at once."""
    rows = list(rows)
    calls: dict[str, Told | Line] = {**_judged(rows, question, voice), **_named(rows, question, voice)}
    return [_section(row, calls, question.say) for row in rows]


def _judged(rows: list[slices.Row], what: Question, voice: Voice) -> dict[str, Told | Line]:
    """Calls of which it matters why they are open or not."""
    usable, not_open = (_ids(rows, name) for name in ("usable", "not_open"))
    found = what.matches((*usable, *not_open))
    full = {id: told(found[id], what.whose, what.known, voice) for id in usable}
    return full | {id: line(found[id].call, what.on, what.known, voice, found[id]) for id in not_open}


def _named(rows: list[slices.Row], what: Question, voice: Voice) -> dict[str, Line]:
    """Calls that are over for the organisation, whatever it is."""
    ids = (*_ids(rows, "closed"), *_ids(rows, "dismissed"))
    return {id: line(call, what.on, what.known, voice) for id, call in what.service.listed_many(ids).items()}


def _ids(rows: list[slices.Row], group: str) -> list[str]:
    return [id for row in rows for id in row.groups[group].ids]


def _section(row: slices.Row, calls: dict[str, Told | Line], say: Speaker) -> Section:
    fund, ways = row.fund, row.part.other_ways
    return Section(
        key=anchor(fund),
        fund=fund.fund.value if fund else "",
        name=say.say(fund.name) if fund else "",
        now=facts(fund, "now", say) if fund else (),
        brief=facts(fund, "brief", say) if fund else (),
        other_ways=tuple(say.term(OTHER_WAYS[way]) for way in ways if way in OTHER_WAYS),
        groups={name: _group(one, calls) for name, one in row.groups.items()},
        number=row.part.number,
    )


def _group(one: slices.Slice, calls: dict[str, Told | Line]) -> Group:
    return Group(tuple(calls[id] for id in one.ids), one.first, one.last, one.total)
