"""100,000 calls into the store against a bare sqlite3 `executemany` of the same bodies, and the memory it takes.

    python benchmarks/store_load.py [--calls N]

Three loads: all new, all unchanged, a tenth changed. Prints one line of JSON; exits 1 when loading new calls takes
more than LIMIT times the bare insert or the process grows beyond MEMORY megabytes over the calls themselves.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.model import Call, CallKind, Deadline, Run, RunOutcome
from matcher.store import open_store

LIMIT = 10.0
MEMORY = 200
DAY = date(2026, 10, 8)
TEXT = "Integration of migrants through cooperation of towns, associations and schools. " * 20


def make_call(number: int, day: date, title: str) -> Call:
    """A call of the usual size: some 2 kB of text."""
    return Call(
        source="bench",
        reference=f"{number:06}TOPICSen",
        identifier=f"AMIF-2026-{number}",
        title=f"{title} {number}",
        kind=CallKind.TOPIC,
        url=f"https://example.org/{number}",
        deadlines=(Deadline(day=date(2026, 11, 5)),),
        text=TEXT,
        conditions=TEXT[:400],
        keywords=("integration", "migration"),
        as_of=day,
    )


def bare(folder: Path, bodies: list[tuple[str, str]]) -> None:
    """The least a load can be: one table, one transaction, the bodies ready made."""
    with sqlite3.connect(folder / "bare.sqlite") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE call (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
        database.executemany("INSERT INTO call VALUES (?, ?)", bodies)
    database.close()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def run(number: int) -> Run:
    day = DAY + timedelta(days=number)
    started = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Run(id=f"bench/{number}", source="bench", started=started, as_of=day, outcome=RunOutcome.OK)


def measure(count: int, folder: Path) -> dict[str, float]:
    calls = [make_call(number, DAY, "Call") for number in range(count)]
    before = megabytes()
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        new = seconds(lambda: store.save_run(run(0), calls))
        same = seconds(lambda: store.save_run(run(1), calls))
        tenth = [make_call(number, DAY + timedelta(days=2), "Changed") for number in range(0, count, 10)]
        changed = seconds(lambda: store.save_run(run(2), tenth))
        grown = megabytes() - before
        read = seconds(store.calls)
    bodies = [(call.id, call.model_dump_json(exclude_defaults=True)) for call in calls]
    plain = seconds(lambda: bare(folder, bodies))
    return {
        "calls": count,
        "bare_s": round(plain, 2),
        "new_s": round(new, 2),
        "new_rows_per_s": round(count / new),
        "unchanged_s": round(same, 2),
        "tenth_changed_s": round(changed, 2),
        "read_all_s": round(read, 2),
        "ratio": round(new / plain, 1),
        "limit": LIMIT,
        "grown_mb": round(grown),
        "rss_mb": round(megabytes()),
        "file_mb": round((folder / "store.sqlite").stat().st_size / 1e6),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(parser.parse_args().calls, Path(folder))
    sys.stdout.write(json.dumps(figures) + "\n")
    return int(figures["ratio"] > LIMIT or figures["grown_mb"] > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
