"""A scheduler whose clock is a file: `python -m tests.doubles.scheduling FOLDER SET [crowd]`.

The jobs write into FOLDER/log. `crowd`: works without leading, so that several do the same jobs at once.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from matcher.scheduler.job import SLOT, Job, Lane
from matcher.scheduler.serving import lead, log_to_screen, signals_ask, tick_until_stopped
from matcher.scheduler.slots import Every
from matcher.scheduler.worker import Worker
from matcher.store import open_store

START = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
TICK = 0.05


def job(folder: Path, name: str, *how: str, lane: Lane = Lane.NIGHT, after: tuple[str, ...] = (), **more) -> Job:
    command = ("tests.doubles.job", str(folder / "log"), name, SLOT, *how)
    return Job(name, Every(minutes=60), timedelta(hours=1), command, lane, after, **more)


def job_sets(folder: Path) -> dict[str, list[Job]]:
    go = str(folder / "go")
    return {
        "many": [
            job(folder, "crawl"),
            job(folder, "embed"),
            job(folder, "mail", lane=Lane.MAIL, after=("crawl", "embed"), patience=timedelta(minutes=30)),
        ],
        "long": [job(folder, "long", "wait", go)],
        "deaf": [job(folder, "long", "deaf", go)],
        "failing": [job(folder, "failing", "fail", pause=timedelta(minutes=1)), job(folder, "other")],
    }


def tell_time(folder: Path, now: datetime) -> None:
    draft = folder / "clock.new"
    draft.write_text(now.isoformat(), encoding="utf-8")
    draft.replace(folder / "clock")


def read_time(folder: Path) -> datetime:
    return datetime.fromisoformat((folder / "clock").read_text(encoding="utf-8"))


def main(folder: Path, chosen: str, crowd: str = "") -> None:
    log_to_screen()
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        jobs = job_sets(folder)[chosen]
        worker = Worker(store, lambda _store, _now: jobs, clock=lambda: read_time(folder), lease=LEASE)
        with signals_ask(worker.stop):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            if crowd:
                tick_until_stopped(worker, TICK)
            else:
                lead(worker, TICK)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
