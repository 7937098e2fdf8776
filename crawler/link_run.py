"""Has pages looked at in a process of its own, with the settings of every crawl. Scrapy stays out of this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.link_answers import Answer, read_answers, write_answers
from crawler.run import GRACE, LOG, PROCESSES, CrawlFailed, end_with_parent, mirrors_of
from crawler.settings import SHORTEST_DELAY, scrapy_settings
from matcher.settings import Settings

FOLDER = "links"
ANSWERS = "answers.json"
TIME_LIMIT = 45 * 60.0
"""Seconds: enough for a night's pages of one host at a long pause; what was seen by then is kept."""
SETTINGS: dict[str, Any] = {
    "AUTOTHROTTLE_ENABLED": False,  # would shorten the pauses that the registry sets for single hosts
    "DOWNLOAD_TIMEOUT": 30,
    "RETRY_TIMES": 1,  # what cannot be had tonight is looked at another night
    "ITEM_PIPELINES": {},
}


@dataclass(frozen=True)
class Order:
    """All that the child process needs; `pauses`: seconds between two requests, by each host that may be asked."""

    pages: tuple[str, ...]
    pauses: Mapping[str, float]
    folder: Path
    contact: str
    mirrors: Mapping[str, str]
    time_limit: float

    @property
    def scrapy(self) -> dict[str, Any]:
        """The longest pause is that of every host, but where its own is shorter."""
        slots = {host: {"delay": max(pause, SHORTEST_DELAY)} for host, pause in self.pauses.items()}
        base = scrapy_settings(self.contact, max(self.pauses.values()), dict(self.mirrors))
        return base | SETTINGS | {"DOWNLOAD_SLOTS": slots, "LOG_FILE": str(self.folder / LOG)}


def ask(
    pages: Sequence[str], pauses: Mapping[str, float], settings: Settings, time_limit: float = TIME_LIMIT
) -> dict[str, Answer]:
    """What was seen of each page that could be looked at within the time limit; the log is left in `<home>/links`.

    Only the hosts of `pauses` are asked. Raises CannotCrawl for a wrong host map, CrawlFailed when the process died.
    """
    folder = settings.home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    answers = folder / ANSWERS
    answers.unlink(missing_ok=True)
    order = Order(tuple(pages), pauses, folder, settings.contact, mirrors_of(settings), time_limit)
    child = PROCESSES.Process(target=ask_in_this_process, args=(order,), name="check links")
    child.start()
    child.join(time_limit + GRACE)
    if child.is_alive():
        child.kill()
        child.join()
    if not answers.is_file():
        raise CrawlFailed(f"the pages of calls could not be looked at; see {folder / LOG}", folder)
    return read_answers(answers)


def ask_in_this_process(order: Order) -> None:
    """What the child process does; ends with its parent."""
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.link_spider import LinkSpider

    end_with_parent()
    process = AsyncCrawlerProcess(order.scrapy)
    crawler = process.create_crawler(LinkSpider)
    process.crawl(crawler, pages=order.pages, hosts=tuple(order.pauses), seconds=order.time_limit)
    process.start()
    assert isinstance(crawler.spider, LinkSpider)
    write_answers(order.folder / ANSWERS, crawler.spider.answers)
