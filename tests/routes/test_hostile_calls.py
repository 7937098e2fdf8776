"""Whatever a website writes, through everything that goes out: mail, page of a mail, forms, feed, calendar, API."""

import json
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import feedparser
import pytest
from icalendar import Calendar

from dashboard.routes.rhythm import next_mail
from matcher.alerts.digests.planning import plan_digests
from matcher.alerts.mailing.delivery import deliver
from matcher.alerts.mailing.transport import mail_folder
from matcher.model import Deadline, EventKind
from tests.doubles.news_world import at_seven, made_call, made_event

from .conftest import path

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }}{% raw %}${x}%s",
    "&lt;b&gt; <!-- ]]> <![CDATA[ x",
    "line\r\nBcc: other@evil.example\r\n\r\n<b>body",
    "END:VEVENT\r\nBEGIN:VALARM\r\nDESCRIPTION:x",
    "\u202egnp.exe\u2066\u0007\u001b[31m",
    "=?utf-8?q?Bcc=3A_a=40evil=2Eexample?= " + "long " * 100,
)
SCHEMES = ("http://", "https://", "mailto:", "/", "#")


class Elements(HTMLParser):
    """What a browser would make of a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def harmless(html: str) -> None:
    found = Elements(html)
    assert not found.names & {"script", "img", "iframe", "object", "svg", "b"}
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert all(value.startswith(SCHEMES) for name, value in found.attributes if name in ("href", "src", "action"))


@pytest.fixture
def mine(world, home):
    """A subscriber who follows a call of each text, all of them news with a near deadline."""
    now = datetime.now(UTC)
    calls = [
        made_call(
            f"C{number}{payload[:9]}",
            title=payload,
            text=payload,
            programme=payload,
            url="https://portal.example/" + payload.encode("ascii", "ignore").decode()[:30].split("\r")[0],
            deadlines=(Deadline(day=now.date() + timedelta(days=60)),),
            opening=now.date() - timedelta(days=30),
        )
        for number, payload in enumerate(PAYLOADS)
    ]
    world.load(calls, events=[made_event(call, EventKind.NEW) for call in calls])
    return world.subscribe(saved=tuple(call.id for call in calls))


def test_mails_and_their_pages(world, home, client, mine):
    monday = at_seven(next_mail(datetime.now(UTC)))  # no mail leaves before that hour
    plan_digests(world.service(), monday)
    deliver(world.store, world.settings, monday)
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in mail_folder(world.settings).iterdir()]
    (digest,) = [mail for mail in mails if mail["List-Id"]]
    assert [one.addr_spec for one in digest["To"].addresses] == [mine.address]
    assert not digest["Bcc"]
    assert len(digest["Subject"]) <= 200
    assert not digest.defects
    for part in digest.walk():
        if part.get_content_type() == "text/html":
            harmless(part.get_content())
        if part.get_content_maintype() == "text":
            assert not set(part.get_content()) & set("\u202e\u2066\u0007\u001b")
    (sent,) = [one for one in world.store.outbox.mails(mine.id) if one.kind == "digest"]
    for link in (home.links.digest(sent.id), home.links.settings(mine.id)):
        page = client.get(path(link))
        assert page.status_code == 200
        harmless(page.text)
    for call in mine.saved:
        page = client.get(path(home.links.choice(mine.id, call)))
        assert page.status_code == 200
        harmless(page.text)


def test_feed_and_calendar(home, client, mine):
    feed = feedparser.parse(client.get("/feed.atom").content)
    assert not feed.bozo
    assert len(feed.entries) == len(PAYLOADS)
    assert {one.href[:8] for entry in feed.entries for one in entry.links} <= {"https://", "http://t"}
    assert {entry.title_detail.type for entry in feed.entries} == {"text/plain"}
    calendar = Calendar.from_ical(client.get(path(home.links.calendar(mine.id))).content)
    events = calendar.walk("VEVENT")
    assert len(events) == 2 * len(PAYLOADS), "an opening and a deadline each"
    assert not calendar.walk("VALARM")
    assert len({str(one["UID"]) for one in events}) == len(events)


def test_api(client, mine):
    answer = client.get("/api/v1/calls")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    found = {one["id"] for one in json.loads(answer.content)["items"]}
    assert found == set(mine.saved)
