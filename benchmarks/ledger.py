"""158 days of the portal through the ledger, against parsing their JSON alone, and the memory it takes.

    python benchmarks/ledger.py [--folder DAILY] [--days N]

The days are the real ones of the daily feed in ../shared, each written as a whole day. They are continued by this rule:
the n-th further day has the calls of the n-th real day, under ids of their own and with all times later by as many days
as the real series is long, and beside them the calls of the last real day until their deadline. So the kinds of things
that happen are real, and twice as many calls as the portal has are there at once. Measured are seconds of one core.
Prints one line of JSON; exits 1 when the replay takes more than SECONDS or LIMIT times the parsing, or the process
grows beyond MEMORY megabytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from matcher.ledger.replay import replay
from matcher.ledger.series import Row, Series
from matcher.ledger.series_files import read_folder
from matcher.model import EventKind

DAILY = Path(__file__).resolve().parents[2] / "shared" / "data" / "portal" / "daily"
DAYS = 158
SECONDS = 60.0
LIMIT = 8.0
MEMORY = 600
Record = dict[str, Any]


def records(folder: Path) -> dict[str, Record]:
    """The feed's own records with all their texts, each as a whole day has it last."""
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("grants_*.json.gz")):
        found |= {one["id"]: one for one in json.loads(gzip.decompress(path.read_bytes()))["grants"]}
    return found


def real_days(folder: Path) -> list[tuple[date, dict[str, Row]]]:
    read = read_folder(folder)
    return list(Series(read.snapshots, read.differences, read.union).days())


def days(real: list[tuple[date, dict[str, Row]]], count: int) -> Iterator[tuple[date, list[Row]]]:
    length = (real[-1][0] - real[0][0]).days + 1
    for number in range(count):
        turn, place = divmod(number, len(real))
        shift = timedelta(days=turn * length)
        day, rows = real[place][0] + shift, real[place][1].values()
        staying = [row for row in real[-1][1].values() if row.deadlineDate[:10] >= day.isoformat()] if turn else []
        yield day, [*(_moved(row, turn, shift) for row in rows), *staying]


def _moved(row: Row, turn: int, shift: timedelta) -> Row:
    if not turn:
        return row
    start, deadline = (_later(text, shift) for text in (row.startDate, row.deadlineDate))
    return row._replace(id=f"{row.id}-{turn}", startDate=start, deadlineDate=deadline)


def _later(text: str, shift: timedelta) -> str:
    return (datetime.fromisoformat(text) + shift).isoformat() if text else ""


def write(folder: Path, source: Path, count: int) -> None:
    """The days as files of the feed's form and size."""
    whole = records(source)
    for day, rows in days(real_days(source), count):
        grants = [_record(whole.get(row.id.split("-")[0], {}), row) for row in rows]
        content = json.dumps({"grants": grants}).encode()
        (folder / f"grants_{day}.json.gz").write_bytes(gzip.compress(content, compresslevel=1))


def _record(record: Record, row: Row) -> Record:
    said: Record = {"id": row.id, "identifier": row.identifier, "title": row.title, "url": row.url}
    said |= {"startDate": row.startDate or None, "deadlineDate": row.deadlineDate or None}
    ids = {"kind": {"id": row.kind}, "status": {"id": row.status}, "frameworkProgrammes": [{"id": row.programme}]}
    return {**record, **said, **ids}


def parse(folder: Path) -> int:
    """The least that a replay can do: read the JSON of every day."""
    return sum(len(json.loads(gzip.decompress(path.read_bytes()))["grants"]) for path in sorted(folder.iterdir()))


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def measure(folder: Path) -> dict[str, float]:
    start = time.process_time()
    count = parse(folder)
    parsed = time.process_time() - start
    start = time.process_time()
    read = read_folder(folder)
    done = replay(Series(read.snapshots, read.differences, read.union).days())
    replayed = time.process_time() - start
    return {
        "days": len(done.runs),
        "records": count,
        "calls": len(done.calls),
        "events": len(done.events),
        "new": sum(one.kind is EventKind.NEW and not one.silent for one in done.events),
        "withdrawn": sum(one.kind is EventKind.WITHDRAWN for one in done.events),
        "parse_s": round(parsed, 2),
        "replay_s": round(replayed, 2),
        "seconds": SECONDS,
        "ratio": round(replayed / parsed, 2),
        "limit": LIMIT,
        "rss_mb": round(megabytes()),
        "memory": MEMORY,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=DAILY)
    parser.add_argument("--days", type=int, default=DAYS)
    given = parser.parse_args()
    if not given.folder.is_dir():
        sys.stderr.write(f"{given.folder}: not there; --folder names a folder of the daily feed\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), given.folder, given.days)
        figures = measure(Path(folder))
    sys.stdout.write(json.dumps(figures) + "\n")
    slow = figures["replay_s"] > SECONDS or figures["ratio"] > LIMIT
    return int(slow or figures["rss_mb"] > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
