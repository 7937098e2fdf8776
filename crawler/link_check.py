"""Which pages of calls are looked at tonight, and what was seen of them; `store.pages` keeps it.

Looked at are the pages of running calls that their source named no more when it was last read, and in rotation those of
the others. Asks no site itself; `crawler.link_run` has that done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from crawler.link_answers import Answer
from crawler.link_run import ask
from crawler.run import checked_delay, mirrors_of
from crawler.source import sources
from matcher.model import Call, CallStatus, PageCheck, Run, RunOutcome, next_check
from matcher.settings import Settings
from matcher.store import Store

NIGHTLY = 200
"""Pages looked at in one night, at most."""
NIGHTLY_PER_HOST = 30
"""Of these, pages of one host, at most: half a minute of its attention, at one page a second."""


def check_links(
    settings: Settings, store: Store, on: date, most: int = NIGHTLY, delay: float | None = None
) -> list[PageCheck]:
    """Look at the pages that are due on that day and keep what was seen; returns that.

    `delay`: seconds between two requests to a host, in place of the registry's; under one second for mirrors on this
    machine only. Raises CannotCrawl, and CrawlFailed when nothing could be asked; StoreError.
    """
    pauses = allowed_hosts(mirrors_of(settings), delay)
    before = store.pages.checks()
    pages = due(store.calls(), store.runs(), before, pauses, on, most)
    seen = ask(pages, pauses, settings) if pages else {}
    checks = [_checked(before.get(page), page, on, seen[page]) for page in pages if page in seen]
    store.pages.save(checks)
    return checks


def allowed_hosts(mirrors: Mapping[str, str], delay: float | None = None) -> dict[str, float]:
    """Every host that a source of the registry may ask, with the longest of their pauses in seconds, or with `delay`.

    Raises CannotCrawl for a delay that is too short for real sites.
    """
    pauses: dict[str, float] = {}
    for source in sources().values():
        pause = checked_delay(delay, source, mirrors)
        pauses |= {host: max(pause, pauses.get(host, 0.0)) for host in source.hosts}
    return pauses


def due(
    calls: Iterable[Call],
    runs: Sequence[Run],
    known: Mapping[str, PageCheck],
    hosts: Collection[str],
    on: date,
    most: int = NIGHTLY,
    most_per_host: int = NIGHTLY_PER_HOST,
) -> list[str]:
    """Addresses to look at on that day, most urgent first; each at most once a day, none outside the hosts.

    Pages of calls that were absent from the last good reading of their source come first, then those that were not
    looked at for the longest time.
    """
    read = last_readings(runs)
    absent: dict[str, bool] = {}
    for call in calls:
        if is_askable(call.url, hosts) and call.status(on) is not CallStatus.CLOSED:
            missed = call.last_seen is not None and call.last_seen < read.get(call.source, date.min)
            absent[call.url] = missed or absent.get(call.url, False)
    seen = {url: known[url].checked if url in known else date.min for url in absent}
    waiting = sorted((url for url in absent if seen[url] < on), key=lambda url: (not absent[url], seen[url], url))
    return list(_bounded(waiting, most, most_per_host))


def last_readings(runs: Iterable[Run]) -> dict[str, date]:
    """Source -> day of the newest good run whose silence about a call means something: it read the whole source."""
    days: dict[str, date] = {}
    for run in runs:
        if run.outcome is not RunOutcome.FAIL and not (run.programmes or run.snapshot or run.partial):
            days[run.source] = max(run.as_of, days.get(run.source, date.min))
    return days


def is_askable(url: str, hosts: Collection[str]) -> bool:
    """A plain web address on one of these hosts: no other scheme, no user, no port of its own.

    Addresses come from pages of others: one that leads to this machine or its network is never asked for.
    """
    try:
        parts = urlsplit(url)
        own_port = parts.port not in (None, {"http": 80, "https": 443}.get(parts.scheme))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.hostname in hosts and parts.username is None and not own_port


def _bounded(urls: Iterable[str], most: int, most_per_host: int) -> Iterator[str]:
    taken: Counter[str | None] = Counter()
    for url in urls:
        host = urlsplit(url).hostname
        if taken.total() < most and taken[host] < most_per_host:
            taken[host] += 1
            yield url


def _checked(before: PageCheck | None, url: str, on: date, seen: Answer) -> PageCheck:
    return next_check(before, url, on, seen.answer, seen.note)
