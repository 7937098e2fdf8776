"""A job as data, and what of it is due: pure, so that any sequence of days and downtimes can be thought through."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from matcher.scheduler.slots import Slot, Slots
from matcher.store.jobs import PAUSE, TRIES

NOW = "{now}"
"""In a command: the moment at which it is started, ISO 8601."""
SLOT = "{slot}"
"""In a command: the name of the slot."""


class Lane(StrEnum):
    """Jobs of one lane are done one after the other; a long night of crawls does not keep mails waiting."""

    NIGHT = "night"
    MAIL = "mail"


@dataclass(frozen=True)
class Job:
    """What is done, when, and how long it may take. A job is a command, done in a process of its own."""

    name: str
    when: Slots
    window: timedelta
    """How long after its beginning a missed slot is still caught up. The next slot ends it in any case."""
    command: tuple[str, ...]
    """A module and its arguments, as after `python -m`."""
    lane: Lane = Lane.NIGHT
    after: tuple[str, ...] = ()
    """Jobs, or groups of jobs ("crawl:"), that are waited for while they are due and not settled…"""
    patience: timedelta = timedelta(0)
    """…for so long at most: then it goes without them."""
    limit: timedelta = timedelta(hours=1)
    """The longest that one try may take."""
    tries: int = TRIES
    pause: timedelta = PAUSE
    """Between two tries."""


def due(job: Job, now: datetime, settled: str = "") -> Slot | None:
    """The slot of a job that is to be done now: its latest, unless its window has closed or it was done or given up.

    `settled`: the newest slot of the job that was. Slots missed before the latest one are not done any more: a later
    crawl reads all that an earlier one would have, a later digest tells all that an earlier one would have.
    """
    slot = job.when.latest(now)
    return slot if settled < slot.name and now < slot.begins + job.window else None


def waits(job: Job, slot: Slot, now: datetime, awake: datetime, unfinished: Collection[str]) -> bool:
    """Whether it waits for one of `unfinished`, the names of jobs that are due.

    `awake`: since when this process looks at the clock; after a downtime there is as much patience as on other days.
    """
    if now >= max(slot.begins, awake) + job.patience:
        return False
    return any(_is_one_of(name, job.after) for name in unfinished)


def all_due(jobs: Sequence[Job], now: datetime, settled: Mapping[str, str]) -> list[tuple[Job, Slot]]:
    """Every due job with its slot, in the order of the jobs."""
    found = ((job, due(job, now, settled.get(job.name, ""))) for job in jobs)
    return [(job, slot) for job, slot in found if slot is not None]


def _is_one_of(name: str, named: Collection[str]) -> bool:
    return any(name == other or (other.endswith(":") and name.startswith(other)) for other in named)
