"""Calendar, feed, API and health of the real server, over a real socket."""

import http.client
import json
from contextlib import closing
from datetime import date, timedelta
from urllib.parse import urlsplit

import feedparser
import icalendar
import pytest

from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.model import Deadline, EventKind
from tests.doubles import browser
from tests.doubles.accessible import problems
from tests.doubles.news_world import World, made_call, made_event

TODAY = date.today()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("served") / "home")
    days = {"opening": TODAY - timedelta(days=30), "as_of": TODAY, "first_seen": TODAY}
    call = made_call("C1", deadlines=(Deadline(day=TODAY + timedelta(days=60)),), **days)
    world.load([call], [made_event(call, EventKind.NEW)], TODAY)
    return world


@pytest.fixture(scope="module")
def ask(world, tmp_path_factory):
    """One server for all of them: they read, and no answer depends on what was asked before."""
    known = {"HOME": str(world.settings.home), "MODEL": "hashing", "SECRET": "s" * 40}
    environment = {f"FUNDING_{name}": value for name, value in known.items()}
    with browser.server(environment, tmp_path_factory.mktemp("log") / "server.log") as (address, _):

        def asked(path, method="GET", **headers):
            with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
                connection.request(
                    method, path, headers={name.replace("_", "-"): told for name, told in headers.items()}
                )
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read()

        asked.address = address
        yield asked


def test_programs_get_what_they_ask_for(ask, world):
    status, headers, body = ask("/api/v1/calls")
    [call] = json.loads(body)["items"]
    assert (status, call["id"]) == (200, "portal:C1")
    assert headers["x-content-type-options"] == "nosniff"
    assert ask("/api/v1/calls", If_None_Match=headers["etag"])[::2] == (304, b"")
    assert ask("/api/v1/calls", "HEAD")[::2] == (200, b"")
    assert ask("/api/v1/calls/portal:C1/events")[0] == 200
    assert [place["call"]["id"] for place in json.loads(ask("/api/v1/profiles/riga/matches")[2])["items"]] == [
        call["id"]
    ]
    status, headers, body = ask("/api/v1/calls/nothing")
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    assert ask("/api/v1")[1]["location"] == "/api/v1/"
    status, headers, body = ask("/api/v1/")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert b"list_calls" not in body
    assert json.loads(ask("/api/v1/openapi.json")[2])["openapi"].startswith("3.1")

    assert len(feedparser.parse(ask("/feed.atom")[2]).entries) == 1
    assert len(feedparser.parse(ask("/feed.atom?profile=riga")[2]).entries) == 1

    mine = world.subscribe()
    address = urlsplit(Links(world.settings, Tokens(world.settings)).calendar(mine.id)).path
    status, headers, body = ask(address)
    assert (status, len(icalendar.Calendar.from_ical(body).events)) == (200, 2)
    assert ask(address, If_None_Match=headers["etag"])[::2] == (304, b"")
    assert ask(address, "HEAD")[::2] == (200, b"")

    status, headers, body = ask("/health")
    assert (status, json.loads(body)["status"], headers["cache-control"]) == (200, "ok", "no-store")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1100])
def test_the_page_about_the_api_can_be_read_by_everybody(ask, width):
    with browser.browser_page(width, 900) as page:
        page.goto(f"{ask.address}/api/v1/")
        assert problems(page) == []
