"""Texts of call documents, and the criteria read from them and from calls; each by the reader that made it last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pydantic import TypeAdapter
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import Criterion, DocumentText
from matcher.store.tables import document_text, reading

CRITERIA = TypeAdapter(tuple[Criterion, ...])
BATCH = 5000


def save_texts(connection: Connection, texts: Iterable[DocumentText]) -> None:
    """Keep the texts; one of the same document is replaced."""
    rows = [{"sha256": one.sha256, "reader": one.reader, "body": one.model_dump_json()} for one in texts]
    if rows:
        statement = insert(document_text)
        latest = {name: statement.excluded[name] for name in ("reader", "body")}
        connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=latest), rows)


def read_text(connection: Connection, sha256: str) -> DocumentText | None:
    body = connection.execute(select(document_text.c.body).where(document_text.c.sha256 == sha256)).scalar()
    return None if body is None else DocumentText.model_validate_json(body)


def read_by(connection: Connection, reader: str) -> set[str]:
    """SHA-256 of the documents whose text that reader made."""
    return set(connection.execute(select(document_text.c.sha256).where(document_text.c.reader == reader)).scalars())


def save_readings(connection: Connection, reader: str, readings: Mapping[str, tuple[Criterion, ...]]) -> None:
    """Keep what was read under each key; what another reader made of it is replaced."""
    rows = [
        {"key": key, "reader": reader, "criteria": CRITERIA.dump_json(found, exclude_defaults=True).decode()}
        for key, found in readings.items()
    ]
    if rows:
        statement = insert(reading)
        latest = {name: statement.excluded[name] for name in ("reader", "criteria")}
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=latest), rows)


def read_readings(connection: Connection, keys: Collection[str]) -> dict[str, tuple[Criterion, ...]]:
    """What was read under these keys; a key that was never read is absent."""
    wanted, found = list(keys), {}
    for start in range(0, len(wanted), BATCH):
        rows = connection.execute(select(reading).where(reading.c.key.in_(wanted[start : start + BATCH])))
        found.update({row.key: CRITERIA.validate_json(row.criteria) for row in rows})
    return found


def keys_read_by(connection: Connection, reader: str) -> set[str]:
    return set(connection.execute(select(reading.c.key).where(reading.c.reader == reader)).scalars())
