"""A row of the brief's table as one organisation meets it: what it can use, what not, and other ways to the money.

Draws nothing and remembers nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matcher.model import Fund, Match, Profile, RouteKind
from matcher.selection import usability

if TYPE_CHECKING:
    from matcher.reference import FundRow
    from matcher.service import FundSection, Service

BEST = 3
"""Calls of a fund that are drawn in full."""


@dataclass(frozen=True)
class Section:
    """A row of the brief's table with the calls below it, sorted by what the organisation can do with them."""

    row: FundRow | None
    best: tuple[Match, ...] = ()
    """The nearest calls that are open to the organisation, or not known not to be; with quotes."""
    more: tuple[Match, ...] = ()
    """The other calls of that sort."""
    not_open: tuple[Match, ...] = ()
    closed: tuple[Match, ...] = ()
    other_ways: tuple[RouteKind, ...] = ()
    """How the fund's money is reached where the Commission publishes no call for it."""


def section(service: Service, part: FundSection, profile: Profile, on: date) -> Section:
    """What the organisation can do with the calls of one row on that day; the best ones are quoted."""
    found = _by_use(part.matches)
    usable = found.get(0, ()) + found.get(1, ())
    return Section(
        row=part.row,
        best=tuple(map(service.quote, usable[:BEST])),
        more=usable[BEST:],
        not_open=found.get(2, ()),
        closed=found.get(3, ()),
        other_ways=() if part.row is None else _other_ways(service, part.row.fund, profile.country, on),
    )


def _by_use(matches: Iterable[Match]) -> dict[int, tuple[Match, ...]]:
    """Matches by `selection.usability`, each group in the order given."""
    groups = defaultdict(list)
    for match in matches:
        groups[usability(match)].append(match)
    return {use: tuple(group) for use, group in groups.items()}


def _other_ways(service: Service, fund: Fund, country: str, on: date) -> tuple[RouteKind, ...]:
    """Routes of the fund's programmes in which the country takes part for certain."""
    from matcher.reference import Standing

    ways = set()
    for programme in service.reference.programmes:
        if programme.fund is fund and programme.route is not None:
            place = service.reference.standing(programme.key, country, on)
            if place is not None and place.standing in (Standing.MEMBER, Standing.ASSOCIATED):
                ways.add(programme.route)
    return tuple(sorted(ways))
