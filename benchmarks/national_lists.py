"""Czechia's XML (1,000 records, 1.7 MB) and a workbook of 20,000 rows x 15 columns: read, understood and loaded.

    make bench, or: .venv/bin/python benchmarks/national_lists.py

Each list in a process of its own. `ratio`: against the same list read by its library alone (lxml, calamine) and as many
records stored as bare rows, in the same process. Limits: 30 s and 300 MB for each list, from the file to the store.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

SECONDS, MEMORY_MB = 30, 300
RATIO = 80
"""Understanding 20,000 rows of dates, areas, amounts and applicants against reading and storing them as bytes."""
XML_RECORDS, XML_BYTES = 1_000, 1_700_000
ROWS, COLUMNS = 20_000, 15
REGIONS = ("Jihomoravský kraj", "Ústecký kraj", "Karlovarský kraj", "celá ČR")
WHO = ("obce", "obce; dobrovolné svazky obcí", "nestátní neziskové organizace", "školy a školská zařízení")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    context = multiprocessing.get_context("spawn")
    good = True
    for name, count in (("xml", XML_RECORDS), ("xlsx", rows)):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"list.{name}"
            file.write_bytes(xml(count) if name == "xml" else xlsx_of(count))
            with context.Pool(1) as pool:
                figures = pool.apply(measure, (str(file), folder))
            with context.Pool(1) as pool:
                bare_s = pool.apply(bare, (str(file), folder, figures["bytes"] // figures["calls"]))
        figures |= {"list": name, "bare_s": round(bare_s, 2), "ratio": round(figures["seconds"] / bare_s, 1)}
        figures |= {"limits": {"seconds": SECONDS, "rss_mb": MEMORY_MB, "ratio": RATIO}}
        sys.stdout.write(json.dumps(figures) + "\n")
        fits = figures["seconds"] <= SECONDS and figures["rss_mb"] <= MEMORY_MB and figures["ratio"] <= RATIO
        good = good and fits and figures["calls"] == count
    return int(not good)


def measure(file: str, folder: str) -> dict[str, Any]:
    """From the file to the store, as `funding import planned-calls` does it."""
    from crawler.imports.run import leave_run, read_file
    from crawler.imports.source import as_planned, source_of
    from crawler.load import load_run
    from matcher.store import open_store

    mapping = as_planned(mapping_for(Path(file)))
    source, now = source_of(mapping, file), datetime(2026, 11, 22, tzinfo=UTC)
    marks = [time.perf_counter()]
    found = read_file(Path(file), mapping, source, now)
    marks.append(time.perf_counter())
    run_folder = leave_run(found, source, Path(folder) / "runs", now, now)
    del found
    marks.append(time.perf_counter())
    with open_store(f"sqlite:///{folder}/store.sqlite") as store:
        run = load_run(run_folder, store)
    marks.append(time.perf_counter())
    read_s, kept_s, load_s = (round(after - before, 2) for before, after in pairwise(marks))
    return {
        "calls": run.calls,
        "bytes": (run_folder / "raw.jsonl").stat().st_size,
        "issues": run.issues,
        "read_s": read_s,
        "kept_s": kept_s,
        "load_s": load_s,
        "seconds": round(marks[-1] - marks[0], 2),
        "rss_mb": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        ),
    }


def bare(file: str, folder: str, size: int) -> float:
    """The list read by its library alone, and each record stored as one row of so many bytes."""
    content = Path(file).read_bytes()
    start = time.perf_counter()
    count = _parse_xml(content) if file.endswith("xml") else _parse_xlsx(content)
    with sqlite3.connect(Path(folder) / "bare.sqlite") as connection:
        connection.execute("create table record (id integer primary key, body text)")
        connection.executemany("insert into record (body) values (?)", (("x" * size,) for _ in range(count)))
    connection.close()
    return time.perf_counter() - start


def _parse_xml(content: bytes) -> int:
    from lxml import etree

    return sum(1 for _ in etree.fromstring(content).iter("VYZVA"))


def _parse_xlsx(content: bytes) -> int:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        return len(book.get_sheet_by_index(0).to_python()) - 1


def mapping_for(file: Path) -> Any:
    from crawler.timetables.mapping import Mapping

    steps = {name: (name.replace("_", " "),) for name in HEADERS}
    paths = {name: (f"{name.upper()}",) for name in HEADERS} | {
        "opening": ("OBDOBI/ZAHAJENI",),
        "area": ("UZEMI/NAZEV",),
    }
    source = {"name": "bench", "title": "Bench", "publisher": "Bench", "url": "https://bench.example/", "licence": "-"}
    return Mapping.model_validate(
        {
            "country": "CZ",
            "language": "cs",
            "columns": paths if file.suffix == ".xml" else steps,
            "records": "VYZVA" if file.suffix == ".xml" else "",
            "source": {**source, "funds": ["ESF+"]},
        }
    )


HEADERS = (
    "code", "title", "opening", "deadlines", "area", "applicants", "budget", "fund", "programme", "priority",
    "specific_objective", "mode", "institution", "description", "status",
)  # fmt: skip


def record(number: int) -> dict[str, str]:
    """A call as a timetable tells it; titles, days and amounts differ, as they do in a real one."""
    year, month, day = 2026 + number % 2, number % 12 + 1, number % 28 + 1
    return {
        "code": f"03_27_{number:05}",
        "title": f"Podpora začleňování cizinců v obcích, výzva č. {number}",
        "opening": (f"{day}. {month}. {year}", f"{number % 4 + 1}. čtvrtletí {year}", f"{year}-{month:02}-{day:02}")[
            number % 3
        ],
        "deadlines": f"{day}. {month}. {year + 1} 14:00",
        "area": REGIONS[number % 4],
        "applicants": WHO[number % 4],
        "budget": f"{number * 1000 + 100_000} Kč",
        "fund": "ESF+",
        "programme": "Operační program Zaměstnanost plus",
        "priority": f"Priorita {number % 4 + 1}",
        "specific_objective": f"ESO4.{number % 12 + 1}",
        "mode": "kolová",
        "institution": "Ministerstvo práce a sociálních věcí",
        "description": f"Podporované aktivity č. {number}: jazykové kurzy, poradenství, komunitní práce.",
        "status": "planned",
    }


def xml(count: int) -> bytes:
    filler = "Popis výzvy. " * ((XML_BYTES // XML_RECORDS - 1_100) // 13)
    records = "".join(_element(number, filler) for number in range(count))
    return f"<?xml version='1.0' encoding='UTF-8'?><VYZVY>{records}</VYZVY>".encode()


def _element(number: int, filler: str) -> str:
    one = record(number)
    period, area = (
        f"<OBDOBI><ZAHAJENI>{one.pop('opening')}</ZAHAJENI></OBDOBI>",
        f"<UZEMI><NAZEV>{one.pop('area')}</NAZEV></UZEMI>",
    )
    one["description"] += filler
    fields = "".join(f"<{name.upper()}>{text}</{name.upper()}>" for name, text in one.items())
    return f"<VYZVA>{fields}{period}{area}</VYZVA>"


def xlsx_of(count: int) -> bytes:
    from tests.doubles.workbook import xlsx

    header = [name.replace("_", " ") for name in HEADERS]
    return xlsx({"Plan": [["Harmonogram"], [], header, *([record(n)[name] for name in HEADERS] for n in range(count))]})


if __name__ == "__main__":
    sys.exit(main())
