"""The European Urban Initiative's own site: a page per call for innovative actions, and two calls that never close."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import canonical
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import (
    address_of,
    blocks_of,
    content_of,
    one_line,
    prose_call,
    shown_status,
    without_surroundings,
)
from crawler.source import RawCall

SITE = "https://www.urban-initiative.eu"
CALL = re.compile(r"/calls-proposals/[^/]+/?")
ROLLING = (
    Entry(f"{SITE}/capacity-building/city-to-city-exchanges/call", "City-to-City Exchanges"),
    Entry(f"{SITE}/capacity-building/peer-reviews/ongoing-call-peer-reviews", "Ongoing call for Peer Reviews"),
)
"""Calls of the capacity building strand, which the list of calls does not hold."""
ALWAYS_OPEN = re.compile(
    r"\b(?:continuously|permanently|always) open\b|\bopen (?:continuously|permanently|on a permanent basis)\b"
    r"|\bon a (?:rolling|continuous) basis\b|\bongoing call\b",
    re.IGNORECASE,
)
OVER = re.compile(
    r"\b(?:no longer|not|never|was|were|until|closed|paused|suspended|ended|discontinued)\b", re.IGNORECASE
)
"""A sentence with such a word does not say that the call is open all the time."""


class EuiSite(ListingSpider):
    name = "eui_site"
    lists = (f"{SITE}/calls-proposals",)
    list_landmark = "a[href*='calls-proposals/']"
    page_landmark = "h1"

    async def read_list(self, url: str) -> Sequence[Entry]:
        return [*await super().read_list(url), *ROLLING]

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        names: dict[str, str] = {}
        for link in page.css(self.list_landmark):
            url = canonical(address_of(link, page))
            if urlsplit(url).hostname in self.source.hosts and CALL.fullmatch(urlsplit(url).path):
                names[url] = max(
                    names.get(url, ""), one_line(link), key=len
                )  # a call is linked by picture and button too
        return [Entry(url, name) for url, name in names.items()]

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall:
        assert page is not None
        bare = without_surroundings(page)
        label = shown_status(content_of(bare))
        always = entry in ROLLING and label in ("", "Open") and says_always_open(blocks_of(bare))
        known = {"deadline_model": "permanent", "status": "Open"} if always else {}
        title = one_line(page.css("h1")) or entry.title
        programme = "EUI-CAPACITY" if entry in ROLLING else self.source.programme
        return prose_call(bare, title, self.source, self.fetched_at, programme=programme, **known)


def says_always_open(lines: Iterable[str]) -> bool:
    """A sentence says that the call is open all the time, and none that speaks of it takes that back."""
    sentences = [sentence for line in lines for sentence in re.split(r"(?<=[.!?;])\s+", line)]
    said = [sentence for sentence in sentences if ALWAYS_OPEN.search(sentence)]
    return bool(said) and not any(OVER.search(sentence) for sentence in said)
