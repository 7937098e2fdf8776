"""A night from end to end, in processes of its own: the portal's double is crawled, changes, is crawled again; the
ledger learns it, mails are planned and written."""

import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from matcher.days import BRUSSELS
from matcher.scheduler.slots import local_day
from matcher.settings import Settings
from matcher.store import open_store
from tests.demonstration.calls import call
from tests.doubles.portal import Portal
from tests.doubles.subscribers import subscribe

TODAY = local_day(datetime.now(UTC))
FIRST, SECOND = (datetime.combine(TODAY + timedelta(days=n), time(12), BRUSSELS) for n in range(2))


@pytest.fixture
def portal():
    with Portal() as running:
        yield running


@pytest.fixture
def night(tmp_path, portal, monkeypatch):
    """Do one night; returns what was told on the screen."""
    for name, value in {"HOME": str(tmp_path), "HOST_MAP": portal.host_map, "MODEL": "hashing"}.items():
        monkeypatch.setenv(f"FUNDING_{name}", value)

    def run(moment, *more):
        command = [sys.executable, "-P", "-m", "tests.doubles.one_night", moment.isoformat(), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    return run


def on_the_portal(*deadlines):
    """Calls 1 to so many, with their deadlines in days from today, and others that a portal holds beside them."""
    opening = TODAY - timedelta(days=40)
    named = [call(n, opening, TODAY + timedelta(days=days)) for n, days in enumerate(deadlines, start=1)]
    return [*named, *(call(n, opening, TODAY + timedelta(days=200)) for n in range(20, 45))]


def mails(home):
    files = sorted((home / "mail").glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


@pytest.mark.timeout(600)
def test_a_night_brings_the_news_to_who_asked_for_it_and_the_next_round_says_nothing_twice(tmp_path, portal, night):
    portal.restate(on_the_portal(60, 70))
    told = night(FIRST, "crawl")
    assert "done, funding_tenders: ok, 27 records, 27 calls, 27 new" in told
    assert mails(tmp_path) == []
    with open_store(Settings().database_url) as store:
        assert len(store.calls("funding_tenders")) == 27
        subscribe(store, 1, cursor=store.ledger.head())
        subscribe(store, 2, profile="athens", cursor=store.ledger.head())
        assert store.ledger.events() == []

    portal.restate(on_the_portal(60, 20, 90))
    told = night(SECOND)
    with open_store(Settings().database_url) as store:
        changed = {(event.call, event.kind) for event in store.ledger.events()}
        assert ("funding_tenders:46100003TOPICSen", "new") in changed
        assert ("funding_tenders:46100002TOPICSen", "changed") in changed
        assert store.jobs.runs(states=["failed", "given_up", "running", "released"]) == []
    found = mails(tmp_path)
    assert {mail["To"] for mail in found} == {"reader1@example.org", "reader2@example.org"}
    for mail in found:
        text = mail.get_body(("plain",)).get_content()
        assert "Housing and neighbourhood work for newly arrived families" in " ".join(text.split())
    names = [line.split()[2] for line in told.splitlines() if line.endswith(": begins")]
    assert names.index("crawl:funding_tenders") < names.index("ledger") < names.index("digest") < names.index("deliver")
    assert list((tmp_path / "backups").iterdir())
    assert "example.org" not in told

    night(SECOND + timedelta(minutes=5))
    assert len(mails(tmp_path)) == 2
