"""The calls of a listing as a table of plain values: what a workbook and a CSV file hold. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

import pandas as pd

from dashboard import words
from dashboard.listing import Listing
from dashboard.plain.slices import GROUPS
from dashboard.told.calls import Known, Told
from dashboard.told.sources import host
from matcher.languages import Speaker
from matcher.languages.terms import ROUTES, STATUSES
from matcher.model import Call, CallStatus, RouteKind
from matcher.printable import one_line, safe_url

Value: TypeAlias = str | float | date | None
LONGEST = 2_000
"""Characters of one cell."""


class Kind(Enum):
    TEXT = "text"
    DAY = "day"
    EURO = "euro"
    SHARE = "share"
    """Of 1."""
    NUMBER = "number"
    LINK = "link"


@dataclass(frozen=True)
class Entry:
    """One call of the listing. `told`: None where its reason and caution were not looked up."""

    standing: Any
    """Its row of the standing."""
    call: Call
    group: str
    """One of GROUPS."""
    told: Told | None
    page: str
    """Complete address of its page here."""


@dataclass(frozen=True)
class Column:
    heading: str
    kind: Kind
    width: int
    """Characters."""
    value: Callable[[Any], Value]
    """Of one entry of what the table lists."""


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def table(entries: Iterable[Entry], say: Speaker, known: Known, on: date) -> Table:
    found = columns(say, known, on)
    return Table(found, tuple(tuple(one.value(entry) for one in found) for entry in entries))


def entries(
    listing: Listing, calls: Callable[[str], Call], told: dict[str, Told], page: Callable[[str], str]
) -> list[Entry]:
    """Every call of the listing once, in its order. `calls` and `page` by id."""
    group_of = {id: name for part in listing.parts for name in GROUPS for id in getattr(part, name)}
    rows = zip(listing.table.index, listing.table.itertuples(index=False), strict=True)
    return [Entry(row, calls(id), group_of[id], told.get(id), page(id)) for id, row in rows]


def columns(say: Speaker, known: Known, on: date) -> tuple[Column, ...]:
    """What is told of a call, in the order of a reader's questions."""
    groups = {
        "usable": say.gettext("open, or may be"),
        "not_open": say.gettext("not open to you"),
        "closed": say.term(STATUSES[CallStatus.CLOSED]),
        "dismissed": say.gettext("dismissed"),
    }
    return (
        Column(say.gettext("Title"), Kind.TEXT, 60, lambda one: one_line(one.call.title, LONGEST)),
        Column(say.gettext("Code"), Kind.TEXT, 30, lambda one: one_line(one.call.code or "")),
        Column(say.gettext("Fund"), Kind.TEXT, 10, lambda one: one.call.fund or ""),
        Column(say.gettext("Programme"), Kind.TEXT, 14, lambda one: one_line(one.call.programme or "")),
        Column(say.gettext("Country"), Kind.TEXT, 14, lambda one: _country(one.call, say)),
        Column(say.gettext("For you"), Kind.TEXT, 18, lambda one: groups[one.group]),
        Column(say.gettext("State"), Kind.TEXT, 18, lambda one: say.term(STATUSES[CallStatus(one.standing.status)])),
        Column(say.gettext("Opens"), Kind.DAY, 12, lambda one: _day(one.standing.opening)),
        Column(say.gettext("Deadline"), Kind.DAY, 12, lambda one: _day(one.standing.deadline)),
        Column(
            say.gettext("Deadline as stated"), Kind.TEXT, 40, lambda one: words.next_deadline_words(say, one.call, on)
        ),
        Column(say.gettext("Days left"), Kind.NUMBER, 10, lambda one: _days(one.standing.deadline, on)),
        Column(say.gettext("Way in"), Kind.TEXT, 40, lambda one: _ways(one.standing, say)),
        Column(say.gettext("Apply to"), Kind.TEXT, 30, lambda one: one.told.body if one.told else ""),
        Column(say.gettext("One grant from, EUR"), Kind.EURO, 18, lambda one: _amount(one.standing.grant_least)),
        Column(say.gettext("One grant to, EUR"), Kind.EURO, 18, lambda one: _amount(one.standing.grant_most)),
        Column(say.gettext("Budget of the call, EUR"), Kind.EURO, 20, lambda one: _amount(one.standing.budget)),
        Column(say.gettext("Fit, of 1"), Kind.SHARE, 9, lambda one: round(float(one.standing.score), 4)),
        Column(say.gettext("Why"), Kind.TEXT, 60, lambda one: one.told.reason if one.told else ""),
        Column(say.gettext("To find out"), Kind.TEXT, 50, lambda one: one.told.caution if one.told else ""),
        Column(say.gettext("First seen"), Kind.DAY, 12, lambda one: _day(one.standing.first_seen)),
        Column(say.gettext("Language"), Kind.TEXT, 12, lambda one: _language(one.call, say)),
        Column(
            say.gettext("Source"),
            Kind.TEXT,
            28,
            lambda one: one_line(known.sources.get(one.call.source, one.call.source)),
        ),
        Column(say.gettext("Official page"), Kind.LINK, 40, lambda one: safe_url(one.call.url) or ""),
        Column(say.gettext("Details"), Kind.LINK, 40, lambda one: one.page if host(one.page) else ""),
    )


def _country(call: Call, say: Speaker) -> str:
    return say.country_name(call.national.country) if call.national else ""


def _language(call: Call, say: Speaker) -> str:
    return say.language_name(call.language) if call.language else ""


def _ways(standing: Any, say: Speaker) -> str:
    kinds: Sequence[str] = (standing.route, *str(standing.also).split())
    return say.either([say.term(ROUTES[RouteKind(kind)]) for kind in kinds])


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _days(value: Any, on: date) -> float | None:
    day = _day(value)
    return None if day is None or day < on else float((day - on).days)


def _amount(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
