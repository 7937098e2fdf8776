"""What a monitor is told, and that it is told nothing else."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.routes.health import health
from matcher.model import MailKind, OutboxMail, RunOutcome
from tests.doubles.news_world import PORTAL, good_run, made_call, made_event

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()


def told(world, now=NOW):
    return health(world.store, now)


def test_a_store_that_is_kept_is_ok(world):
    call = made_call("A")
    world.load([call], [made_event(call, "new")], TODAY)
    assert told(world) == {
        "status": "ok",
        "store": "ok",
        "ledger": 1,
        "sources": {"fresh": 1, "stale": {}, "never_read": 0},
        "mails": {},
        "jobs": [],
    }


def test_a_source_is_stale_after_two_of_its_rhythms(world):
    world.load([made_call("A")], day=TODAY)
    assert told(world, NOW + timedelta(days=2))["status"] == "ok"
    later = told(world, NOW + timedelta(days=3))
    assert (later["status"], later["sources"]["stale"]) == ("degraded", {"portal": {"days": 3}})
    world.fail(TODAY + timedelta(days=3))  # an attempt that failed makes nothing fresh
    assert told(world, NOW + timedelta(days=3))["status"] == "degraded"


def test_what_was_never_read_is_counted_and_what_is_never_crawled_is_not(world):
    world.store.save_cards([PORTAL, PORTAL.model_copy(update={"name": "by_hand", "frequency": "none"})])
    assert told(world)["sources"] == {"fresh": 0, "stale": {}, "never_read": 1}
    assert told(world)["status"] == "ok"


def test_held_mails_and_jobs_that_were_given_up_are_trouble(world):
    mine = world.subscribe()
    facts = {"id": "m1", "slot": "2026-W47", "message_id": "<m1@x.example>", "planned": NOW, "not_before": NOW}
    world.store.outbox.plan([OutboxMail(subscription=mine.id, kind=MailKind.DIGEST, upto=0, content="{}", **facts)])
    waiting = told(world)
    assert waiting["mails"]["planned"] >= 1
    assert waiting["status"] == "ok"
    world.store.outbox.claim("w", NOW, timedelta(minutes=5), only="m1")
    world.store.outbox.hand_over("m1", "w")
    world.store.outbox.doubt("m1", NOW, "the line broke", "hold", "w")
    assert (told(world)["mails"]["held"], told(world)["status"]) == (1, "degraded")
    world.store.outbox.cancel("m1", "known")
    world.store.jobs.claim("crawl", "2026-11-21", "w", NOW, tries=1)
    world.store.jobs.fail("crawl", "2026-11-21", "w", NOW, "broke", tries=1)
    assert told(world)["status"] == "degraded"
    world.store.jobs.claim("crawl", "2026-11-22", "w", NOW + timedelta(days=1))
    world.store.jobs.finish("crawl", "2026-11-22", "w", NOW + timedelta(days=1), "3 sources")
    found = told(world)
    assert found["status"] == "ok"
    assert [(job["job"], job["slot"], job["state"]) for job in found["jobs"]] == [("crawl", "2026-11-22", "done")]
    assert set(found["jobs"][0]) == {"job", "slot", "state", "started", "finished"}


def test_over_http(world, client):
    world.store.save_run(good_run((), date.today(), id="r1", outcome=RunOutcome.OK))
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.headers["cache-control"] == "no-store"
    assert client.head("/health").status_code == 200
    assert client.post("/health").status_code == 405


def test_it_names_no_address_and_no_place(world, client, home):
    mine = world.subscribe()
    text = client.get("/health").text
    for secret in (mine.address, mine.id, str(home.settings.home), "sqlite"):
        assert secret not in text


@pytest.fixture
def file(world, home, client):
    """The store's file, once the server has opened it."""
    assert client.get("/health").status_code == 200
    return home.settings.home / "store.sqlite"


def test_a_newer_schema_is_unavailable(file, client):
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


def test_a_store_that_cannot_be_read_is_unavailable(file, client, home):
    with sqlite3.connect(file) as other:
        other.execute("DROP TABLE event")
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert str(home.settings.home) not in answer.text
