"""Normalising portal rows against `json.loads` plus lxml text extraction of the same bytes, in the same run.

    python benchmarks/normalise.py [FILE…] [--rounds N]

FILE is a recorded answer of the portal's search (UTF-8 or UTF-16); by default those of the reference material beside
the checkout. Prints medians and exits 1 when their ratio is above the limit.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from crawler.normalise import normalise
from crawler.source import sources
from crawler.spiders.funding_tenders.rows import read_call
from matcher.reference.files import load_reference
from matcher.settings import Settings

Work = Callable[[list[bytes]], int]

LIMIT = 3.0
COPIES = 25
HTML_FIELDS = ("description", "descriptionByte", "destinationDetails", "supportInfo", "topicConditions")
"""All fields of a row that hold HTML; `latestInfos` holds more of it inside JSON."""
FETCHED = datetime(2025, 12, 1, tzinfo=UTC)
REFERENCE = load_reference(Settings().data / "reference")
RECORDINGS = Path(__file__).parents[1].parent / "shared" / "data" / "portal" / "raw-2025-12"


def rows_in(path: Path) -> list[bytes]:
    """The topic rows of a recorded answer, each as the bytes of its JSON."""
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    rows = json.loads(content.decode(encoding))["results"]
    return [json.dumps(row).encode() for row in rows if row["metadata"]["type"] == ["1"]]


def baseline(rows: list[bytes]) -> int:
    """Read each row and take the text out of its HTML: the least that anybody would do."""
    length = 0
    for row in rows:
        metadata = json.loads(row)["metadata"]
        texts = [text for field in HTML_FIELDS for text in metadata.get(field, [])]
        texts += [info["content"] for infos in metadata.get("latestInfos", []) for info in json.loads(infos)]
        for text in filter(str.strip, texts):
            root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8"))
            length += len("".join(root.itertext()))
    return length


def understand(rows: list[bytes]) -> int:
    """What crawl and load do with a row, from its bytes up to the Call."""
    records = (read_call(json.loads(row), "funding_tenders", FETCHED) for row in rows)
    return sum(call is not None for call, _ in normalise(records, sources()["funding_tenders"], REFERENCE))


def median_seconds(works: tuple[Work, ...], rows: list[bytes], rounds: int) -> list[float]:
    """Median processor time of each work, the works taking turns, so that other load disturbs all alike."""
    times: dict[Work, list[float]] = {work: [] for work in works}
    for _ in range(rounds):
        for work in works:
            start = time.process_time()
            work(rows)
            times[work].append(time.process_time() - start)
    return [statistics.median(taken) for taken in times.values()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(RECORDINGS.glob("*.json")))
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    rows = [row for path in asked.files for row in rows_in(path)] * COPIES
    if not rows:
        sys.stdout.write("nothing recorded here: name recorded answers of the portal's search\n")
        return 0
    understand(rows[:1])
    baseline(rows[:1])
    ours, bare = median_seconds((understand, baseline), rows, asked.rounds)
    figures = {"rows": len(rows), "megabytes": round(sum(map(len, rows)) / 1e6, 1), "rounds": asked.rounds}
    figures |= {
        "normalise_s": round(ours, 4),
        "baseline_s": round(bare, 4),
        "ratio": round(ours / bare, 2),
        "limit": LIMIT,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    return int(ours / bare > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
