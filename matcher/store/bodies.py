"""Organisations that help with a programme in a country, as they were last read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import Body
from matcher.store.tables import body
from matcher.store.tally import Tally


def save_bodies(connection: Connection, bodies: Iterable[Body]) -> Tally:
    """Insert or replace; an older reading never replaces a newer one, and what is the same but for its day is kept."""
    rows = {f"{one.source}:{one.reference}": one for one in bodies}
    stored = connection.execute(select(body.c.id, body.c.body).where(body.c.id.in_(list(rows))))
    known = {row.id: Body.model_validate_json(row.body) for row in stored}
    changed = [id for id, one in rows.items() if id in known and _is_news(one, known[id])]
    if rows:
        statement = insert(body)
        latest = {name: statement.excluded[name] for name in ("role", "programme", "country", "as_of", "body")}
        newer = statement.excluded.as_of >= body.c.as_of
        upsert = statement.on_conflict_do_update(index_elements=["id"], set_=latest, where=newer)
        connection.execute(upsert, [_row(id, one) for id, one in rows.items()])
    return Tally(len(rows), len(rows.keys() - known.keys()), len(changed))


def read_bodies(connection: Connection, *where: ColumnElement[bool]) -> list[Body]:
    rows = connection.execute(select(body.c.body).where(*where).order_by(body.c.id))
    return [Body.model_validate_json(row.body) for row in rows]


def _is_news(one: Body, before: Body) -> bool:
    return one.as_of >= before.as_of and one != before.model_copy(update={"as_of": one.as_of})


def _row(id: str, one: Body) -> dict[str, object]:
    columns = {name: getattr(one, name) for name in ("source", "role", "programme", "country", "as_of")}
    return {"id": id, **columns, "body": one.model_dump_json()}
