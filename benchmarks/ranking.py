"""Ranking one profile against 50,000 calls: at most twice one matrix-vector product and top-k of the same sizes.

The lexical part stands apart: it is timed by itself, on texts of 60 words.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import CallVectors
from matcher.lexical import Lexical
from matcher.model import Call, CallKind
from matcher.ranking import Index, Ranking
from matcher.signals import meaning

CALLS, DIMENSION, TOP, REPEATS = 50_000, 384, 50, 41
LIMIT = 2.0
DAY = date(2026, 10, 8)
WORDS = "homes refugees school water work town women language river skills youth health culture rights".split()  # noqa: SIM905


def main() -> int:
    chance, words = np.random.default_rng(0), random.Random(0)
    calls = [_call(i, words) for i in range(CALLS)]
    vectors = _unit(chance.standard_normal((CALLS, DIMENSION), dtype=np.float32))
    index = Index.of(calls, CallVectors(tuple(call.id for call in calls), vectors, np.arange(CALLS)))
    broken = [_compare(index, vectors, queries, chance) > LIMIT for queries in (1, 6)]
    _lexical(calls, words)
    return int(any(broken))


def _compare(index: Index, vectors: NDArray[np.float32], queries: int, chance: np.random.Generator) -> float:
    """Ratio for so many needs; each is one matrix-vector product and top-k of the baseline."""
    asked = _unit(chance.standard_normal((queries, DIMENSION), dtype=np.float32))
    weight, no_spelling = np.full(CALLS, 0.8), np.zeros(CALLS)

    def ours() -> object:
        signals = {"dense": meaning(index.similarities(asked)), "lexical": no_spelling}
        return Ranking(index.ids, signals, dict.fromkeys(signals, weight), dict.fromkeys(signals, "")).top(TOP)

    def baseline() -> object:
        found = [vectors @ query for query in asked]
        return [np.argpartition(similarity, -TOP)[-TOP:] for similarity in found]

    mine, theirs = _medians(ours, baseline)
    sys.stdout.write(
        f"{queries} queries x {CALLS:,} calls: {mine * 1e3:.2f} ms, baseline {theirs * 1e3:.2f} ms, "
        f"ratio {mine / theirs:.2f}, limit {LIMIT}\n"
    )
    return mine / theirs


def _lexical(calls: list[Call], words: random.Random) -> None:
    started = time.perf_counter()
    lexical = Lexical.of(calls[:5000])
    built = time.perf_counter() - started
    texts = [_text(words) for _ in range(6)]
    asked, _ = _medians(lambda: lexical.similarities(texts), lambda: None)
    sys.stdout.write(
        f"lexical part, 5,000 calls: built in {built:.2f} s, 6 queries in {asked * 1e3:.1f} ms (no limit)\n"
    )


def _medians(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Taken in turns, so that both meet the same moods of the machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for run, taken in zip((one, other), times, strict=True):
            started = time.perf_counter()
            run()
            taken.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _text(words: random.Random) -> str:
    return " ".join(words.choice(WORDS) + words.choice(["", "s", "ing", str(words.randrange(1000))]) for _ in range(60))


def _call(number: int, words: random.Random) -> Call:
    name = f"{number:06}"
    fields = {"source": "bench", "reference": name, "identifier": name, "title": f"Topic {name}", "text": _text(words)}
    return Call(**fields, kind=CallKind.TOPIC, url="https://example.org", language="en", as_of=DAY)


if __name__ == "__main__":
    sys.exit(main())
