"""Which calls belong together: topics of one call, calls of one programme and year, other editions. Pure.

Codes of the portal tell it: AMIF-2025-TF2-AG-INTE-01-WOMEN is a topic of the call AMIF-2025-TF2-AG-INTE, of AMIF in
2025, and its line (matcher.precedents) is met again under other years. Where a call has no code with a year, programme,
country and the year of its days stand in for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from matcher.model import Call
from matcher.precedents import Codes, line_of

YEAR = re.compile(r"20[0-9]{2}")
COLUMNS = ("code", "line", "programme", "country", "opening", "final")
"""What is asked of a listing, whose index holds the ids: texts, empty where nothing is known, and days. `line`: of the
code (matcher.precedents.line_of)."""


@dataclass(frozen=True)
class Related:
    """Ids of calls, each in the first group that it belongs to; the call itself is in none."""

    under: tuple[str, ...] = ()
    """With the same code: the sub-grants under a topic, or the topic of a sub-grant."""
    topics: tuple[str, ...] = ()
    """Of the same call, by code."""
    later: tuple[str, ...] = ()
    """The same line in later years, the nearest first."""
    earlier: tuple[str, ...] = ()
    """The same line in earlier years, the nearest first."""
    year: tuple[str, ...] = ()
    """Of the same programme and year; those that close last come first."""


def related(call: Call, listing: pd.DataFrame) -> Related:
    """What a listing of calls (COLUMNS) holds beside that call and belongs to it."""
    codes, own = listing["code"].str.upper(), Codes.of(call)
    topic, left = own.topic.upper(), pd.Series(listing.index != call.id, index=listing.index)
    under = left & (codes == topic)
    left &= ~under
    topics = left & _below(codes, (own.call or "").upper())
    left &= ~topics
    editions = _editions(codes, left & (listing["line"] == line_of(topic)), topic)
    left &= ~listing.index.isin(editions.index)
    return Related(
        under=_ids(listing[under]),
        topics=tuple(codes[topics].sort_values(kind="stable").index),
        later=tuple(editions[editions > _year(topic)].sort_values(kind="stable").index),
        earlier=tuple(editions[editions < _year(topic)].sort_values(ascending=False, kind="stable").index),
        year=_ids(listing[left & _of_year(listing, codes, call, topic)]),
    )


def year_stem(code: str) -> str:
    """A code up to its year, in capitals: AMIF-2025 of AMIF-2025-TF2-AG-INTE; empty where it names none."""
    parts = code.strip().upper().split("-")
    place = next((number for number, part in enumerate(parts) if YEAR.fullmatch(part)), 0)
    return "-".join(parts[: place + 1]) if place else ""


def _year(code: str) -> int:
    stem = year_stem(code)
    return int(stem[-4:]) if stem else 0


def _below(codes: pd.Series[str], stem: str) -> pd.Series[bool]:
    """Which codes are that one or go on after it."""
    if not stem:
        return pd.Series(False, index=codes.index)
    return (codes == stem) | codes.str.startswith(f"{stem}-")


def _editions(codes: pd.Series[str], same_line: pd.Series[bool], topic: str) -> pd.Series[int]:
    """The years of the codes that are of the topic's line and of another year."""
    if line_of(topic) is None or not _year(topic):
        return pd.Series(dtype=int)
    years = codes[same_line].map(_year).astype(int)
    return years[(years != 0) & (years != _year(topic))]


def _of_year(listing: pd.DataFrame, codes: pd.Series[str], call: Call, topic: str) -> pd.Series[bool]:
    if stem := year_stem(topic):
        return _below(codes, stem)
    day = call.final_day or call.opening
    if not call.programme or day is None:
        return pd.Series(False, index=listing.index)
    years = pd.to_datetime(listing["final"].fillna(listing["opening"])).dt.year
    country = call.national.country if call.national else ""
    return (listing["programme"] == call.programme) & (listing["country"] == country) & (years == day.year)


def _ids(found: pd.DataFrame) -> tuple[str, ...]:
    """Those that close last first; what has no closing day at the end."""
    ordered = found.sort_index().sort_values("final", ascending=False, na_position="last", kind="stable")
    return tuple(ordered.index)
