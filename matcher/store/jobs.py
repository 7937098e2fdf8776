"""The runs of scheduled jobs: who does which slot of a job, so that each is done once however many ask for it.

Claiming is one transaction: a row that is there already is not made again. A run whose worker gave no sign for longer
than the lease is taken over; a worker learns from `heartbeat`, `finish` and `fail` whether the run is still its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from matcher.model import Frozen
from matcher.store.access import Access
from matcher.store.tables import job_run

TRIES = 3
PAUSE = timedelta(minutes=10)


class JobState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Tried in vain; tried again after a pause while it has tries left."""
    GIVEN_UP = "given_up"
    """Failed as often as it may."""
    RELEASED = "released"
    """Given back by a worker that was told to stop: open to the next one, and no try was used."""


SETTLED = (JobState.DONE, JobState.GIVEN_UP)


class JobRun(Frozen):
    """One slot of a job, and what became of it."""

    job: str
    slot: str
    """Names of one job's slots sort as the slots follow each other."""
    state: JobState
    worker: str
    tries: int
    started: datetime
    """Of the last try."""
    heartbeat: datetime
    finished: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True)
class JobStore:
    """Each method is one transaction. `now` is aware."""

    access: Access

    def claim(
        self,
        job: str,
        slot: str,
        worker: str,
        now: datetime,
        lease: timedelta = timedelta(minutes=2),
        tries: int = TRIES,
        pause: timedelta = PAUSE,
    ) -> bool:
        """Take a slot; False when another has it or had it, or when it has failed and must wait or may not again.

        `lease`: the age of a heartbeat from which on its worker counts as gone. `pause`: time between two tries.
        """
        values = {"state": JobState.RUNNING, "worker": worker, "started": _text(now), "heartbeat": _text(now)}
        fresh = insert(job_run).values(job=job, slot=slot, tries=1, outcome="", **values)
        again = update(job_run).where(*_this(job, slot), job_run.c.tries < tries, _open(now, lease, pause))
        with self.access.writing() as connection:
            if connection.execute(fresh.on_conflict_do_nothing()).rowcount:
                return True
            _give_up(connection, job, slot, now, lease, tries)
            taken = connection.execute(again.values(tries=job_run.c.tries + 1, finished=None, outcome="", **values))
            return taken.rowcount == 1

    def heartbeat(self, job: str, slot: str, worker: str, now: datetime) -> bool:
        """Say that the worker is still at it; False when the run is not its own any more."""
        return self._change(job, slot, worker, heartbeat=_text(now))

    def finish(self, job: str, slot: str, worker: str, now: datetime, outcome: str = "") -> bool:
        """Done; False when the run is not the worker's own any more."""
        done = {"state": JobState.DONE, "heartbeat": _text(now), "finished": _text(now), "outcome": outcome}
        return self._change(job, slot, worker, **done)

    def fail(self, job: str, slot: str, worker: str, now: datetime, reason: str, tries: int = TRIES) -> bool:
        """Tried in vain, for the last time when it was the try of number `tries`."""
        with self.access.writing() as connection:
            used = connection.execute(select(job_run.c.tries).where(*_this(job, slot))).scalar() or 0
            failed = {"heartbeat": _text(now), "finished": _text(now), "outcome": reason}
            state = JobState.GIVEN_UP if used >= tries else JobState.FAILED
            return _change(connection, job, slot, worker, state=state, **failed)

    def release(self, job: str, slot: str, worker: str, now: datetime) -> bool:
        """Give the slot back, as a worker does that is told to stop; the try does not count."""
        return self._change(job, slot, worker, state=JobState.RELEASED, heartbeat=_text(now), tries=job_run.c.tries - 1)

    def settled(self, now: datetime) -> dict[str, str]:
        """Job -> its newest slot that was done or given up; runs of a clock that once went ahead are passed over."""
        newest = select(job_run.c.job, func.max(job_run.c.slot).label("slot"))
        newest = newest.where(job_run.c.state.in_(SETTLED), job_run.c.started <= _text(now)).group_by(job_run.c.job)
        with self.access.reading() as connection:
            return {row.job: row.slot for row in connection.execute(newest)}

    def runs(
        self,
        job: str | None = None,
        states: Collection[JobState] = (),
        since: datetime | None = None,
        limit: int | None = None,
    ) -> list[JobRun]:
        """Runs that fulfil all given conditions, the last started first."""
        where: list[ColumnElement[bool]] = [] if job is None else [job_run.c.job == job]
        where += [job_run.c.state.in_(states)] if states else []
        where += [] if since is None else [job_run.c.started >= _text(since)]
        order = job_run.c.started.desc(), job_run.c.job, job_run.c.slot.desc()
        with self.access.reading() as connection:
            rows = connection.execute(select(job_run).where(*where).order_by(*order).limit(limit))
            return [_run(row) for row in rows.mappings()]

    def last(self) -> list[JobRun]:
        """The run of each job that was started last, the last started first."""
        newest = select(job_run.c.job, func.max(job_run.c.started).label("started")).group_by(job_run.c.job).subquery()
        of_newest = and_(job_run.c.job == newest.c.job, job_run.c.started == newest.c.started)
        order = job_run.c.started.desc(), job_run.c.job
        with self.access.reading() as connection:
            rows = connection.execute(select(job_run).join(newest, of_newest).order_by(*order))
            return [_run(row) for row in rows.mappings()]

    def forget(self, before: datetime) -> int:
        """Delete runs that nobody worked on since; must be longer ago than any slot is caught up, or it runs anew."""
        with self.access.writing() as connection:
            return connection.execute(delete(job_run).where(job_run.c.heartbeat < _text(before))).rowcount

    def _change(self, job: str, slot: str, worker: str, **values: object) -> bool:
        with self.access.writing() as connection:
            return _change(connection, job, slot, worker, **values)


def _change(connection: Connection, job: str, slot: str, worker: str, **values: object) -> bool:
    own = job_run.c.worker == worker, job_run.c.state == JobState.RUNNING
    return connection.execute(update(job_run).where(*_this(job, slot), *own).values(**values)).rowcount == 1


def _give_up(connection: Connection, job: str, slot: str, now: datetime, lease: timedelta, tries: int) -> None:
    """A run whose workers vanished as often as it may be tried is not tried again: it may be what ends them."""
    gone = job_run.c.state == JobState.RUNNING, job_run.c.heartbeat < _text(now - lease), job_run.c.tries >= tries
    reason = f"its worker vanished in the last of {tries} tries"
    values = {"state": JobState.GIVEN_UP, "finished": _text(now), "outcome": reason}
    connection.execute(update(job_run).where(*_this(job, slot), *gone).values(**values))


def _open(now: datetime, lease: timedelta, pause: timedelta) -> ColumnElement[bool]:
    """Of a slot that was tried: whether it may be tried again."""
    vanished = and_(job_run.c.state == JobState.RUNNING, job_run.c.heartbeat < _text(now - lease))
    rested = and_(job_run.c.state == JobState.FAILED, job_run.c.finished <= _text(now - pause))
    return or_(job_run.c.state == JobState.RELEASED, vanished, rested)


def _this(job: str, slot: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return job_run.c.job == job, job_run.c.slot == slot


def _text(moment: datetime) -> str:
    """UTC, of one length, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _run(row: RowMapping) -> JobRun:
    return JobRun.model_validate(dict(row))
