"""The Atom feed: what RFC 4287 asks for, ids that never change, and titles that stay titles."""

from datetime import UTC, date, datetime, timedelta

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from matcher.alerts.calendars.feed import ENTRIES, Feed, Item, atom
from matcher.languages import speaker
from matcher.model import Event, EventKind, FieldChange, MaterialField

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = Feed(
    key="news",
    title="News",
    address="https://example.org/feed.atom",
    home="https://example.org/",
    host="example.org",
    updated=datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
)
ON = date(2026, 11, 20)


def event(seq=1, kind=EventKind.NEW, **facts):
    return Event(seq=seq, call=f"portal:R{seq}", source="portal", kind=kind, on=ON, **facts)


def item(event, title="Integration of women", **facts):
    return Item(event=event, title=title, page=f"https://example.org/call?call={event.call}", **facts)


def made(*items, feed=FEED, language="en"):
    return atom(feed, items, speaker(language))


def test_the_feed_has_what_the_standard_asks_for():
    root = etree.fromstring(made(item(event(1)), item(event(2))))
    assert root.tag == f"{ATOM}feed"
    assert [len(root.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": FEED.address, "alternate": FEED.home}
    for entry in root.findall(f"{ATOM}entry"):
        assert [len(entry.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "summary")] == [1, 1, 1, 1]
        assert [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 3
    assert all(one.startswith("tag:example.org,2026:") for one in ids)


def test_an_entry_keeps_its_id_whatever_else_becomes_of_the_call():
    one = event(1)
    first = feedparser.parse(made(item(one))).entries[0]
    later = feedparser.parse(made(item(event(2)), item(one, title="Another title"), feed=FEED)).entries[-1]
    assert first.id == later.id
    assert first.title != later.title


def test_an_entry_tells_before_and_after():
    change = FieldChange(field=MaterialField.DEADLINES, was=("2027-03-02",), now=("2027-03-09",))
    found = feedparser.parse(
        made(item(event(1, EventKind.CHANGED, changes=(change,)), source="The portal", url="https://x.example/1"))
    )
    [entry] = found.entries
    assert not found.bozo
    assert entry.title == "Changed: Integration of women"
    assert entry.summary.splitlines() == [
        "Deadline: 2 March 2027 → 9 March 2027",
        "Source: The portal, read on 20 November 2026",
        "https://x.example/1",
    ]
    assert entry.link == "https://example.org/call?call=portal:R1"
    assert entry.updated == "2026-11-20T00:00:00+00:00"


def test_what_the_calendar_brings_names_its_day():
    closing = event(1, EventKind.CLOSING, day=date(2026, 12, 4), within=14)
    opening = event(2, EventKind.OPENING, day=date(2026, 12, 1), within=14)
    told = [entry.summary.splitlines()[0] for entry in feedparser.parse(made(item(closing), item(opening))).entries]
    assert told == ["Opens: 1 December 2026", "Deadline: 4 December 2026"]


def test_the_newest_come_first_and_the_feed_is_bounded():
    items = [item(event(seq)) for seq in range(1, ENTRIES + 8)]
    entries = feedparser.parse(made(*items)).entries
    assert len(entries) == ENTRIES
    assert entries[0].link.endswith(f"R{ENTRIES + 7}")
    assert entries[-1].link.endswith("R8")


def test_the_feed_is_as_old_as_its_newest_entry_or_the_last_reading():
    assert feedparser.parse(made()).feed.updated == "2026-11-01T06:30:00+00:00"
    later = item(event(2).model_copy(update={"on": ON + timedelta(days=1)}))
    assert feedparser.parse(made(item(event(1)), later)).feed.updated == "2026-11-21T00:00:00+00:00"


def test_the_same_items_are_the_same_bytes():
    assert made(item(event(1)), item(event(2))) == made(item(event(2)), item(event(1)))


HOSTILE = st.text(min_size=1, max_size=200) | st.sampled_from(
    ["<script>alert(1)</script>", "]]><entry/>", "&#0; &lt;b&gt;", "\0\x0b\ufffe", "א‮" * 50, "a" * 10_000]
)


@given(title=HOSTILE, text=HOSTILE, url=HOSTILE, source=HOSTILE)
def test_any_text_stays_text(title, text, url, source):
    change = FieldChange(field=MaterialField.TITLE, was=(text,), now=(title,))
    body = made(item(event(1, EventKind.CHANGED, changes=(change,)), title=title, url=url, source=source))
    root = etree.fromstring(body)
    [entry] = root.findall(f"{ATOM}entry")
    assert all(not len(child) for child in entry)
    assert {child.tag.removeprefix(ATOM) for child in entry} == {
        "id",
        "title",
        "updated",
        "link",
        "summary",
        "category",
    }
    assert all(link.get("href").startswith(("https://", "http://")) for link in entry.findall(f"{ATOM}link"))
    assert not feedparser.parse(body).bozo
