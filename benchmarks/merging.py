"""10,000 records of five sources merged into calls, against reading the same records from the store.

    python benchmarks/merging.py [--records N]

Two thirds are official records; of the rest most have the code of one, some name codes, some have neither code nor page
and can only be told by their titles. Prints one line of JSON; exits 1 when merging takes more than LIMIT times the
reading that always comes before it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.merging import merge
from matcher.model import Call, CallKind, Deadline, Fund, Run, RunOutcome, Tier
from matcher.store import open_store

LIMIT = 4.0
TOPICS = """
integration inclusion migrants refugees towns regions schools housing work health women youth rights equality
culture skills language digital volunteers sport safety networks learning memory dialogue participation
"""
WORDS = TOPICS.split()
DAY = date(2026, 10, 8)
RUN = Run(id="bench", source="bench", started=datetime(2026, 10, 8, tzinfo=UTC), as_of=DAY, outcome=RunOutcome.OK)
OTHERS = (
    ("restated", Tier.CURATED, "code"),
    ("news", Tier.OFFICIAL_POINTER, "mention"),
    ("site", Tier.OFFICIAL_POINTER, "code"),
    ("list", Tier.DISCOVERY, "title"),
)


def records(count: int) -> Iterator[Call]:
    """The same for the same count."""
    chance = random.Random(20261008)
    official = [_official(number, chance) for number in range(count * 2 // 3)]
    yield from official
    for number in range(count - len(official)):
        source, tier, known_by = OTHERS[number % len(OTHERS)]
        yield _other(chance.choice(official), number, source, tier, known_by)


def _official(number: int, chance: random.Random) -> Call:
    code = f"AMIF-{2024 + number % 4}-TF2-AG-{number}"
    return Call(
        source="funding_tenders",
        reference=f"{number}TOPICSen",
        identifier=code,
        title=" ".join(chance.sample(WORDS, 7)),
        kind=CallKind.TOPIC,
        url=f"https://ec.europa.eu/portal/screen/opportunities/topic-details/{code}",
        fund=Fund.AMIF,
        deadlines=(Deadline(day=date(2026, 1, 1) + timedelta(days=number % 200)),),
        text="Towns and associations of migrants work together. " * 40,
        as_of=DAY,
    )


def _other(official: Call, number: int, source: str, tier: Tier, known_by: str) -> Call:
    code = official.identifier if known_by == "code" else f"calls/{number}"
    changes = {
        "source": source,
        "reference": f"calls/{number}",
        "identifier": code,
        "tier": tier,
        "kind": CallKind.CALL,
        "url": f"https://{source}.example/calls/{number}",
        "mentions": (official.identifier,) if known_by == "mention" else (),
        "text": "",
    }
    return official.model_copy(update=changes)


def seconds(work: Callable[[], object]) -> float:
    """Of the processor: other work on the machine does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(count: int, folder: Path) -> dict[str, float]:
    calls = list(records(count))
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        store.save_run(RUN, calls)
        read = min(seconds(store.calls) for _ in range(3))
    merged = min(seconds(lambda: merge(calls)) for _ in range(3))
    return {
        "records": count,
        "calls": len(merge(calls)),
        "read_s": round(read, 3),
        "merge_s": round(merged, 3),
        "ratio": round(merged / read, 2),
        "limit": LIMIT,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(parser.parse_args().records, Path(folder))
    sys.stdout.write(json.dumps(figures) + "\n")
    return int(figures["ratio"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
