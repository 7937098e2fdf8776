"""Which part of a listing stands on which page: of each group of each fund so many calls. Pure.

All pages together show every call of the listing exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.listing import Listing, Part
from matcher.reference import FundRow

GROUPS = {"usable": 10, "not_open": 20, "closed": 20, "dismissed": 20}
"""The groups of a `listing.Part` in the order of a page -> calls of one fund on one page."""


@dataclass(frozen=True)
class Slice:
    """Some calls of a group. `first`: place of the first one among all of them, from 1."""

    ids: tuple[str, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.ids) - 1


@dataclass(frozen=True)
class Row:
    """A row of the brief's table on one page."""

    part: Part
    groups: dict[str, Slice]

    @property
    def fund(self) -> FundRow | None:
        return self.part.row

    @property
    def ids(self) -> Iterator[str]:
        for one in self.groups.values():
            yield from one.ids


def last_page(listing: Listing) -> int:
    """The number of pages, at least 1."""
    needed = (-(-len(getattr(part, name)) // size) for part in listing.parts for name, size in GROUPS.items())
    return max((1, *needed))


def rows(listing: Listing, page: int) -> list[Row]:
    """What stands on a page, which is counted from 1. The first one has all rows of the table, also empty ones."""
    cut = [_row(part, page) for part in listing.parts]
    return cut if page == 1 else [row for row in cut if any(row.ids)]


def whole(listing: Listing) -> list[Row]:
    """All of it, for print and files."""
    return [
        Row(part, {name: Slice(getattr(part, name), 1, len(getattr(part, name))) for name in GROUPS})
        for part in listing.parts
    ]


def _row(part: Part, page: int) -> Row:
    return Row(part, {name: _slice(getattr(part, name), page, size) for name, size in GROUPS.items()})


def _slice(ids: tuple[str, ...], page: int, size: int) -> Slice:
    first = (page - 1) * size
    return Slice(ids[first : first + size], first + 1, len(ids))
