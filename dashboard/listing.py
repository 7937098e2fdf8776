"""Which calls one organisation sees of each fund, under the filters it set: its standing, cut and put in order. Pure.

Dashboard, plain pages and exports all show this. A part's groups hold every call that fulfils the filters exactly once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from dashboard import filters as asked
from dashboard.filters import Filters, Sort
from matcher.model import Fund, Pursuit, RouteKind, Stage
from matcher.reference import Standing

if TYPE_CHECKING:
    from matcher.reference import FundRow, Reference

Mask: TypeAlias = "pd.Series[bool]"

GROUPS = ("usable", "not_open", "closed", "dismissed")
GROUP = np.array([0, 0, 1, 2])
"""Value of the column `usability` (matcher.selection) -> the group of a call that was not dismissed."""

TAKING_PART = (Standing.MEMBER, Standing.ASSOCIATED)

NEW = timedelta(days=14)
"""So long after it was first seen a call is new."""

ROLES = {
    asked.Part.LEAD: (
        RouteKind.LEAD,
        RouteKind.NATIONAL_AUTHORITY,
        RouteKind.MANAGING_AUTHORITY,
        RouteKind.NATIONAL_AGENCY,
    ),
    asked.Part.JOIN: (RouteKind.CO_APPLICANT, RouteKind.AFFILIATED_ENTITY, RouteKind.ASSOCIATED_PARTNER),
    asked.Part.SUB_GRANT: (RouteKind.SUB_GRANT,),
}
"""What an organisation wants to be -> the ways in that make it so. At an authority of its own country it applies
itself."""


@dataclass(frozen=True)
class Part:
    """A row of the brief's table with the ids of its calls, each group in the order asked for."""

    row: FundRow | None
    """None: programmes outside the brief's five funds."""
    usable: tuple[str, ...] = ()
    """Open to the organisation, now or soon, or not known not to be."""
    not_open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()
    """The organisation said that they are not for it."""
    other_ways: tuple[RouteKind, ...] = ()
    """How the fund's money is reached where the Commission publishes no call for it."""

    @property
    def number(self) -> int:
        """Of its calls, in whatever group."""
        return len(self.usable) + len(self.not_open) + len(self.closed) + len(self.dismissed)


@dataclass(frozen=True, eq=False)
class Listing:
    parts: tuple[Part, ...]
    """In the order of the brief's table; last what lies outside it."""
    table: pd.DataFrame
    """The rows of the standing that fulfil the filters, in the order asked for; dismissed ones as well."""
    every: pd.DataFrame
    """The whole standing: what can be asked for."""
    total: int
    """Calls that the organisation could be shown without any filter."""
    returned: frozenset[str] = frozenset()
    """Dismissed calls that changed since, and so stand among the others again."""
    new: frozenset[str] = frozenset()
    """Calls that appeared not long ago; those that were there when their source was first read are not new."""

    @property
    def usable(self) -> int:
        return sum(len(part.usable) for part in self.parts)


def listed(
    standing: pd.DataFrame,
    filters: Filters,
    found_by_text: Mapping[str, float] | None,
    pursuits: Mapping[str, Pursuit],
    rows: Sequence[FundRow],
    other_ways: Mapping[Fund, tuple[RouteKind, ...]],
    on: date,
    returned: Collection[str] = (),
) -> Listing:
    """`found_by_text`: how well each call fits the words asked for; asked for only where the filters name words.

    `returned`: calls that changed since they were dismissed.
    """
    texts = found_by_text or {}
    table = _in_order(_kept(standing, _fulfil(standing, filters, texts, on)), filters, texts)
    dismissed = {id for id, one in pursuits.items() if one.stage is Stage.DISMISSED}
    groups = _groups(table, [row.fund for row in rows], dismissed - set(returned))
    parts = [
        Part(row, **groups[place], other_ways=other_ways.get(row.fund, ()) if row else ())
        for place, row in enumerate([*rows, None])
    ]
    return Listing(
        parts=tuple(parts),
        table=table,
        every=standing,
        total=len(standing),
        returned=frozenset(dismissed & set(returned)),
        new=_new(standing, on),
    )


def _new(standing: pd.DataFrame, on: date) -> frozenset[str]:
    seen, day = standing["first_seen"], pd.Timestamp(on)
    began = seen.groupby(standing["source"]).transform("min")
    return frozenset(standing.index[(seen > began) & (seen <= day) & (seen >= day - NEW)])


def other_ways(reference: Reference, country: str, on: date) -> dict[Fund, tuple[RouteKind, ...]]:
    """Of each fund, the ways in through programmes in which the country takes part for certain."""
    ways = defaultdict(set)
    for programme in reference.programmes:
        place = reference.standing(programme.key, country, on)
        if programme.fund and programme.route and place and place.standing in TAKING_PART:
            ways[programme.fund].add(programme.route)
    return {fund: tuple(sorted(found)) for fund, found in ways.items()}


def _groups(table: pd.DataFrame, funds: Sequence[Fund], gone: Collection[str]) -> list[dict[str, tuple[str, ...]]]:
    """The ids of the calls of each fund, and last of all others, by the name of their group.

    All are told apart in one pass, because each page asks this of tens of thousands of calls.
    """
    fund = pd.Index([one.value for one in funds]).get_indexer(pd.Index(table["fund"]))
    fund[fund < 0] = len(funds)
    group = GROUP[table["usability"].to_numpy()]
    if gone:
        group[table.index.isin(list(gone))] = GROUPS.index("dismissed")
    cell, cells = fund * len(GROUPS) + group, (len(funds) + 1) * len(GROUPS)
    ids = table.index.to_numpy()[np.argsort(cell, kind="stable")]
    ends = np.cumsum(np.bincount(cell, minlength=cells))
    told = [tuple(one) for one in np.split(ids, ends[:-1])]
    return [dict(zip(GROUPS, told[at : at + len(GROUPS)], strict=True)) for at in range(0, cells, len(GROUPS))]


def _kept(calls: pd.DataFrame, mask: Mask) -> pd.DataFrame:
    """Without a copy where all are."""
    return calls if mask.all() else calls[mask]


def _fulfil(calls: pd.DataFrame, filters: Filters, texts: Mapping[str, float], on: date) -> Mask:
    """Which calls fulfil all filters. What a call does not state of its money, or of the way in, leaves it in."""
    kept = pd.Series(True, index=calls.index)
    for name, test in TESTS.items():
        if (asked := getattr(filters, name)) not in (None, "", ()):
            kept &= test(calls, asked, on)
    return kept & calls.index.isin(list(texts)) if filters.text else kept


def _is_within(calls: pd.DataFrame, days: int, on: date) -> Mask:
    left = (calls["deadline"] - pd.Timestamp(on)).dt.days
    return (left >= 0) & (left <= days)


def _was_seen(calls: pd.DataFrame, days: int, on: date) -> Mask:
    """First seen so long ago at most; of a day that is not known nothing holds."""
    seen, day = calls["first_seen"], pd.Timestamp(on)
    return (seen <= day) & (seen >= day - timedelta(days=days))


def _one_of(calls: pd.DataFrame, routes: Sequence[RouteKind]) -> Mask:
    """By its best way in or any other."""
    return _is_in(calls["route"], routes) | _holds(calls["also"], routes)


def _is_in(column: pd.Series[str], values: Sequence[str]) -> Mask:
    return column.isin([str(value) for value in values])


def _holds(column: pd.Series[str], values: Sequence[str]) -> Mask:
    """Of words separated by spaces, whether any is one of the values. The different texts of a column are few."""
    wanted = {str(value) for value in values}
    return column.isin([text for text in column.unique() if wanted & set(text.split())])


def _in_order(calls: pd.DataFrame, filters: Filters, texts: Mapping[str, float]) -> pd.DataFrame:
    """As asked; calls that are alike in that stay in the order of the standing."""
    if not calls["place"].is_monotonic_increasing:
        calls = calls.sort_values("place", kind="stable")
    match filters.sort:
        case Sort.DEADLINE:
            return calls.sort_values("deadline", kind="stable", na_position="last")
        case Sort.FIRST_SEEN:
            return calls.sort_values("first_seen", ascending=False, kind="stable", na_position="last")
        case Sort.AMOUNT:
            return calls.sort_values("grant_most", ascending=False, kind="stable", na_position="last")
    if not filters.text:
        return calls
    fit = pd.Series(calls.index.map(texts), index=calls.index, dtype=float)
    return calls.loc[fit.sort_values(ascending=False, kind="stable").index]


TESTS: dict[str, Callable[[pd.DataFrame, Any, date], Mask]] = {
    "fund": lambda calls, asked, on: _is_in(calls["fund"], asked),
    "status": lambda calls, asked, on: _is_in(calls["status"], asked),
    "language": lambda calls, asked, on: _is_in(calls["language"], asked),
    "route": lambda calls, asked, on: _one_of(calls, asked),
    "role": lambda calls, asked, on: _one_of(calls, (*ROLES[asked], RouteKind.UNKNOWN)),
    "goal": lambda calls, asked, on: _holds(calls["goals"], asked),
    "within": _is_within,
    "seen": _was_seen,
    "least": lambda calls, asked, on: ~(calls["grant_most"] < asked),
    "most": lambda calls, asked, on: ~(calls["grant_least"] > asked),
    "country": lambda calls, asked, on: calls["country"].isin(["", asked]),
}
"""Name of a filter -> which calls fulfil what it asks for."""


def without_each(
    standing: pd.DataFrame, filters: Filters, found_by_text: Mapping[str, float] | None, on: date
) -> dict[str, int]:
    """Name of each filter in use -> how many calls there would be without it: which one leaves nothing."""
    texts = found_by_text or {}
    counts = {}
    for one in fields(Filters):
        if one.name != "sort" and getattr(filters, one.name) != one.default:
            freed: dict[str, Any] = {one.name: one.default}
            counts[one.name] = int(_fulfil(standing, replace(filters, **freed), texts, on).sum())
    return counts
