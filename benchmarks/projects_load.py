"""A run of 12,000 funded projects (all that AMIF, CERV, ESF+, ERDF and Erasmus+ have, and some) into the store.

    python benchmarks/projects_load.py [--projects N]

Reading, understanding and storing against only parsing the same lines as JSON; then three look-ups. Prints one line of
JSON; exits 1 when loading takes more than LIMIT times the parsing, a look-up more than PATIENCE seconds, or the process
grows beyond MEMORY megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from crawler.load import load_run
from crawler.source import RawParticipant, RawProject, RunReport
from matcher.precedents import Basis
from matcher.store import open_store

LIMIT = 100.0
PATIENCE = 1.0
MEMORY = 400
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
OBJECTIVE = "Towns and associations of migrants cook, learn and vote together, and tell others how it went. " * 20
COUNTRIES = ("IT", "EL", "LV", "DE", "UK", "ES")


def make_project(number: int) -> RawProject:
    """A project of the usual size: some 2 kB of text and five organisations."""
    partners = tuple(
        RawParticipant(
            pic=str(900_000_000 + (number * 7 + place) % 9_000),
            name=f"ASSOCIATION OF NEIGHBOURS {(number * 7 + place) % 9_000}",
            role="participant" if place else "coordinator",
            country=COUNTRIES[(number + place) % len(COUNTRIES)],
            kind="OTH",
            city="Anytown",
            eu_contribution="25000.5",
        )
        for place in range(5)
    )
    return RawProject(
        source="funded_projects",
        reference=f"43251589{number:09}",
        fetched_at=NOW,
        acronym=f"MEET{number}",
        title=f"Neighbours meet, number {number}",
        objective=OBJECTIVE,
        status="Ended",
        programme="43251589",
        topic=f"CERV-{2021 + number % 5}-CITIZENS-{number % 40:02}-TOPIC{chr(65 + number % 26)}",
        start="2023-01-01T00:00:00.000+0100",
        end="2025-01-01T00:00:00.000+0100",
        eu_contribution="125002.5",
        participants=partners,
    )


def write_run(folder: Path, count: int) -> Path:
    folder = folder / "funded_projects" / "bench"
    folder.mkdir(parents=True)
    with (folder / "raw.jsonl").open("w", encoding="utf-8") as file:
        for number in range(count):
            one = make_project(number)
            file.write(json.dumps({"record": one.record, **one.model_dump(mode="json", exclude_defaults=True)}) + "\n")
    common = {"run": "bench", "source": "funded_projects", "started": NOW, "finished": NOW, "as_of": NOW.date()}
    report = RunReport(**common, complete=True, records=count, listed=count, fetched=count)
    (folder / "report.json").write_text(report.model_dump_json(), encoding="utf-8")
    return folder


def parse_only(folder: Path) -> None:
    with (folder / "raw.jsonl").open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def measure(count: int, home: Path) -> dict[str, float]:
    folder = write_run(home, count)
    plain = seconds(lambda: parse_only(folder))
    before = megabytes()
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        new = seconds(lambda: load_run(folder, store))
        grown = megabytes() - before
        same = seconds(lambda: load_run(folder, store))
        line = seconds(lambda: store.projects((Basis.LINE, "CERV-CITIZENS-TOPICC")))
        organisation = seconds(lambda: store.projects(organisation="neighbours 4321", country="LV"))
        text = seconds(lambda: store.projects(text="number 4321"))
    return {
        "projects": count,
        "parse_s": round(plain, 2),
        "new_s": round(new, 2),
        "unchanged_s": round(same, 2),
        "ratio": round(new / plain, 1),
        "limit": LIMIT,
        "by_line_s": round(line, 3),
        "by_organisation_s": round(organisation, 3),
        "by_text_s": round(text, 3),
        "grown_mb": round(grown),
        "rss_mb": round(megabytes()),
        "file_mb": round((home / "store.sqlite").stat().st_size / 1e6),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", type=int, default=12_000)
    with tempfile.TemporaryDirectory() as home:
        figures = measure(parser.parse_args().projects, Path(home))
    sys.stdout.write(json.dumps(figures) + "\n")
    slow = max(figures["by_line_s"], figures["by_organisation_s"], figures["by_text_s"]) > PATIENCE
    return int(figures["ratio"] > LIMIT or figures["rss_mb"] > MEMORY or slow)


if __name__ == "__main__":
    sys.exit(main())
