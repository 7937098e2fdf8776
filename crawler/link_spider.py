"""Asks whether pages are still there, and judges what comes. Knows no call and no store.

A host is believed to miss a page only if it also misses one that cannot be there, and shows its front page.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.link_answers import Answer
from crawler.pages import GUARD, NO_CONTENT, readable, title_of
from crawler.spider import NO_SUCH_PAGE, NoAnswer, PoliteSpider
from matcher.model import PageAnswer

NOT_THERE = (404, 410)
FRONT = re.compile(r"/(?:[a-z]{2}/)?(?:(?:index|home|default)(?:_[a-z]{2})?(?:\.\w+)?|[a-z]{2})?/?", re.IGNORECASE)
"""The path of a front page, in some language."""


class LinkSpider(PoliteSpider):
    """Asks the hosts side by side, each for one page after the other; `answers` holds what was seen so far."""

    name = "links"

    def __init__(self, pages: Iterable[str], hosts: Collection[str], seconds: float, **kwargs: Any) -> None:
        """`seconds`: no page is asked for when these are over."""
        super().__init__(**kwargs)
        self._until = time.monotonic() + seconds
        self.allowed_domains = sorted(hosts)
        self.answers: dict[str, Answer] = {}
        self._pages: defaultdict[str, list[str]] = defaultdict(list)
        self._fronts: dict[str, int | None] = {}
        for page in pages:
            self._pages[urlsplit(page).netloc].append(page)

    async def start(self) -> AsyncIterator[Any]:
        await asyncio.gather(*(self._look_at(pages) for pages in self._pages.values()))
        records: tuple[Any, ...] = ()
        for record in records:
            yield record

    async def _look_at(self, pages: Sequence[str]) -> None:
        """All of one host. Where its answers prove nothing, the pages are not even asked for."""
        doubt = await self._doubt(pages[0])
        for page in pages:
            if time.monotonic() > self._until:
                return
            self.answers[page] = doubt or await self._answer(page)

    async def _doubt(self, page: str) -> Answer | None:
        """Why the host's answers prove nothing; None where it says of a page beside this one that it is not there."""
        nowhere = urljoin(page, NO_SUCH_PAGE)
        try:
            status = (await self.fetch(Request(nowhere))).status
        except NoAnswer as error:
            return _silent(str(error))
        return None if status in NOT_THERE else _silent(f"{nowhere}, which cannot be there, answered {status}")

    async def _answer(self, page: str) -> Answer:
        try:
            told = judged(page, readable(await self.fetch(Request(page))))
        except NoAnswer as error:
            return _silent(str(error))
        if told.answer is PageAnswer.MISSING and await self._front(page) != 200:
            return _silent(f"{told.note}, as did the front page of the host")
        return told

    async def _front(self, page: str) -> int | None:
        """The status of the host's front page, asked for once; None without an answer."""
        front = urljoin(page, "/")
        if front not in self._fronts:
            try:
                self._fronts[front] = (await self.fetch(Request(front))).status
            except NoAnswer:
                self._fronts[front] = None
        return self._fronts[front]


def judged(page: str, response: Response) -> Answer:
    """What an answer says of the page asked for. One that was moved within its host is there."""
    if response.status in NOT_THERE:
        return Answer(answer=PageAnswer.MISSING, note=f"answered {response.status}")
    if response.status != 200:
        return _silent(f"answered {response.status}")
    if is_front(response.url) and not is_front(page):
        return _silent(f"leads to {response.url}")
    title = title_of(response) if isinstance(response, HtmlResponse) else ""
    if NO_CONTENT.match(title) or GUARD.match(title):
        return _silent(f"answered 200 with a page called {title!r}")
    return Answer(answer=PageAnswer.ANSWERED)


def is_front(url: str) -> bool:
    return FRONT.fullmatch(urlsplit(url).path or "/") is not None


def _silent(note: str) -> Answer:
    return Answer(answer=PageAnswer.SILENT, note=note)
