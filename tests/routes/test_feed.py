"""The Atom feed over HTTP: all news, and the news of one organisation."""

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.routes import middleware, routes
from matcher.alerts.calendars.feed import ENTRIES
from matcher.model import Deadline, EventKind, National
from tests.doubles.news_world import made_call, made_event

TODAY = date.today()


def open_call(reference, days=60, **facts):
    dates = {"opening": TODAY - timedelta(days=30), "as_of": TODAY, "first_seen": TODAY}
    return made_call(reference, **dates | {"deadlines": (Deadline(day=TODAY + timedelta(days=days)),)} | facts)


@pytest.fixture
def visit(home):
    def ask(query="", headers=None, method="GET"):
        app = Starlette(routes=routes(), middleware=middleware(home.settings))
        with TestClient(app) as client:
            return client.request(method, f"/feed.atom{query}", headers=headers)

    return ask


def titles(answer):
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return [entry.title.partition(": ")[2].partition(":")[0] for entry in found.entries]


def test_all_news_and_nothing_that_is_told_to_nobody(world, visit):
    calls = [open_call(name) for name in ("A", "B", "C")]
    events = [made_event(one, EventKind.NEW) for one in calls]
    world.load(calls, [events[0], events[1].model_copy(update={"silent": "an import"}), events[2]], TODAY)
    assert titles(visit()) == ["Call C", "Call A"]


def test_one_organisation_gets_the_news_of_what_it_can_use(world, visit):
    calls = [
        open_call("MINE"),
        open_call("OVER", days=-1),
        open_call("AWAY", national=National(country="CZ")),
    ]
    world.load(calls, [made_event(one, EventKind.NEW) for one in calls], TODAY)
    assert set(titles(visit())) == {"Call MINE", "Call OVER", "Call AWAY"}
    answer = visit("?profile=riga")
    assert titles(answer) == ["Call MINE"]
    feed = feedparser.parse(answer.content).feed
    assert feed.title == "Calls for Riga City Council"
    assert {link.rel: link.href for link in feed.links}["self"] == "http://testserver/feed.atom?profile=riga"
    assert feed.id != feedparser.parse(visit().content).feed.id


def test_the_feed_is_bounded(world, visit):
    calls = [open_call(f"N{n}") for n in range(ENTRIES + 5)]
    world.load(calls, [made_event(one, EventKind.NEW) for one in calls], TODAY)
    assert len(titles(visit())) == ENTRIES


def test_a_call_that_is_not_there_any_more_is_named_by_its_id(world, visit):
    world.load([open_call("A")], [made_event("portal:GONE", EventKind.WITHDRAWN)], TODAY)
    [entry] = feedparser.parse(visit().content).entries
    assert entry.title == "Withdrawn: portal:GONE"


def test_an_empty_ledger_is_an_empty_feed_as_old_as_the_last_reading(world, visit):
    world.load([open_call("A")], day=TODAY)
    answer = visit()
    assert titles(answer) == []
    assert feedparser.parse(answer.content).feed.updated.startswith(TODAY.isoformat())


def test_a_reader_that_has_it_is_told_so(world, visit):
    world.load([open_call("A")], [made_event(open_call("A"), EventKind.NEW)], TODAY)
    first = visit()
    assert visit(headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    since = first.headers["last-modified"]
    assert visit(headers={"If-Modified-Since": since}).status_code == 304
    assert visit(headers={"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}).status_code == 200
    world.store.ledger.append([made_event("portal:A", EventKind.CLOSING, TODAY, day=TODAY, within=14)])
    assert visit(headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    head = visit(method="HEAD")
    assert (head.status_code, head.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")


@pytest.mark.parametrize("query", ["?profile=nobody", "?profile=%00", "?profile=../../etc"])
def test_what_is_no_organisation_is_not_found(world, visit, query):
    world.load([open_call("A")], day=TODAY)
    assert visit(query).status_code == 404


def test_dates_are_those_of_the_events(world, visit):
    day = TODAY - timedelta(days=3)
    world.load([open_call("A")], [made_event("portal:A", EventKind.NEW, day)], TODAY)
    assert feedparser.parse(visit().content).entries[0].updated == f"{day.isoformat()}T00:00:00+00:00"
    assert datetime.now(UTC).date() >= day
