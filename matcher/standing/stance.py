"""How one organisation stands to the calls it is compared with, in columns, and as the table of a day. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from matcher.model import Answer, CallStatus, Route, RouteKind, Verdict
from matcher.ranking import DENSE, LEXICAL, Ranking, Weights, labels
from matcher.signals import Levels

REAL, FEW, SMALL = pa.float32(), pa.dictionary(pa.int8(), pa.string()), pa.uint8()
SCHEMA = pa.schema(
    {
        "place": pa.int32(),
        "dense": REAL,
        "lexical": REAL,
        "same_language": pa.bool_(),
        "strain": REAL,
        "route": FEW,
        "also": pa.dictionary(pa.int16(), pa.string()),
        "failed": SMALL,
        "unknown": SMALL,
    }
)
"""A row a call, in the order of the shelf, in which it has `place`; the signals, and what the rules say."""
CLOSED = (RouteKind.NOT_OPEN.value, "", 0, 0)
LEVELS = b"levels"
MOST = 255


@dataclass(frozen=True, eq=False)
class Stance:
    table: pa.Table
    levels: Levels
    """How near each need is to calls in general: what a sentence of a call is measured by."""

    @classmethod
    def unpacked(cls, table: pa.Table) -> Stance:
        mean, spread = json.loads(table.schema.metadata[LEVELS])
        return cls(table, Levels(np.array(mean, np.float32), np.array(spread, np.float32)))

    def to_pack(self) -> pa.Table:
        told = json.dumps([self.levels.mean.tolist(), self.levels.spread.tolist()])
        return self.table.replace_schema_metadata({LEVELS: told.encode()})

    @cached_property
    def places(self) -> NDArray[np.int32]:
        """In the shelf."""
        return np.asarray(self.table["place"].to_numpy(), np.int32)

    def ranking(self, ids: pd.Index[str], weights: Weights, places: NDArray[np.intp] | None = None) -> Ranking:
        """As it was worked out, of all calls or of those at these places of the shelf; `ids`: of the shelf."""
        rows = self.table if places is None else self.table.take(self._rows(places))
        signals = {name: rows[name].to_numpy().astype(np.float64) for name in (DENSE, LEXICAL)}
        own = rows["same_language"].to_numpy(zero_copy_only=False)
        return Ranking(list(ids[rows["place"].to_numpy()]), signals, weights.columns(own), labels())

    def _rows(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Those that are compared."""
        return np.flatnonzero(np.isin(self.places, places))


def verdict_row(verdicts: tuple[Verdict, ...], route: Route) -> tuple[str, str, int, int]:
    """What the rules say of one call, in the columns of a stance."""
    answers = [one.answer for one in verdicts]
    failed, unknown = answers.count(Answer.NOT_MET), answers.count(Answer.UNKNOWN)
    return route.kind.value, " ".join(route.also), min(failed, MOST), min(unknown, MOST)


def stance_of(
    places: NDArray[np.intp],
    ids: pd.Index[str],
    ranking: Ranking,
    same_language: NDArray[np.bool_],
    strain: NDArray[np.float64],
    judged: Mapping[str, tuple[str, str, int, int]],
    levels: Levels,
) -> Stance:
    """`judged`: what the rules say of the calls that run; all others are closed."""
    route, also, failed, unknown = zip(*(judged.get(id, CLOSED) for id in ids[places]), strict=True)
    columns = [places, ranking.signals[DENSE], ranking.signals[LEXICAL], same_language, strain]
    said = [
        pa.array(one, kind.type) for one, kind in zip((route, also, failed, unknown), list(SCHEMA)[5:], strict=True)
    ]
    arrays = [pa.array(one).cast(kind.type) for one, kind in zip(columns, SCHEMA, strict=False)]
    return Stance(pa.Table.from_arrays([*arrays, *said], schema=SCHEMA), levels)


def standing(day: pd.DataFrame, stance: Stance, weights: Weights) -> pd.DataFrame:
    """The calls of a day (`Shelf.day`) as the organisation stands to them, ordered as by `selection.by_use`."""
    ranking = stance.ranking(day.index, weights)
    values = ranking.parts | {"size": weights.size.weight * stance.table["strain"].to_numpy().astype(np.float64) + 0.0}
    rules = stance.table.select(["route", "also", "failed", "unknown"]).cast(
        pa.schema({"route": pa.string(), "also": pa.string(), "failed": pa.int64(), "unknown": pa.int64()})
    )
    found = day.iloc[stance.places].assign(score=sum(values.values()), **values)
    for name in rules.column_names:
        found[name] = rules[name].to_pandas().set_axis(found.index)
    found["usability"] = _usability(found)
    later = found["status"] == CallStatus.FORTHCOMING
    order = np.lexsort((-found["score"].to_numpy(), later.to_numpy(), found["usability"].to_numpy()))
    return found.iloc[order].assign(place=np.arange(1, len(found) + 1))


def _usability(found: pd.DataFrame) -> NDArray[np.int64]:
    """See `matcher.selection.usability`."""
    status, route = found["status"], found["route"]
    return np.select(
        [
            status == CallStatus.CLOSED,
            route.isin([RouteKind.NOT_OPEN, RouteKind.ASSOCIATED_PARTNER]),
            (route == RouteKind.UNKNOWN) | (status == CallStatus.UNKNOWN),
        ],
        [3, 2, 1],
        0,
    )
