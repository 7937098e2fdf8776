"""A full crawl of every source's double, the portal's with 1,500 topics: CPU against the pauses politeness asks for.

    python benchmarks/crawl.py [--topics N]

The doubles run in a process of their own and are crawled without pauses, as `python -m crawler crawl` does it, loading
included. `polite` is the least a real crawl lasts: requests times the pause of each source. Prints one line of JSON;
exits 1 when the CPU seconds exceed LIMIT of that, or all processes of the crawl together MEMORY megabytes. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crawler.run import crawled_sources
from crawler.source import sources
from tests.doubles.portal import Portal, rows, truth
from tests.doubles.replay import Replay, pages_of

LIMIT = 0.5
MEMORY = 400
SAMPLE = 0.05
PORTAL = ("funding_tenders", "funded_projects")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def serve(topics: int) -> None:
    """Start the doubles, print the host map, serve until told to stop by a closed input."""
    known = [truth._topic("43252405", "LIFE-2026-BENCH", number, 60_000_000 + number) for number in range(topics)]
    recorded = [rows.topic_row(topic, [topic]) for topic in known]
    portal = Portal(recorded=[*Portal()._rows, *recorded])
    names = [name for name in crawled_sources() if name not in PORTAL]
    pages = [page for name in names for page in pages_of(name)]
    with portal, Replay(pages, hosts=[host for name in names for host in sources()[name].hosts]) as sites:
        sys.stdout.write(f"{portal.host_map},{sites.host_map}\n")
        sys.stdout.flush()
        sys.stdin.read()


def descendants(root: int) -> dict[int, tuple[float, int]]:
    """CPU seconds and resident bytes of a process and all below it, by process id."""
    parents, figures = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            pid = int(folder.name)
            parents[pid] = int(fields[1])
            figures[pid] = ((int(fields[11]) + int(fields[12])) / TICKS, int(fields[21]) * PAGE)
    below = {root}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return {pid: figures[pid] for pid in below if pid in figures}


def measure(host_map: str, home: str) -> dict[str, object]:
    environment = os.environ | {"FUNDING_HOME": home, "FUNDING_HOST_MAP": host_map, "FUNDING_CONTACT": "bench"}
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        command = [sys.executable, "-m", "crawler", "crawl", "--delay", "0", "--json"]
        crawl = subprocess.Popen(command, env=environment, stdout=output)
        cpu: dict[int, float] = {}
        peak = 0
        while crawl.poll() is None:
            now = descendants(crawl.pid)
            cpu |= {pid: seconds for pid, (seconds, _) in now.items()}
            peak = max(peak, sum(resident for _, resident in now.values()))
            time.sleep(SAMPLE)
        output.seek(0)
        results = json.load(output)
    polite = sum(result.get("requests", 0) * sources()[result["source"]].delay_seconds for result in results)
    return {
        "sources": len(results),
        "failed": [result["source"] for result in results if not result["ok"]],
        "requests": sum(result.get("requests", 0) for result in results),
        "wall_s": round(time.perf_counter() - started, 1),
        "cpu_s": round(sum(cpu.values()), 1),
        "polite_s": round(polite, 1),
        "cpu_per_polite": round(sum(cpu.values()) / polite, 3),
        "peak_mb": round(peak / 1024**2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=int, default=1500)
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    if options.serve:
        serve(options.topics)
        return 0
    command = [sys.executable, __file__, "--serve", "--topics", str(options.topics)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as doubles:
        assert doubles.stdout
        host_map = doubles.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as home:
            found = measure(host_map, home)
        doubles.communicate("")
    sys.stdout.write(json.dumps(found) + "\n")
    return int(bool(found["failed"]) or found["cpu_per_polite"] > LIMIT or found["peak_mb"] > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
