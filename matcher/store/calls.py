"""Calls and their previous versions: rows from models and back, and the upsert that tells new from changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, insert, select, update

from matcher.model import Call, Frozen
from matcher.store.tables import call, call_version
from matcher.store.tally import Tally

SEEN = {"as_of", "first_seen", "last_seen"}
"""When a call was read: kept in columns of their own, no part of its content."""
UNORDERED = ("keywords", "types_of_action", "documents", "sources", "updates")
"""Lists whose order a source may change from day to day without saying anything new."""
BATCH = 2000


class Version(Frozen):
    """What a call said before it changed, and the days on which it said so (`valid_until` not included)."""

    call: Call
    content_hash: str
    valid_from: date
    valid_until: date


@dataclass
class _Batch:
    fresh: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)


def content_hash(one: Call) -> str:
    """SHA-256 over what the call says: independent of when it was read, of the order of its lists, and of the row and
    file it stood in."""
    return _hash(_body(one))


def _body(one: Call) -> str:
    return one.model_dump_json(exclude=SEEN, exclude_defaults=True)


def _hash(body: str) -> str:
    content = from_json(body)
    content.get("national", {}).pop("place", None)
    for name in UNORDERED:
        if name in content:
            content[name] = sorted(content[name], key=to_json)
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def save_calls(connection: Connection, calls: Iterable[Call], day: date) -> Tally:
    """Insert or update calls read on `day`; a changed body goes to the versions first.

    A reading older than the stored one changes no content: it only moves first_seen back.
    """
    tally, remaining = Tally(), iter(calls)
    while chunk := list(islice(remaining, BATCH)):
        batch = _sort(chunk, _known(connection, [one.id for one in chunk]), day)
        _write(connection, batch)
        tally.records += len(chunk)
        tally.new += len(batch.fresh)
        tally.changed += len(batch.changed)
    return tally


def read_calls(connection: Connection, *where: ColumnElement[bool]) -> list[Call]:
    rows = connection.execute(select(call).where(*where).order_by(call.c.id))
    return [_call(row.body, row.as_of, row.first_seen, row.last_seen) for row in rows]


def count_national(connection: Connection) -> dict[str, int]:
    """Country -> number of its national calls."""
    counted = select(call.c.country, func.count()).where(call.c.country.is_not(None)).group_by(call.c.country)
    return {row.country: row[1] for row in connection.execute(counted.order_by(call.c.country))}


def has_identifier(identifier: str) -> ColumnElement[bool]:
    """Condition: the topic code is this one, in any letter case."""
    return func.lower(call.c.identifier) == identifier.lower()


def read_versions(connection: Connection, call_id: str) -> list[Version]:
    """Previous versions, newest first."""
    rows = connection.execute(
        select(call_version).where(call_version.c.call == call_id).order_by(call_version.c.id.desc())
    )
    return [
        Version(
            call=_call(row.body, row.as_of, None, None),
            content_hash=row.content_hash,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows
    ]


def _known(connection: Connection, ids: list[str]) -> dict[str, Row[*tuple[Any, ...]]]:
    columns = (call.c.id, call.c.content_hash, call.c.as_of, call.c.first_seen, call.c.last_seen)
    return {row.id: row for row in connection.execute(select(*columns).where(call.c.id.in_(ids)))}


def _sort(calls: Iterable[Call], known: dict[str, Row[*tuple[Any, ...]]], day: date) -> _Batch:
    batch = _Batch()
    for one in calls:
        before, body = known.get(one.id), _body(one)
        digest = _hash(body)
        if before is None:
            batch.fresh.append(_row(one, body, digest, day, day))
            continue
        first, last = min(before.first_seen, day), max(before.last_seen, day)
        if before.content_hash != digest and one.as_of >= before.as_of:
            batch.changed.append(_row(one, body, digest, first, last) | {"valid_from": day})
        elif (first, last, max(before.as_of, one.as_of)) != (before.first_seen, before.last_seen, before.as_of):
            as_of = max(before.as_of, one.as_of)
            batch.seen.append({"key": one.id, "as_of": as_of, "first_seen": first, "last_seen": last})
    return batch


def _write(connection: Connection, batch: _Batch) -> None:
    if batch.fresh:
        connection.execute(insert(call), batch.fresh)
    if batch.changed:
        previous = select(
            call.c.id,
            call.c.content_hash,
            call.c.as_of,
            call.c.valid_from,
            bindparam("day", type_=call.c.as_of.type),
            call.c.body,
        ).where(call.c.id == bindparam("key"))
        names = ["call", "content_hash", "as_of", "valid_from", "valid_until", "body"]
        keys = [{"key": row["id"], "day": row["valid_from"]} for row in batch.changed]
        connection.execute(insert(call_version).from_select(names, previous), keys)
        rows = [row | {"key": row["id"]} for row in batch.changed]
        content: dict[str, Any] = {name: bindparam(name) for name in batch.changed[0] if name != "id"}
        connection.execute(update(call).where(call.c.id == bindparam("key")).values(content), rows)
    if batch.seen:
        days: dict[str, Any] = {name: bindparam(name) for name in ("as_of", "first_seen", "last_seen")}
        connection.execute(update(call).where(call.c.id == bindparam("key")).values(days), batch.seen)


def _row(one: Call, body: str, digest: str, first_seen: date, last_seen: date) -> dict[str, Any]:
    return {
        "id": one.id,
        "source": one.source,
        "reference": one.reference,
        "identifier": one.identifier,
        "fund": one.fund,
        "programme": one.programme,
        "kind": one.kind,
        "country": one.national.country if one.national else None,
        "content_hash": digest,
        "as_of": one.as_of,
        "first_seen": first_seen,
        "last_seen": last_seen,
        "valid_from": first_seen,
        "body": body,
    }


def _call(body: str, as_of: date, first_seen: date | None, last_seen: date | None) -> Call:
    return Call.model_validate(from_json(body) | {"as_of": as_of, "first_seen": first_seen, "last_seen": last_seen})
