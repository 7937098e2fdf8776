"""A real SQLite store in a temporary folder, and calls and runs to put into it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from matcher.model import Budget, Call, CallKind, Deadline, Money, Run, RunOutcome
from matcher.store import open_store

DAY = date(2026, 10, 8)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'home' / 'store.sqlite'}"


@pytest.fixture
def store(url):
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def make_call():
    def make(number=1, day=DAY, **changes):
        facts = {
            "source": "portal",
            "reference": f"{number:06}TOPICSen",
            "identifier": f"AMIF-2026-{number}",
            "title": f"Call number {number}",
            "kind": CallKind.TOPIC,
            "url": f"https://example.org/{number}",
            "deadlines": (Deadline(day=date(2026, 11, 5)),),
            "budget": Budget(total=Money(amount=Decimal("9000000"))),
            "keywords": ("integration", "women"),
            "as_of": day,
        }
        return Call(**facts | changes)

    return make


@pytest.fixture
def make_run():
    def make(id="run-1", day=DAY, outcome=RunOutcome.OK, source="portal"):
        started = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        return Run(id=id, source=source, started=started, as_of=day, outcome=outcome)

    return make
