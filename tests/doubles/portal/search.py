"""What the index finds for a question. Pure: rows in, rows out; written from the API's description, not our client."""

from __future__ import annotations

import operator
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.doubles.portal.traps import Trap

INDEX_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+0000$")


class InvalidQuery(Exception):
    """An unknown clause: 400 businessError."""


@dataclass(frozen=True)
class Question:
    query: dict | None
    languages: list[str] | None
    sort: dict | None
    page: int
    size: int
    number: int
    """Which search this is since the start; ties are broken by it."""


def find(rows: list[dict], question: Question, traps: frozenset[Trap]) -> list[dict]:
    """All rows that answer the question, in its order."""
    found = [row for row in rows if _matches_bool(row, (question.query or {}).get("bool", {}), traps)]
    if question.languages:
        found = [row for row in found if row["language"] in question.languages]
    elif Trap.LANGUAGES not in traps:
        found = [row for row in found if row["language"] == "en"]
    return _sorted(found, question, traps)


def page_of(found: list[dict], question: Question, traps: frozenset[Trap], window: int) -> list[dict]:
    size = min(question.size, 100) if Trap.PAGE_CAP in traps else question.size
    reachable = found[:window] if Trap.WINDOW in traps else found
    return reachable[(question.page - 1) * size : question.page * size]


def _matches_bool(row: dict, clauses: dict, traps: frozenset[Trap]) -> bool:
    unknown = set(clauses) - {"must", "must_not"}
    if unknown:
        raise InvalidQuery(f"bool {sorted(unknown)}")
    required = all(_matches(row, clause, traps) for clause in clauses.get("must", []))
    return required and not any(_matches(row, clause, traps) for clause in clauses.get("must_not", []))


def _matches(row: dict, clause: dict, traps: frozenset[Trap]) -> bool:
    ((kind, condition),) = clause.items()
    if kind == "bool":
        return _matches_bool(row, condition, traps)
    if kind not in ("terms", "term", "range"):
        if Trap.WILDCARD in traps:
            raise InvalidQuery("Invalid Query format")
        return True
    ((field, wanted),) = condition.items()
    values = row["metadata"].get(field, [])
    if kind == "range":
        return any(_in_range(value, wanted, traps) for value in values)
    return bool(set(values) & set(wanted if kind == "terms" else [wanted]))


def _in_range(value: str, bounds: dict, traps: frozenset[Trap]) -> bool:
    compare = {"gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt}
    for name, limit in bounds.items():
        if Trap.BARE_DATES in traps and not INDEX_DATE.match(limit):
            continue
        if not compare[name](_instant(value), _instant(limit)):
            return False
    return True


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _sorted(rows: list[dict], question: Question, traps: frozenset[Trap]) -> list[dict]:
    sort = question.sort[0] if isinstance(question.sort, list) else question.sort
    field, backwards = (sort["field"], sort["order"] == "DESC") if sort else ("", False)

    def value(row: dict) -> str:
        return (row["metadata"].get(field) or [""])[0]

    def tie(row: dict) -> int:
        salt = question.number if Trap.SWAPPING_TIES in traps else 0
        return zlib.crc32(f"{salt} {row['checksum']}".encode())

    if sort and Trap.SORT_DROPS in traps:
        rows = [row for row in rows if row["metadata"].get(field)]
    stubs_first = sorted(rows, key=lambda row: (len(row["metadata"]) > 8, tie(row)))
    return sorted(stubs_first, key=value, reverse=backwards)
