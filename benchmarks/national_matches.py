"""Matches of a Czech town with 50,000 national calls of nine countries in the store.

Two limits: calls of other countries cost next to nothing, and calls of its own country cost no more each than the calls
of the EU do. Each match is that of a new service, reading included; vectors are there already, as after a crawl.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from matcher.model import Area, Call, CallKind, CallStatus, Deadline, Fund, National, Run, RunOutcome
from matcher.service import Service
from matcher.settings import Settings

EU_CALLS, NATIONAL_CALLS, REPEATS = 2_000, 50_000, 5
COUNTRIES = ("CZ", "ES", "FI", "GR", "LT", "PL", "PT", "RO", "SK")
FOREIGN_LIMIT, OWN_LIMIT = 1.15, 1.25
DAY = date(2026, 11, 20)
TEXT = "Language courses, housing and advice for people who have come to live in the municipality, and for their clubs."


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        services = {
            name: _settings(Path(folder) / name, calls)
            for name, calls in (
                ("EU only", list(_eu())),
                ("and Czech", [*_eu(), *_national(("CZ",))]),
                ("and all nine", [*_eu(), *_national(COUNTRIES)]),
            )
        }
        times = _medians(services)
    own = NATIONAL_CALLS // len(COUNTRIES)
    foreign = times["and all nine"] / times["and Czech"]
    share = (times["and Czech"] / times["EU only"]) / ((EU_CALLS + own) / EU_CALLS)
    for name, seconds in times.items():
        sys.stdout.write(f"match of prague, {name}: {seconds:.2f} CPU seconds\n")
    sys.stdout.write(f"other countries' {NATIONAL_CALLS - own:,} calls: {foreign:.2f}x, limit {FOREIGN_LIMIT}\n")
    sys.stdout.write(f"own {own:,} calls, each against an EU call: {share:.2f}x, limit {OWN_LIMIT}\n")
    return int(foreign > FOREIGN_LIMIT or share > OWN_LIMIT)


def _eu() -> Iterator[Call]:
    return (_call("portal", number, None) for number in range(EU_CALLS))


def _national(countries: tuple[str, ...]) -> Iterator[Call]:
    for country in countries:
        area = Area(text="all of it", codes=({"GR": "EL"}.get(country, country),))
        national = National(country=country, programme="Programme", area=area)
        yield from (_call(country.lower(), number, national) for number in range(NATIONAL_CALLS // len(COUNTRIES)))


def _call(source: str, number: int, national: National | None) -> Call:
    return Call(
        source=source,
        reference=f"{source}-{number}",
        identifier=f"{source.upper()}-{number:05}",
        title=f"Newcomers in towns, call {source} {number}",
        kind=CallKind.CALL if national else CallKind.TOPIC,
        url=f"https://{source}.example/{number}",
        fund=Fund.ESF_PLUS,
        national=national,
        published_status=CallStatus.OPEN,
        opening=date(2026, 9, 1),
        deadlines=(Deadline(day=date(2027, 1 + number % 12, 1 + number % 28)),),
        text=TEXT,
        as_of=DAY,
    )


def _settings(home: Path, calls: list[Call]) -> Settings:
    """A store with these calls, and all vectors that the match needs."""
    home.mkdir()
    service = Service(Settings(home=home, model="hashing"))
    run = Run(id="all/1", source="all", started=datetime(2026, 11, 20, tzinfo=UTC), as_of=DAY, outcome=RunOutcome.OK)
    service.store.save_run(run, calls)
    service.match("prague", DAY)
    service.store.close()
    return service.settings


def _medians(services: dict[str, Settings]) -> dict[str, float]:
    """Taken in turns, so that all meet the same moods of the machine."""
    times: dict[str, list[float]] = {name: [] for name in services}
    for _ in range(REPEATS):
        for name, settings in services.items():
            started = time.process_time()
            service = Service(settings)
            service.match("prague", DAY)
            times[name].append(time.process_time() - started)
            service.store.close()
    return {name: statistics.median(taken) for name, taken in times.items()}


if __name__ == "__main__":
    sys.exit(main())
