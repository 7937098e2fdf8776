"""Runs a source's spider over kept pages without sockets and processes: the same spider, the same run folder.

For tests that need hundreds of crawls; that it gives what a real crawl gives is tested over the golden files.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.pages import canonical
from crawler.pipeline import RawFile
from crawler.platforms.listing import Entry
from crawler.run import Job, write_report
from crawler.run_folder import READ_RECORD, RECORDS, REPORT
from crawler.source import RawRecord, RunReport, sources
from crawler.spider import SourceSpider
from matcher.reference import Programme
from tests.doubles.replay import NOT_FOUND, Page


@dataclass
class DryCrawl:
    """A finished run: its folder, and by address what each of its lists held."""

    folder: Path
    lists: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def report(self) -> RunReport:
        return RunReport.model_validate_json((self.folder / REPORT).read_bytes())

    @property
    def records(self) -> list[RawRecord]:
        lines = (self.folder / RECORDS).read_text(encoding="utf-8").splitlines()
        return [READ_RECORD.validate_json(line) for line in lines]


def dry_crawl(
    name: str, pages: Sequence[Page], folder: Path, day: datetime, known: tuple[Programme, ...] = ()
) -> DryCrawl:
    """Crawl a source whose whole web is `pages`, at that moment, into a run folder."""
    folder.mkdir(parents=True)
    spider = spiders()[name](source=sources()[name], known=known, fetched_at=day)
    spider.settings = Settings({"DOCUMENTS": str(folder / "documents")})
    crawled = DryCrawl(folder)
    _serve(spider, pages)
    _watch_lists(spider, crawled)
    raw = RawFile(folder / RECORDS)
    raw.open_spider()
    asyncio.run(_read(spider, raw))
    raw.close_spider()
    job = Job(sources()[name], folder, folder, day, (), known, "", {}, 1.0, 60.0)
    write_report(job, spider, {"finish_reason": "finished", "item_scraped_count": raw.records})
    return crawled


@cache
def spiders() -> dict[str, type[SourceSpider]]:
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
    return {name: loader.load(name) for name in loader.list()}


async def _read(spider: SourceSpider, raw: RawFile) -> None:
    async for record in spider.start():
        raw.process_item(record)


def _serve(spider: SourceSpider, pages: Sequence[Page]) -> None:
    async def fetch(request: Request) -> Response:
        url = request.url
        for _ in range(5):
            page = _answer(pages, url, request.body.decode("utf-8", "replace"))
            if not page.location:
                break
            url = urljoin(url, page.location)
        if "save_to" in request.meta:
            Path(request.meta["save_to"]).write_bytes(page.body)
        headers = {"Content-Type": page.type, **dict(page.headers)}
        kind = responsetypes.from_args(headers={"Content-Type": [page.type.encode()]}, url=url, body=page.body)
        return kind(url, status=page.status, headers=headers, body=page.body, request=request)

    spider.fetch = fetch


def _answer(pages: Sequence[Page], url: str, body: str) -> Page:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fitting = (page for page in pages if (page.host, page.target) == (parts.netloc, target))
    return next((page for page in fitting if all(piece in body for piece in page.asks)), NOT_FOUND)


def _watch_lists(spider: SourceSpider, crawled: DryCrawl) -> None:
    """Remember the entries of lists, for whoever wants to change them."""
    read_list = getattr(spider, "read_list", None)
    if read_list is None:
        return

    async def watched(url: str) -> Sequence[Entry]:
        entries = await read_list(url)
        crawled.lists[canonical(url)] = list(entries)
        return entries

    spider.read_list = watched
