"""The process that runs until it is stopped: one leads, others wait for its place. APScheduler is only the clock."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from filelock import FileLock, Timeout

from matcher.scheduler.job import Lane
from matcher.scheduler.process import POLL, Stop
from matcher.scheduler.worker import Worker
from matcher.store import StoreUnreachable

log = logging.getLogger(__name__)

TICK = 30.0
"""Seconds between two looks at what is due: at the start, after a downtime, and all the time."""


class Busy(Exception):
    """Another process does the jobs of this store."""


def lead(worker: Worker, tick: float = TICK) -> None:
    """Do jobs until `worker.stop` is asked for; while another process does them, wait for its end."""
    lock = leader_lock(Path(worker.store.place))
    try:
        take(lock)
    except Timeout:
        log.info("another process does the jobs of %s; waiting to take its place", worker.store.place)
        try:
            lock.acquire(poll_interval=POLL, cancel_check=lambda: worker.stop.asked)
        except Timeout:
            return
    try:
        log.info("does the jobs of %s", worker.store.place)
        worker.awake = worker.clock()
        tick_until_stopped(worker, tick)
    finally:
        lock.release()


def tick_until_stopped(worker: Worker, tick: float) -> None:
    """Look at what is due every `tick` seconds, each lane in a thread of its own.

    The clock's own jobs are in memory: what is due does not depend on them. It goes by UTC, where no hour is left out.
    """
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a lane that is at work when it ticks is no trouble
    ticks = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(len(Lane))})
    once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    for lane in Lane:
        ticks.add_job(worker.do_lane, "interval", [lane], seconds=tick, next_run_time=datetime.now(UTC), **once)
    ticks.start()
    while not worker.stop.asked:
        time.sleep(POLL)
    ticks.shutdown()


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """No other process does jobs with the store meanwhile. Raises Busy when one does."""
    lock = leader_lock(place)
    try:
        take(lock)
    except Timeout:
        raise Busy(f"another process does the jobs of {place}") from None
    try:
        yield
    finally:
        lock.release()


def leader_lock(place: Path) -> FileLock:
    """A lock beside the store; the system frees it when its process ends, however it ends."""
    return FileLock(f"{place}.scheduler")


def take(lock: FileLock) -> None:
    """Raises Timeout where another process has it, StoreUnreachable where no lock can be kept."""
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise
    except OSError as error:
        raise StoreUnreachable(lock.lock_file, f"no lock can be kept beside the store ({error.strerror})") from error


@contextmanager
def signals_ask(stop: Stop) -> Iterator[None]:
    """Meanwhile SIGTERM and SIGINT ask for a stop."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.asked = True

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def log_to_screen() -> None:
    """What the scheduler does, line by line; of libraries only what went wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("matcher.scheduler").setLevel(logging.INFO)
