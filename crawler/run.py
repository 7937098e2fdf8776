"""Runs one source's spider in a process of its own and leaves a run folder. Knows neither the store nor any site.

A process per crawl: Twisted's reactor cannot start twice, a hanging crawl can be ended, and memory is given back.
"""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from ipaddress import ip_address
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.run_folder import RECORDS, REPORT, write_whole
from crawler.settings import scrapy_settings
from crawler.source import RunReport, Source, sources
from matcher.reference import Programme
from matcher.reference.files import load_reference
from matcher.settings import Settings

LOG = "crawl.log"
LOCK = "crawl.lock"
WAIT_POLL = 1.0
"""Seconds between two looks whether another crawl has ended."""
LEAST_DELAY = 1.0
GRACE = 240.0
"""Seconds a crawl has after its time limit to end by itself: the longest pause and the longest answer, and some."""

ELSEWHERE = "free space or give this user the right to write there, or point FUNDING_HOME to another folder"

PROCESSES = (
    multiprocessing.get_context("forkserver")
    if "forkserver" in multiprocessing.get_all_start_methods()
    else multiprocessing.get_context("spawn")
)
"""Both start from a clean process, never from a copy of this one with its threads."""


class CannotCrawl(ValueError):
    """The crawl asked for makes no sense; the message names what was found and what is allowed."""


class CrawlFailed(Exception):
    """The crawl left no report; `folder` is what it left, None where it could leave nothing."""

    def __init__(self, problem: str, folder: Path | None = None) -> None:
        super().__init__(problem)
        self.folder = folder


@dataclass(frozen=True)
class Job:
    """All that the child process needs; everything in it can be pickled."""

    source: Source
    folder: Path
    documents: Path
    started: datetime
    programmes: tuple[Programme, ...]
    known: tuple[Programme, ...]
    contact: str
    hosts: Mapping[str, str]
    delay: float
    time_limit: float
    options: Mapping[str, Any] = field(default_factory=dict)
    scrapy: Mapping[str, Any] = field(default_factory=dict)


def crawl(
    name: str,
    settings: Settings,
    programmes: Sequence[str] = (),
    delay: float | None = None,
    time_limit: float | None = None,
    options: Mapping[str, Any] | None = None,
    scrapy: Mapping[str, Any] | None = None,
) -> tuple[Path, RunReport]:
    """Crawl a source into `<home>/runs/<source>/<run>/`: raw.jsonl, crawl.log and, last, report.json.

    `programmes`: keys or portal codes (empty: all). `delay`: seconds between requests; under one second only when all
    requests go to mirrors on this machine. `time_limit`: in seconds, else the registry's. `options`: further arguments
    of the spider; `scrapy`: further settings.
    Raises CannotCrawl before anything is asked, CrawlFailed when the crawl died or had to be ended.
    """
    job = _prepare(name, settings, programmes, delay, time_limit, options or {}, scrapy or {})
    child = PROCESSES.Process(target=crawl_in_this_process, args=(job,), name=f"crawl {name}")
    child.start()
    child.join(job.time_limit + GRACE)
    if child.is_alive():
        child.kill()
        child.join()
        ended = f"ended after {job.time_limit:.0f} seconds without a report"
        raise CrawlFailed(f"{name}: {ended}; see {job.folder / LOG}", job.folder)
    report = job.folder / REPORT
    if not report.is_file():
        raise CrawlFailed(f"{name}: {_cause_of_death(child.exitcode)}; see {job.folder / LOG}", job.folder)
    return job.folder, RunReport.model_validate_json(report.read_bytes())


@contextmanager
def only_crawl(settings: Settings, wait: bool = False) -> Iterator[None]:
    """No other crawl into this home folder meanwhile: two would ask a host twice as often as it may be asked.

    The lock ends with the process, however it ends. Raises CannotCrawl when another one holds it, unless `wait`.
    """
    from filelock import FileLock, Timeout

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.home / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not wait:
                raise CannotCrawl(f"another crawl into {settings.home} is running; wait until it has ended") from None
            sys.stderr.write(f"waits until another crawl into {settings.home} has ended\n")
            sys.stderr.flush()
            lock.acquire(poll_interval=WAIT_POLL)
    except OSError as error:
        raise CannotCrawl(f"{settings.home}: nothing can be kept there ({error.strerror}); {ELSEWHERE}") from error
    try:
        yield
    finally:
        lock.release()


def check(name: str, settings: Settings, programmes: Sequence[str] = (), delay: float | None = None) -> None:
    """Raises CannotCrawl where `crawl` with these arguments would; asks nothing and writes nothing."""
    source = find_source(name)
    find_programmes(programmes, load_reference(settings.data / "reference").programmes)
    checked_delay(delay, source, mirrors_of(settings))


def _prepare(
    name: str,
    settings: Settings,
    programmes: Sequence[str],
    delay: float | None,
    time_limit: float | None,
    options: Mapping[str, Any],
    scrapy: Mapping[str, Any],
) -> Job:
    source = find_source(name)
    known = load_reference(settings.data / "reference").programmes
    wanted = find_programmes(programmes, known)
    hosts = mirrors_of(settings)
    pause = checked_delay(delay, source, hosts)
    started = datetime.now(UTC)
    folder = settings.runs / name / f"{started:%Y%m%dT%H%M%S.%fZ}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise CrawlFailed(f"{error.filename}: no run can be kept there ({error.strerror}); {ELSEWHERE}") from error
    return Job(
        source=source,
        folder=folder,
        documents=settings.documents,
        started=started,
        programmes=wanted,
        known=known,
        contact=settings.contact,
        hosts=hosts,
        delay=pause,
        time_limit=source.time_limit_minutes * 60 if time_limit is None else time_limit,
        options=options,
        scrapy=scrapy,
    )


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code == errno.ENOSPC:
        return f"the disk is full, the run was not kept: {ELSEWHERE}"
    return f"the crawl died with exit code {exit_code}"


def mirrors_of(settings: Settings) -> dict[str, str]:
    try:
        return settings.hosts
    except ValueError as error:
        raise CannotCrawl(str(error)) from error


def crawled_sources() -> tuple[str, ...]:
    """Names of the sources that are read from the web, in the registry's order."""
    return tuple(source.name for source in sources().values() if source.frequency != "none")


def find_source(name: str) -> Source:
    """A crawled source by name. Raises CannotCrawl naming those that there are."""
    if name not in crawled_sources():
        raise CannotCrawl(f"source {name!r} is not crawled; choose from: {', '.join(crawled_sources())}")
    return sources()[name]


def find_programmes(wanted: Sequence[str], known: Sequence[Programme]) -> tuple[Programme, ...]:
    """Programmes by key (any case) or portal code. Raises CannotCrawl naming the keys that exist."""
    by_name = {name.lower(): programme for programme in known for name in (programme.key, *programme.codes)}
    unknown = [name for name in wanted if name.lower() not in by_name]
    if unknown:
        keys = ", ".join(sorted(programme.key for programme in known))
        raise CannotCrawl(f"programme {unknown[0]!r} is not in data/reference/programmes.yml; known: {keys}")
    return tuple({by_name[name.lower()].key: by_name[name.lower()] for name in wanted}.values())


def checked_delay(delay: float | None, source: Source, hosts: Mapping[str, str]) -> float:
    """Seconds between requests. Real sites are never asked faster than the registry says, and once a second at most."""
    least = max(LEAST_DELAY, source.delay_seconds)
    if delay is None or delay >= least:
        return least if delay is None else delay
    if delay >= 0 and hosts and all(_is_this_machine(mirror) for mirror in hosts.values()):
        return delay
    raise CannotCrawl(f"a delay of {delay} s is allowed only when FUNDING_HOST_MAP names mirrors on 127.0.0.1")


def _is_this_machine(mirror: str) -> bool:
    try:
        return ip_address(urlsplit(mirror).hostname or "").is_loopback
    except ValueError:
        return False


def crawl_in_this_process(job: Job) -> None:
    """What the child process does; a file that cannot be written ends it with the number of that error."""
    end_with_parent()
    logging.raiseExceptions = False  # else a full disk fills the screen with a traceback per line of the log
    try:
        _run_spider(job)
    except OSError as error:
        sys.exit(error.errno or 1)


def end_with_parent() -> None:
    """Nobody loads the run of a parent that was killed, so the site is not asked any further."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _run_spider(job: Job) -> None:
    """Scrapy is imported here, so that the parent stays light."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings as ScrapySettings
    from scrapy.spiderloader import SpiderLoader

    from crawler.spider import SourceSpider

    paths = {"RAW_FILE": str(job.folder / RECORDS), "LOG_FILE": str(job.folder / LOG), "DOCUMENTS": str(job.documents)}
    limits = {"CLOSESPIDER_TIMEOUT": job.time_limit}
    settings = scrapy_settings(job.contact, job.delay, dict(job.hosts)) | paths | limits | dict(job.scrapy)
    loader = SpiderLoader.from_settings(ScrapySettings(settings))
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(loader.load(job.source.name))
    given = {"programmes": job.programmes, "known": job.known, "fetched_at": job.started} | dict(job.options)
    process.crawl(crawler, source=job.source, **given)
    process.start()
    assert isinstance(crawler.spider, SourceSpider)
    assert crawler.stats
    write_report(job, crawler.spider, crawler.stats.get_stats())


def write_report(job: Job, spider: Any, stats: Mapping[str, Any]) -> None:
    """Say how the crawl went, in one step: a folder has either a whole report or none."""
    failures = tuple(spider.failures) + _how_it_ended(spider.finished, stats) + _what_is_missing(job, stats)
    report = RunReport(
        run=job.folder.name,
        source=job.source.name,
        started=job.started,
        finished=datetime.now(UTC),
        as_of=job.started.date(),
        complete=not failures,
        programmes=tuple(programme.key for programme in job.programmes),
        partial=spider.partial,
        records=stats.get("item_scraped_count", 0),
        announced=spider.announced,
        listed=spider.listed,
        fetched=spider.fetched,
        requests=stats.get("downloader/request_count", 0),
        failures=failures,
        alarms=tuple(spider.alarms),
        issues=tuple(spider.issues),
        notes=(*_mirrors(job), *spider.notes),
    )
    write_whole(job.folder / REPORT, [report.model_dump_json(indent=1)])


def _mirrors(job: Job) -> tuple[str, ...]:
    places = ", ".join(f"{host} at {mirror}" for host, mirror in job.hosts.items() if host in job.source.hosts)
    return (f"read from mirrors, not from the sites: {places} (FUNDING_HOST_MAP)",) if places else ()


def _how_it_ended(finished: bool, stats: Mapping[str, Any]) -> tuple[str, ...]:
    reason = stats.get("finish_reason")
    if reason != "finished":
        return (f"stopped before the end: {reason}",)
    return () if finished else (f"the spider broke off, see {LOG}",)


def _what_is_missing(job: Job, stats: Mapping[str, Any]) -> tuple[str, ...]:
    """A full disk shows only when the last bytes are written, after the spider is done; so the lines are counted."""
    found = sum(stats.get(name, 0) for name in ("item_scraped_count", "item_error_count"))
    raw = job.folder / RECORDS
    with raw.open("rb") if raw.is_file() else BytesIO() as file:
        written = sum(line.endswith(b"\n") for line in file)
    return () if written == found else (f"{RECORDS} holds {written} of {found} records, see {LOG}; is the disk full?",)
