"""What jobs did last and when each is due next, in words and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.days import BRUSSELS
from matcher.scheduler.job import Job, due
from matcher.scheduler.slots import Slot
from matcher.store.jobs import JobRun

MINUTE = "%a %d %b %Y %H:%M"


@dataclass(frozen=True)
class Coming:
    """The next slot of a job, and whether its time has come."""

    job: str
    slot: Slot
    due: bool


def coming(jobs: Sequence[Job], settled: Mapping[str, str], now: datetime) -> list[Coming]:
    """The next slot of each job, the first ones first; jobs of one moment in their own order."""
    found = [_next(job, settled.get(job.name, ""), now) for job in jobs]
    return sorted(found, key=lambda one: (not one.due, one.slot.begins))


def job_lines(jobs: Sequence[Job], runs: Sequence[JobRun], settled: Mapping[str, str], now: datetime) -> Iterator[str]:
    """The last runs, the newest first, and what comes next."""
    yield "Last runs"
    width = max([len(run.job) for run in runs], default=0)
    yield from (_run_line(run, width) for run in runs)
    if not runs:
        yield "  none yet; `funding scheduler` runs them, or `funding nightly` once"
    yield ""
    yield "Next, in the time of Brussels"
    yield from (coming_line(one) for one in coming(jobs, settled, now))


def coming_line(one: Coming) -> str:
    when = "due now" if one.due else _local(one.slot.begins)
    return f"  {when:<24} {one.job} {one.slot.name}"


def jobs_json(jobs: Sequence[Job], runs: Sequence[JobRun], settled: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The form of `funding jobs --json`; its names are promises."""
    return {
        "runs": [run.model_dump(mode="json") for run in runs],
        "next": [
            {"job": one.job, "slot": one.slot.name, "begins": one.slot.begins.isoformat(), "due": one.due}
            for one in coming(jobs, settled, now)
        ],
    }


def _next(job: Job, settled: str, now: datetime) -> Coming:
    slot = due(job, now, settled)
    return Coming(job.name, slot or job.when.next(now), slot is not None)


def _run_line(run: JobRun, width: int) -> str:
    tries = f" (try {run.tries})" if run.tries > 1 else ""
    words = f": {run.outcome}" if run.outcome else ""
    return f"  {_local(run.started)}  {run.job:<{width}} {run.slot:<17} {run.state}{tries}{words}"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(BRUSSELS):{MINUTE}}"
