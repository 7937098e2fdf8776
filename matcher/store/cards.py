"""The sources there are, also those that were never read: what the registry says of each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from matcher.model import SourceCard
from matcher.store.tables import source


def save_cards(connection: Connection, cards: Sequence[SourceCard]) -> None:
    """Keep the registry's entries in its order; an entry that is no longer in it goes."""
    connection.execute(delete(source))
    rows = [{"name": card.name, "position": n, "body": card.model_dump_json()} for n, card in enumerate(cards)]
    if rows:
        connection.execute(insert(source), rows)


def read_cards(connection: Connection) -> list[SourceCard]:
    rows = connection.execute(select(source.c.body).order_by(source.c.position))
    return [SourceCard.model_validate_json(row.body) for row in rows]
