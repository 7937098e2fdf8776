"""All listed calls as one table, whoever reads it and whatever the day; from it the table of a day. Pure.

A page needs the calls it draws in full, and of all others no more than a row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matcher.model import CallStatus
from matcher.standing.days import next_deadlines, statuses

DAY, TEXT, REAL, TRUTH = pa.date32(), pa.string(), pa.float64(), pa.bool_()
FEW = pa.dictionary(pa.int32(), pa.string())
"""A text of which there are few different ones."""
SCHEMA = pa.schema(
    {
        "call": TEXT,
        "title": TEXT,
        "code": TEXT,
        "line": TEXT,
        "identifier": TEXT,
        "fund": FEW,
        "programme": FEW,
        "country": FEW,
        "kind": FEW,
        "language": FEW,
        "source": FEW,
        "is_confirmed": TRUTH,
        "is_planned": TRUTH,
        "opening": DAY,
        "opening_precision": FEW,
        "opens_by": DAY,
        "final": DAY,
        "days": pa.list_(DAY),
        "has_no_end": TRUTH,
        "is_ended": TRUTH,
        "published": FEW,
        "as_of": DAY,
        "first_seen": DAY,
        "first_read": DAY,
        "grant_least": REAL,
        "grant_most": REAL,
        "budget": REAL,
        "load": REAL,
        "own_load": REAL,
        "months": REAL,
        "shared_by": REAL,
        "records": TEXT,
    }
)
"""`records`: what joined the call (see `matcher.standing.facts.records`)."""
SHOWN = (
    "title",
    "code",
    "fund",
    "programme",
    "country",
    "kind",
    "status",
    "opening",
    "opening_precision",
    "deadline",
    "final",
    "grant_least",
    "grant_most",
    "budget",
    "language",
    "first_seen",
    "source",
    "is_confirmed",
    "is_planned",
    "has_no_end",
)
"""The columns of a day."""
INNER = ("days", "identifier", "records")
"""What is looked up for single calls: kept as it is packed."""


class Joint(NamedTuple):
    """A record that joined a call: see `matcher.merging.Found`."""

    id: str
    confidence: float
    basis: str
    fills: bool


@dataclass(frozen=True, eq=False)
class Shelf:
    """`table` by call id; `names`: what a reader may call a call by, in capitals, ascending, and the id it can mean."""

    table: pa.Table
    names: pa.Table

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Sequence[str]]) -> Shelf:
        pairs = [(name, id) for name in sorted(names) for id in names[name]]
        columns = {"name": [name for name, _ in pairs], "call": [id for _, id in pairs]}
        return cls(pa.Table.from_pylist(list(rows), SCHEMA), pa.table(columns, pa.schema({"name": TEXT, "call": TEXT})))

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The columns that are worked with, by call id: one text each, which lists of calls hold without a copy."""
        found = plain(self.table.drop_columns(list(INNER)))
        return found.drop(columns="call").set_axis(pd.Index(found["call"], dtype=object, name="call"))

    @cached_property
    def ids(self) -> pd.Index[str]:
        return self.facts.index

    def day(self, on: date) -> pd.DataFrame:
        """Every call on that day: the columns SHOWN."""
        seen = self.facts.assign(status=statuses(self.facts, on), deadline=self._deadlines(on))
        return seen[list(SHOWN)]

    def running(self, on: date) -> NDArray[np.bool_]:
        """Of each call, whether it is not closed on that day."""
        return (statuses(self.facts, on) != CallStatus.CLOSED).to_numpy()

    def of_countries(self, countries: Sequence[str]) -> NDArray[np.intp]:
        """The places of the calls of the whole EU and of the national ones of these countries."""
        return np.flatnonzero(self.facts["country"].isin(["", *countries]))

    def place(self, id: str) -> int | None:
        """None where no call is listed under that id."""
        found = self.ids.get_indexer(pd.Index([id]))[0]
        return None if found < 0 else int(found)

    def named(self, name: str) -> list[str]:
        """The ids of the calls that go by that name, in any letter case."""
        found = self.names.filter(pc.equal(self.names["name"], name.upper()))
        return [str(one) for one in found["call"].to_pylist()]

    def joined(self, id: str) -> list[Joint]:
        """What joined the listed call, best first."""
        place = self.place(id)
        told = self.table["records"][place].as_py() if place is not None else ""
        return [Joint(*one) for one in json.loads(told or "[]")]

    def identifiers(self) -> list[str]:
        return [str(one) for one in self.table["identifier"].to_pylist()]

    def _deadlines(self, on: date) -> NDArray[np.datetime64]:
        days, starts = self._days
        return next_deadlines(days, starts, on).astype("datetime64[s]")

    @cached_property
    def _days(self) -> tuple[NDArray[np.datetime64], NDArray[np.intp]]:
        lists = self.table["days"].combine_chunks()
        return lists.flatten().to_numpy(zero_copy_only=False), lists.offsets.to_numpy().astype(np.intp)


def plain(table: pa.Table) -> pd.DataFrame:
    """As a frame in which texts are texts, those of which there are few are categories, and days are days."""
    types = [pa.timestamp("s") if one.type == DAY else one.type for one in table.schema]
    names = table.schema.names
    plainer = table.cast(pa.schema(list(zip(names, types, strict=True))))
    found: pd.DataFrame = plainer.to_pandas(types_mapper={TEXT: pd.StringDtype(na_value=np.nan)}.get)
    return found
