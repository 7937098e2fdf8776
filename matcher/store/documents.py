"""Call documents by address and content: every state of a document that was ever fetched stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from matcher.model import Document
from matcher.store.tables import document
from matcher.store.tally import Tally

DAYS = {"first_fetched", "last_fetched"}
"""Kept in columns of their own."""


def save_documents(connection: Connection, documents: Iterable[Document]) -> Tally:
    """Keep each state of each address once, with the first and the last day it was fetched.

    A new content at an address that had another one is a change.
    """
    kept = list({(one.url, one.sha256): one for one in documents}.values())
    known = _known(connection, [one.url for one in kept])
    tally = Tally(records=len(kept))
    for one in kept:
        states = known.get(one.url, set())
        tally.new += not states
        tally.changed += bool(states) and one.sha256 not in states
    if kept:
        statement = insert(document)
        latest = {
            "first_fetched": func.min(document.c.first_fetched, statement.excluded.first_fetched),
            "last_fetched": func.max(document.c.last_fetched, statement.excluded.last_fetched),
            "body": statement.excluded.body,
        }
        by_state = ["url", "sha256"]
        connection.execute(
            statement.on_conflict_do_update(index_elements=by_state, set_=latest), [_row(one) for one in kept]
        )
    return tally


def read_documents(connection: Connection, *where: ColumnElement[bool]) -> list[Document]:
    """By address; of one address the newest state first."""
    order = (document.c.url, document.c.last_fetched.desc(), document.c.sha256)
    rows = connection.execute(select(document).where(*where).order_by(*order))
    return [
        Document.model_validate(
            from_json(row.body) | {"first_fetched": row.first_fetched, "last_fetched": row.last_fetched}
        )
        for row in rows
    ]


def _known(connection: Connection, urls: Sequence[str]) -> dict[str, set[str]]:
    """Address -> the states of it that are stored."""
    states: dict[str, set[str]] = {}
    rows = connection.execute(select(document.c.url, document.c.sha256).where(document.c.url.in_(urls)))
    for row in rows:
        states.setdefault(row.url, set()).add(row.sha256)
    return states


def _row(one: Document) -> dict[str, object]:
    return {
        "url": one.url,
        "sha256": one.sha256,
        "source": one.source,
        "first_fetched": one.first_fetched,
        "last_fetched": one.last_fetched,
        "body": one.model_dump_json(exclude=DAYS),
    }
