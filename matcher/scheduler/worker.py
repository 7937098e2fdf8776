"""Does what is due: claims a slot, runs its command as a child, writes down what became of it."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from matcher.scheduler.job import NOW, SLOT, Job, Lane, all_due, waits
from matcher.scheduler.process import Ended, How, Stop, run
from matcher.scheduler.slots import Slot
from matcher.store import Store, StoreError, StoreLocked

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""A worker that gave no sign for so long is gone, and its slot is taken over."""
WRITES = 6
"""Times that the end of a job is written at most; each waits for other writers by itself (engine.BUSY_SECONDS)."""
BEATS = 6
"""Signs of life within a lease: some may fail because somebody writes to the store for long."""


class Jobs(Protocol):
    def __call__(self, store: Store, now: datetime) -> Sequence[Job]:
        """The jobs there are at that moment, in the order in which they are done."""


def clock() -> datetime:
    return datetime.now(UTC)


def worker_name() -> str:
    """Says where the process is to be found; unlike any other."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Worker:
    """One process that does jobs. `lease` is the same for all workers of a store."""

    store: Store
    jobs: Jobs
    stop: Stop = field(default_factory=Stop)
    clock: Callable[[], datetime] = clock
    lease: timedelta = LEASE
    name: str = field(default_factory=worker_name)
    awake: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.awake = self.clock()

    def do_lane(self, lane: Lane) -> None:
        """Do all that is due in a lane and need not wait, one by one. Trouble with the store ends the round."""
        try:
            self._do_all(
                lambda found, now: [one for one in found if one[0].lane is lane and not self._waits(one, found, now)]
            )
        except StoreError as error:
            log.error("%s", error)

    def do_all(self) -> list[tuple[Job, Slot, Ended]]:
        """Do all that is due once, in the order of the jobs, and tell what became of it. Raises StoreError.

        The order alone sees to it that crawls come before what is made of them: nothing waits for a second try.
        """
        return self._do_all(lambda found, now: found)

    def _do_all(
        self, choose: Callable[[list[tuple[Job, Slot]], datetime], list[tuple[Job, Slot]]]
    ) -> list[tuple[Job, Slot, Ended]]:
        """What is due is asked anew after each job: some make others due, and time goes by."""
        tried: set[tuple[str, str]] = set()
        done = []
        while not self.stop.asked:
            now = self.clock()
            found = all_due(self.jobs(self.store, now), now, self.store.jobs.settled(now))
            job, slot = next(
                (one for one in choose(found, now) if (one[0].name, one[1].name) not in tried), (None, None)
            )
            if job is None or slot is None:
                break
            tried.add((job.name, slot.name))
            ended = self._do(job, slot)
            done += [(job, slot, ended)] if ended else []
        return done

    def _waits(self, one: tuple[Job, Slot], found: list[tuple[Job, Slot]], now: datetime) -> bool:
        job, slot = one
        return waits(job, slot, now, self.awake, {other.name for other, _ in found if other is not job})

    def _do(self, job: Job, slot: Slot) -> Ended | None:
        """None: another worker has it, or it failed and must wait."""
        now = self.clock()
        if not self.store.jobs.claim(job.name, slot.name, self.name, now, self.lease, job.tries, job.pause):
            return None
        log.info("%s %s: begins", job.name, slot.name)
        meant = {NOW: now.isoformat(), SLOT: slot.name}
        command = [meant.get(part, part) for part in job.command]
        ended = run(command, job.limit, self.lease / BEATS, lambda: self._alive(job, slot), self.stop)
        self._write_down(job, slot, ended)
        log.log(
            logging.INFO if ended.how is How.DONE else logging.WARNING,
            "%s %s: %s, %s",
            job.name,
            slot.name,
            ended.how,
            ended.words,
        )
        return ended

    def _alive(self, job: Job, slot: Slot) -> bool:
        """False when the slot is another's. A store that is busy for long says nothing about that."""
        try:
            return self.store.jobs.heartbeat(job.name, slot.name, self.name, self.clock())
        except StoreError as error:
            log.warning("%s %s: no sign of life could be given: %s", job.name, slot.name, error)
            return True

    def _write_down(self, job: Job, slot: Slot, ended: Ended) -> None:
        """Lost, the slot would be done once more: while somebody else writes, it is tried again."""
        for _ in range(WRITES - 1):
            try:
                return self._write(job, slot, ended)
            except StoreLocked as error:
                log.warning("%s %s: its end could not be written yet: %s", job.name, slot.name, error)
        return self._write(job, slot, ended)

    def _write(self, job: Job, slot: Slot, ended: Ended) -> None:
        now, which = self.clock(), (job.name, slot.name, self.name)
        if ended.how is How.DONE:
            self.store.jobs.finish(*which, now, ended.words)
        elif ended.how is How.FAILED:
            self.store.jobs.fail(*which, now, ended.words, job.tries)
        elif ended.how is How.STOPPED:
            self.store.jobs.release(*which, now)
