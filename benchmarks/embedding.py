"""Embedding of calls through windows and cache: at least 0.9 of the throughput of `SentenceTransformer.encode` itself.

Both take the same windows, the same model and number format. A second round, with nothing new, must encode nothing.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from sentence_transformers import SentenceTransformer

from matcher.embedding import MemoryCache, SentenceEncoder, embed_calls
from matcher.local_model import find_model
from matcher.model import Call, CallKind
from matcher.passages import call_windows
from matcher.settings import Settings

CALLS, ROUNDS, LIMIT, LIMIT_AGAIN = 32, 15, 0.9, 0.05
SENTENCES = (
    "Towns, regions and associations plan together how newcomers find a home, a school and work.",
    "Organisations led by migrants take part in drafting, carrying out and judging what is done.",
    "Projects test a service in two places at least before it becomes part of ordinary policy.",
    "Teachers, employers and health staff learn to receive people who speak another language.",
    "Partners exchange visits, write down what failed and hand their material to others.",
    "Women who arrived recently get advice on skills, childcare and the first steps in business.",
)


def main() -> int:
    settings = Settings()
    encoder = SentenceEncoder(find_model(settings), settings.dtype)
    calls = _calls(random.Random(0))
    windows = [window for of_call in call_windows(calls, encoder.count_tokens) for window in of_call]
    cache = MemoryCache()
    embed_calls(calls, encoder, cache)  # loads the model
    model: SentenceTransformer = encoder._model
    rounds = _in_turns(
        lambda: embed_calls(calls, encoder, MemoryCache()),
        lambda: model.encode_document(windows, show_progress_bar=False),
        lambda: embed_calls(calls, encoder, cache),
    )
    ours, direct = (len(windows) / statistics.median(each[i] for each in rounds) for i in (0, 1))
    ratio = statistics.median(direct / ours for ours, direct, _ in rounds)
    share = statistics.median(again / ours for ours, _, again in rounds)
    sys.stdout.write(
        f"{len(windows)} windows of {len(calls)} calls: {ours:.1f} a second, directly {direct:.1f}\n"
        f"ratio {ratio:.2f}, limit {LIMIT}\n"
        f"again with nothing changed: {share:.1%} of the time, limit {LIMIT_AGAIN:.0%}\n"
    )
    return int(ratio < LIMIT or share > LIMIT_AGAIN)


def _in_turns(*runs: Callable[[], object]) -> list[list[float]]:
    """Seconds of each run in each round; every other round backwards, so that all meet the same moods."""
    rounds = []
    for number in range(ROUNDS):
        taken = [0.0] * len(runs)
        for place in range(len(runs)) if number % 2 else reversed(range(len(runs))):
            started = time.perf_counter()
            runs[place]()
            taken[place] = time.perf_counter() - started
        rounds.append(taken)
    return rounds


def _calls(chance: random.Random) -> list[Call]:
    """Texts of 2 to 24 sentences, no two windows alike."""
    made = []
    for number in range(CALLS):
        said = [f"{chance.choice(SENTENCES)} Part {number}.{i}." for i in range(chance.randint(2, 24))]
        fields = {"source": "bench", "reference": str(number), "identifier": str(number), "title": f"Topic {number}"}
        kind, day = CallKind.TOPIC, date(2026, 10, 8)
        made.append(Call(**fields, text=" ".join(said), kind=kind, url="https://example.org", language="en", as_of=day))
    return made


if __name__ == "__main__":
    sys.exit(main())
