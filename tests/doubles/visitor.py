"""A spider that asks for given pages all at once, run with the project's settings in a process of its own."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.run import PROCESSES
from crawler.settings import scrapy_settings
from crawler.source import sources
from crawler.spider import NoAnswer, SourceSpider


@dataclass(frozen=True)
class Visit:
    """What became of it: status per page, reason per page that could not be had, settings as the crawl saw them."""

    statuses: dict[str, int]
    refused: dict[str, str]
    settings: dict[str, Any]


def visit(
    pages: list[str],
    hosts: dict[str, str],
    overrides: dict[str, Any] | None = None,
    meta: dict[str, Any] | None = None,
    delay: float = 0.0,
) -> Visit:
    """Ask for all pages at once; `hosts` maps the allowed hosts, and others, to mirrors."""
    with tempfile.TemporaryDirectory() as folder:
        job = {
            "pages": pages,
            "hosts": hosts,
            "overrides": overrides or {},
            "meta": meta or {},
            "delay": delay,
            "folder": folder,
        }
        child = PROCESSES.Process(target=_visit_in_this_process, args=(job,))
        child.start()
        child.join(60)
        if child.is_alive():
            child.kill()
            raise TimeoutError("the crawl did not end")
        return Visit(**json.loads((Path(folder) / "visit.json").read_text(encoding="utf-8")))


def _visit_in_this_process(job: dict[str, Any]) -> None:
    from scrapy import Request
    from scrapy.crawler import AsyncCrawlerProcess

    class Visitor(SourceSpider):
        name = "visitor"

        async def read(self) -> AsyncIterator[Any]:
            self.statuses: dict[str, int] = {}
            self.refused: dict[str, str] = {}
            await asyncio.gather(*(self._ask(page) for page in job["pages"]))
            for nothing in ():
                yield nothing

        async def _ask(self, page: str) -> None:
            try:
                response = await self.fetch(Request(page, meta=dict(job["meta"]), dont_filter=True))
                self.statuses[page] = response.status
            except NoAnswer as error:
                self.refused[page] = str(error)

    folder = Path(job["folder"])
    files = {"RAW_FILE": str(folder / "raw.jsonl"), "LOG_FILE": str(folder / "crawl.log")}
    settings = scrapy_settings("https://example.org/contact", job["delay"], job["hosts"]) | files | job["overrides"]
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Visitor)
    process.crawl(crawler, source=sources()["funding_tenders"].model_copy(update={"hosts": ("site.test",)}))
    process.start()
    spider = crawler.spider
    seen = crawler.settings.copy_to_dict()
    result = {"statuses": spider.statuses, "refused": spider.refused, "settings": seen}
    (folder / "visit.json").write_text(json.dumps(result, default=str), encoding="utf-8")
