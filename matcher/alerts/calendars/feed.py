"""News of calls as an Atom feed (RFC 4287). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator

from matcher.alerts.letters.changes import change_words
from matcher.languages import Speaker
from matcher.languages.terms import EVENTS
from matcher.model import Event, EventKind
from matcher.printable import one_line, safe_url

ENTRIES = 50
"""Entries of a feed at most, the newest."""
TITLE, LINE = 200, 600
"""Characters of a title and of a line of a summary at most."""


@dataclass(frozen=True)
class Item:
    """One event of a call as a reader knows it. `page`: the call's page here; `url`: its own page."""

    event: Event
    title: str
    page: str
    url: str = ""
    source: str = ""
    """Name of the source for a reader."""


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself. `updated` holds while it has no entry: the last reading of a source."""

    key: str
    """What it is a feed of, never changed: "news", "news/riga"."""
    title: str
    address: str
    """Where it is read."""
    home: str
    """The page for readers."""
    host: str
    """Of the public address: the authority of every id (RFC 4151)."""
    updated: datetime


def atom(feed: Feed, items: Sequence[Item], speaker: Speaker) -> bytes:
    """The feed of the ENTRIES newest items, newest first; the same bytes for the same items.

    An id is made of the event's key alone, so that a reader meets an event once, whatever feed it comes by.
    """
    newest = sorted(items, key=lambda item: item.event.seq, reverse=True)[:ENTRIES]
    made = FeedGenerator()
    made.id(_tag(feed.host, feed.key))
    made.title(one_line(feed.title, TITLE))
    made.link(href=feed.address, rel="self", type="application/atom+xml")
    made.link(href=feed.home, rel="alternate", type="text/html")
    made.author(name="eu-funding-matcher")
    made.language(speaker.language)
    made.generator("eu-funding-matcher")
    made.updated(max((moment(item.event.on) for item in newest), default=feed.updated))
    for item in newest:
        _add(made, item, feed.host, speaker)
    return bytes(made.atom_str(pretty=True))


def moment(day: date) -> datetime:
    """The day on which something was learnt, as the moment that Atom and HTTP ask for."""
    return datetime.combine(day, time(), UTC)


def _add(made: FeedGenerator, item: Item, host: str, speaker: Speaker) -> None:
    entry = made.add_entry(order="append")
    headline = speaker.term(EVENTS[item.event.kind])
    entry.id(_tag(host, f"event/{item.event.key}"))
    entry.title(one_line(f"{headline}: {item.title}", TITLE))
    entry.updated(moment(item.event.on))
    entry.link(href=item.page, rel="alternate")  # one alone: feedgen 1.0 writes the links of an entry without their rel
    entry.category(term=item.event.kind.value, label=headline)
    entry.summary("\n".join(_told(item, speaker)))


def _told(item: Item, speaker: Speaker) -> Iterator[str]:
    """What became of the call: its day, each change with before and after, and where it was read."""
    event = item.event
    if event.day and event.kind in (EventKind.OPENING, EventKind.OPENED):
        yield speaker.gettext("Opens: %(day)s", day=speaker.day(event.day))
    elif event.day:
        yield speaker.gettext("Deadline: %(day)s", day=speaker.day(event.day))
    for change in event.changes:
        yield one_line(change_words(change, speaker), LINE)
    source = one_line(item.source or event.source, TITLE)
    yield speaker.gettext("Source: %(source)s, read on %(day)s", source=source, day=speaker.day(event.on))
    if own := safe_url(item.url):
        yield own


def _tag(host: str, what: str) -> str:
    return f"tag:{host},2026:{what}"
