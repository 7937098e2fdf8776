"""URBACT's page for applicants: it shows one call at a time, under one address, and is rewritten for the next."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.platforms.prose_pages import (
    address_of,
    blocks_of,
    content_of,
    one_line,
    prose_call,
    slug,
    without_surroundings,
)
from crawler.source import RawCall, RawDocument
from crawler.spider import NoAnswer, SourceSpider, WrongPage

PAGE = "https://urbact.eu/get-involved"
NEWS = "//article[.//h2[contains(concat(' ', normalize-space(@class), ' '), ' node__title ')]]"
WORD = r"(?!(?i:open|opens|opened|closed|closes|is|are|now|until|from|proposals?)\b)[A-Z][\w'-]*"
NAMED = re.compile(
    rf"\b[Cc](?:all|ALL)\s+(?:for|FOR)\s+(?:the\s+|URBACT\s+)?({WORD}(?:\s+(?:(?:and|of|for)\s+)?{WORD})*)"
)
"""The name of a call: the words with capitals behind "Call for"."""
STATUS = re.compile(r"\b(?:is|now)\s+(open|closed)\b", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d/–-])20\d\d(?![\d/–-])")
"""A year by itself, not the period 2021-2027."""
DATED = re.compile(r"\b(?:open|opens|opened|launch\w*|clos\w+|deadline|until)\b", re.IGNORECASE)
PAST = re.compile(r"\b(?:results?|approved|selected|winners?|previous|past)\b", re.IGNORECASE)
OWN_PAGE = re.compile(r"/call-[^/]+/?")
NO_CALL = re.compile(
    r"\bno (?:open )?calls?\b[^.]*\b(?:open|now|moment|currently|present)\b|\bno open calls?\b", re.IGNORECASE
)


class Named(NamedTuple):
    """The call that a page is about. Name and year are its identity; its address is that of all other calls too."""

    title: str
    name: str
    year: str
    line: str
    """The line that names it."""
    others: tuple[str, ...]
    """Further calls that the page names."""


class Urbact(SourceSpider):
    name = "urbact"

    async def read(self) -> AsyncIterator[RawCall | RawDocument]:
        await self.probe(PAGE)
        self.listed = 1
        try:
            page = await self.page(PAGE, "h1")
            call = self._call(page)
        except NoAnswer as error:
            self.failures.append(str(error))
            return
        self.fetched = 1
        if call:
            yield call
            async for document in self.documents(call.documents, call.url):
                yield document

    def _call(self, page: HtmlResponse) -> RawCall | None:
        """The call on the page; None where it says that none is open. Raises WrongPage where it says neither."""
        bare = without_surroundings(page)
        bare.xpath(NEWS).drop()
        named = called(bare)
        if named is None:
            if not NO_CALL.search(one_line(content_of(bare))):
                raise WrongPage(f"{page.url}: names no call, nor does it say that none is open")
            self.notes.append(f"{page.url}: no call is open; earlier ones stay as they were last read")
            return None
        if not named.year:
            self.issue(
                slug(named.name), "reference", "no year: a later call of this name cannot be told apart", named.line
            )
        for other in named.others:
            self.issue(slug(named.name), "page", "a further call is named; only the first is read", other)
        status = STATUS.search(named.line)
        return prose_call(
            bare,
            named.title,
            self.source,
            self.fetched_at,
            reference="-".join(filter(None, (slug(named.name), named.year))),
            status=status[1].capitalize() if status else "",
            latest_infos=news_of(page, named.title),
            sources=tuple(own_pages(bare)),
        )


def called(page: HtmlResponse) -> Named | None:
    """The call that a page names first, headings before text; the year is in that line or in the first dated one."""
    lines = blocks_of(page, "h1, h2, h3") + blocks_of(page, "p, li")
    naming = [(line, found) for line in lines if not PAST.search(line) and (found := NAMED.search(line))]
    if not naming:
        return None
    line, found = naming[0]
    dated = (year_of(said) for said in lines if DATED.search(said))
    others = tuple(dict.fromkeys(also[0] for _, also in naming if slug(also[1]) != slug(found[1])))
    return Named(found[0], found[1], year_of(line) or next(filter(None, dated), ""), line, others)


def year_of(line: str) -> str:
    """The last year a line names: that of a deadline rather than of an opening. Empty where it names none."""
    return max(YEAR.findall(line), default="")


def own_pages(page: HtmlResponse) -> Iterable[str]:
    """Addresses of pages of the site that are about one call."""
    for url in dict.fromkeys(address_of(link, page) for link in page.css("a[href]")):
        if urlsplit(url).hostname == urlsplit(PAGE).hostname and OWN_PAGE.fullmatch(urlsplit(url).path):
            yield url


def news_of(page: HtmlResponse, title: str) -> str:
    """The news on the page whose titles name the call, in the form of the portal's latestInfos; empty without any."""
    found = [
        {"content": headline, "lastChangeDate": news.css("time::attr(datetime)").get() or ""}
        for news in page.xpath(NEWS)
        if title.casefold() in (headline := one_line(news.css("h2.node__title"))).casefold()
    ]
    return json.dumps(found, ensure_ascii=False) if found else ""
