"""Runs, the memory of every attempt to read a source, and the issues each one met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from matcher.model import Issue, Run, RunOutcome
from matcher.store.tables import issue, run


def save_run(connection: Connection, one: Run, issues: Sequence[Issue]) -> None:
    """Write a run and its issues; a run that is loaded again replaces its earlier entry."""
    connection.execute(delete(issue).where(issue.c.run == one.id))
    connection.execute(delete(run).where(run.c.id == one.id))
    connection.execute(
        insert(run).values(
            id=one.id,
            source=one.source,
            started=one.started.astimezone(UTC).isoformat(timespec="microseconds"),
            outcome=one.outcome,
            body=one.model_dump_json(),
        )
    )
    rows = [{"run": one.id, "position": n, **found.model_dump()} for n, found in enumerate(issues)]
    if rows:
        connection.execute(insert(issue), rows)


def read_runs(connection: Connection, *where: ColumnElement[bool]) -> list[Run]:
    """Newest first; of two that started together, the later id first."""
    rows = connection.execute(select(run.c.body).where(*where).order_by(run.c.started.desc(), run.c.id.desc()))
    return [Run.model_validate_json(row.body) for row in rows]


def read_last_runs(connection: Connection) -> list[Run]:
    """Of each source the newest run that was loaded and the newest that failed; order as in `read_runs`."""
    kinds, newest = [run.c.source, run.c.outcome == RunOutcome.FAIL], (run.c.started.desc(), run.c.id.desc())
    place = func.row_number().over(partition_by=kinds, order_by=newest).label("place")
    placed = select(run.c.id, place).subquery()
    return read_runs(connection, run.c.id.in_(select(placed.c.id).where(placed.c.place == 1)))


def last_good_id(connection: Connection, source: str) -> str:
    """Id of the newest run of a source that was loaded; empty while there is none."""
    good = select(run.c.id).where(run.c.source == source, run.c.outcome != RunOutcome.FAIL)
    return connection.execute(good.order_by(run.c.started.desc(), run.c.id.desc()).limit(1)).scalar() or ""


def read_issues(connection: Connection, run_id: str) -> list[Issue]:
    columns = (issue.c.field, issue.c.problem, issue.c.found, issue.c.allowed, issue.c.reference, issue.c.place)
    rows = connection.execute(select(*columns).where(issue.c.run == run_id).order_by(issue.c.position))
    return [Issue(**row._mapping) for row in rows]
