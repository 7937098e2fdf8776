"""A store of 50,000 calls and 200 organisations, as the nightly jobs leave it: what the pages are measured on.

Calls are those of the snapshot, varied: another code, deadline and thirty more words each; one in ten runs. Vectors of
texts are drawn by chance, because embedding so many would take hours and what they say is not measured.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np

from crawler.load import load_run
from matcher.brief.lens import sayings
from matcher.embedding import Encoder, load_encoder
from matcher.explanation import quotable
from matcher.model import Call, CallStatus, Deadline, Run, RunOutcome
from matcher.passages import call_windows
from matcher.settings import REPOSITORY, Settings
from matcher.store import Store, open_store

CALLS, ORGANISATIONS, RUNNING, FURTHER_WORDS = 50_000, 200, 0.1, 30
AT_ONCE = 2_000
Thing = TypeVar("Thing")


def made(folder: Path) -> Settings:
    """The world in that folder; made where it is not there yet."""
    settings = Settings(home=folder / "home", data=folder / "data")
    if not (folder / "ready").exists():
        _organisations(folder / "data")
        with open_store(settings.database_url) as store:
            calls = _calls(settings)
            moment = datetime.now(UTC)
            run = Run(
                id="funding_tenders/1",
                source="funding_tenders",
                started=moment,
                as_of=moment.date(),
                outcome=RunOutcome.OK,
                calls=len(calls),
            )
            store.save_run(run, calls)
            _draw_vectors(calls, load_encoder(settings), store)
        (folder / "ready").touch()
    return settings


def environment(settings: Settings) -> dict[str, str]:
    return {"FUNDING_HOME": str(settings.home), "FUNDING_DATA": str(settings.data)}


def night(settings: Settings) -> dict[str, float]:
    """Seconds that each of the jobs takes that work out what the pages read."""
    moment, taken = datetime.now(UTC).isoformat(), {}
    for job in ("embed", "matches"):
        started = time.perf_counter()
        command = [sys.executable, "-P", "-m", "matcher.scheduler.work", job, moment]
        subprocess.run(command, cwd=REPOSITORY, env=os.environ | environment(settings), check=True)
        taken[job] = time.perf_counter() - started
    return taken


def _organisations(data: Path) -> None:
    """The shipped ones, copied until there are enough."""
    (data / "profiles").mkdir(parents=True)
    for name in ("reference", "snapshot", "consent"):
        (data / name).symlink_to(REPOSITORY / "data" / name)
    shipped = sorted((REPOSITORY / "data" / "profiles").glob("*.yml"))
    for number in range(ORGANISATIONS):
        like = shipped[number % len(shipped)]
        copy = like.stem if number < len(shipped) else f"{like.stem}-{number:03}"
        (data / "profiles" / f"{copy}.yml").write_text(like.read_text(encoding="utf-8"), encoding="utf-8")


def _calls(settings: Settings) -> list[Call]:
    chance, today = random.Random(0), date.today()  # the pages look at today's calls
    snapshot = _snapshot(settings.home.parent / "snapshot.sqlite")
    words = sorted({word for call in snapshot for word in call.text.split()})
    return [_varied(snapshot[number % len(snapshot)], number, words, chance, today) for number in range(CALLS)]


def _snapshot(file: Path) -> list[Call]:
    with open_store(f"sqlite:///{file}") as store:
        for folder in sorted((REPOSITORY / "data" / "snapshot").glob("*/")):
            load_run(folder, store)
        return store.calls("funding_tenders")


def _varied(call: Call, number: int, words: Sequence[str], chance: random.Random, today: date) -> Call:
    runs = chance.random() < RUNNING
    last = today + timedelta(days=chance.randint(3, 200) if runs else -chance.randint(3, 2000))
    changed = {
        "reference": f"{call.reference}{number}",
        "identifier": f"{call.identifier}-{number}",
        "title": f"{call.title} {number}",
        "text": f"{call.text} {' '.join(chance.choices(words, k=FURTHER_WORDS))}",
        "opening": last - timedelta(days=90),
        "deadlines": (Deadline(day=last),),
        "published_status": CallStatus.OPEN if runs else CallStatus.CLOSED,
    }
    return call.model_copy(update=changed)


def _draw_vectors(calls: Sequence[Call], encoder: Encoder, store: Store) -> None:
    chance, model = np.random.default_rng(0), f"{encoder.name}@{encoder.revision}"
    texts = list(dict.fromkeys(_texts(calls, encoder)))
    for some in _parts(texts):
        drawn = chance.normal(size=(len(some), encoder.dimension)).astype(np.float32)
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        names = (sha256(f"passage: {text}".encode()).hexdigest() for text in some)
        store.save_vectors(model, dict(zip(names, drawn, strict=True)))


def _texts(calls: Sequence[Call], encoder: Encoder) -> Iterable[str]:
    """All that is embedded of calls, and what may be quoted of those that run."""
    for some in _parts(calls):
        yield from (window for windows in call_windows(some, encoder.count_tokens) for window in windows)
        yield from (
            said.text
            for call in some
            if call.published_status is CallStatus.OPEN
            for said in (*sayings(call), *quotable(call))
        )


def _parts(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))
