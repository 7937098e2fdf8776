"""Funded projects and their participants: the upsert, and look-ups by code, programme, country and organisation."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Any

from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.model import Project
from matcher.precedents import Basis, line_of
from matcher.store.tables import participant, project
from matcher.store.tally import Tally

BATCH = 500
ACCENTS = re.compile("[\u0300-\u036f]+")
"""What is left of accents once letters are taken apart."""
BY = {
    Basis.TOPIC: project.c.topic,
    Basis.CALL: project.c.call_identifier,
    Basis.LINE: project.c.line,
    Basis.CALL_LINE: project.c.call_line,
}


def save_projects(connection: Connection, projects: Iterable[Project]) -> Tally:
    """Insert, or replace with its participants what says something new; an older reading replaces nothing."""
    tally, remaining = Tally(), iter(projects)
    while chunk := list(islice(remaining, BATCH)):
        tally += _save({one.id: one for one in chunk}, connection)
    return tally


def read_projects(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> list[Project]:
    """Those that ended or end last come first, then by id."""
    newest = (project.c.end.desc().nulls_last(), project.c.id)
    wanted = select(project.c.id).where(*where)
    if limit is not None:  # chosen by short columns first: the long ones of all others are not read
        wanted = wanted.order_by(*newest).limit(limit)
    query = select(project.c.body, project.c.as_of).where(project.c.id.in_(wanted)).order_by(*newest)
    return [Project.model_validate(from_json(row.body) | {"as_of": row.as_of}) for row in connection.execute(query)]


def count_projects(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(project)).scalar_one()


def has_code(basis: Basis, key: str) -> ColumnElement[bool]:
    """Condition: the project's topic, call or line is this one, in any letter case."""
    return BY[basis] == key.upper()


def has_participant(country: str | None = None, organisation: str | None = None) -> ColumnElement[bool]:
    """Condition: somebody from that country takes part whose name holds all those words."""
    where = [participant.c.country == country] if country else []
    where += [participant.c.name.contains(word, autoescape=True) for word in folded(organisation or "").split()]
    return project.c.id.in_(select(participant.c.project).where(*where))


def speaks_of(text: str) -> ColumnElement[bool]:
    """Condition: acronym, title, keywords and objective hold all those words, as parts of words too."""
    found: ColumnElement[bool] = project.c.id.is_not(None)
    for word in folded(text).split():
        found &= project.c.words.contains(word, autoescape=True)
    return found


def folded(text: str) -> str:
    """A text as it is compared: without letter case, accents and line breaks."""
    plain = text if text.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(plain.casefold().split())


def _save(projects: dict[str, Project], connection: Connection) -> Tally:
    columns = (project.c.id, project.c.content_hash, project.c.as_of)
    stored = connection.execute(select(*columns).where(project.c.id.in_(list(projects))))
    known = {row.id: row for row in stored}
    rows = {id: _row(one) for id, one in projects.items()}
    timely = [id for id, one in projects.items() if id not in known or one.as_of >= known[id].as_of]
    news = [id for id in timely if id not in known or rows[id]["content_hash"] != known[id].content_hash]
    seen = [{"key": id, "as_of": projects[id].as_of} for id in timely if id not in news]
    if news:
        _replace([rows[id] | {"words": _words(projects[id])} for id in news], [projects[id] for id in news], connection)
    if seen:
        days = {"as_of": bindparam("as_of", type_=project.c.as_of.type)}
        connection.execute(update(project).where(project.c.id == bindparam("key")).values(days), seen)
    changed = sum(id in known for id in news)
    return Tally(records=len(projects), new=len(news) - changed, changed=changed)


def _replace(rows: list[dict[str, Any]], projects: list[Project], connection: Connection) -> None:
    ids = [one.id for one in projects]
    connection.execute(delete(participant).where(participant.c.project.in_(ids)))
    statement = upsert(project)
    latest = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=latest), rows)
    people = [
        {
            "project": one.id,
            "position": position,
            "pic": partner.pic,
            "name": folded(partner.name),
            "country": partner.country,
            "role": partner.role,
            "kind": partner.kind,
        }
        for one in projects
        for position, partner in enumerate(one.participants)
    ]
    if people:
        connection.execute(insert(participant), people)


def _words(one: Project) -> str:
    return folded(" ".join((one.acronym, one.title, *one.keywords, one.objective)))


def _row(one: Project) -> dict[str, Any]:
    body = one.model_dump_json(exclude={"as_of"}, exclude_defaults=True)
    return {
        "id": one.id,
        "source": one.source,
        "reference": one.reference,
        "programme": one.programme,
        "fund": one.fund,
        "topic": one.topic and one.topic.upper(),
        "line": one.topic and line_of(one.topic),
        "call_identifier": one.call_identifier and one.call_identifier.upper(),
        "call_line": one.call_identifier and line_of(one.call_identifier),
        "end": one.end,
        "as_of": one.as_of,
        "content_hash": hashlib.sha256(body.encode()).hexdigest(),
        "body": body,
    }
