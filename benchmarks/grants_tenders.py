"""Memory of the fallback: reading a grantsTenders.json of 120 MB in a process of its own.

    python benchmarks/grants_tenders.py [--megabytes N]

Fetches the file over a real socket to disk, as the crawl does, reads every grant, and prints the peak of resident
memory beside that of a process that only imports the same code. Exits 1 above the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import resource
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scrapy import Request

from crawler.downloads import save_body
from crawler.spiders.funding_tenders.grants_file import MAX_BYTES, read_grants

LIMIT_MB = 300
FILE = "grantsTenders.json"


def write_file(path: Path, megabytes: int) -> int:
    """Grants of about 11 kB, as in the portal's file; returns their number."""
    records = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"fundingData":{"GrantTenderObj":[')
        while file.tell() < megabytes * 1_000_000:
            file.write(("," if records else "") + json.dumps(grant(records)))
            records += 1
        file.write("]}}")
    return records


def grant(number: int) -> dict[str, object]:
    return {
        "type": 1,
        "ccm2Id": 46_000_000 + number,
        "identifier": f"PROG-2026-{number:05}",
        "title": f"Topic {number}",
        "frameworkProgramme": {"id": 43251447, "abbreviation": "AMIF2027"},
        "status": {"id": 31094502, "abbreviation": "Open"},
        "plannedOpeningDateLong": 1_767_222_000_000,
        "deadlineDatesLong": [1_774_994_400_000 + number],
        "actions": [{"deadlineDates": ["2026-03-31"], "types": ["x" * 400]}],
        "keywords": [f"word {word}" for word in range(200)],
        "latestInfos": [{"content": f"<p>notice {part} " + "y" * 1_500 + "</p>"} for part in range(4)],
    }


def fetch_and_read(url: str, folder: str, results: multiprocessing.Queue[tuple[int, int, float]]) -> None:
    start = time.perf_counter()
    path = Path(folder) / "fetched.json"
    meta = {"save_to": path, "download_maxsize": MAX_BYTES, "download_timeout": 120}
    asyncio.run(save_body(Request(url, meta=meta), url))
    count = sum(1 for _ in read_grants(path, "funding_tenders", datetime.now(UTC)))
    results.put((count, peak_mb(), time.perf_counter() - start))


def only_import(results: multiprocessing.Queue[tuple[int, int, float]]) -> None:
    results.put((0, peak_mb(), 0.0))


def peak_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def in_own_process(work: partial[None]) -> tuple[int, int, float]:
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[tuple[int, int, float]] = context.Queue()
    child = context.Process(target=work, args=(results,))
    child.start()
    found = results.get(timeout=300)
    child.join()
    return found


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The figures are the output."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=120)
    megabytes = parser.parse_args().megabytes
    with tempfile.TemporaryDirectory() as folder:
        records = write_file(Path(folder) / FILE, megabytes)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _, baseline, _ = in_own_process(partial(only_import))
        url = f"http://127.0.0.1:{server.server_port}/{FILE}"
        read, peak, seconds = in_own_process(partial(fetch_and_read, url, folder))
        server.shutdown()
        server.server_close()
    ok = peak < LIMIT_MB and read == records
    sys.stdout.write(
        f"{megabytes} MB, {read} of {records} grants read in {seconds:.1f} s: peak {peak} MB resident "
        f"(imports alone {baseline} MB, limit {LIMIT_MB} MB): {'ok' if ok else 'LIMIT BROKEN'}\n"
    )
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
