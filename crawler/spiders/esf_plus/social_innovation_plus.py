"""Social Innovation+ calls of ESFA: pages whose address changes when a call closes, with tabs for documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import CLOSED_SUFFIX, canonical, reference_of
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import (
    address_of,
    content_of,
    documents_of,
    one_line,
    prose_call,
    without_surroundings,
)
from crawler.source import RawCall

CALL_PAGE = re.compile(r"/(?P<language>[a-z]{2})/(?:projects|projektai)/(?P<slug>[^/]+)")
OLD_CALL_PAGE = re.compile(r"/(?P<language>[a-z]{2})/[^/]*(?:call|kvietim)[^/]*/\d+", re.IGNORECASE)
"""Addresses of the site's former system: name and number."""
SPEAKS_OF_A_CALL = re.compile(r"\bcalls?\b|\bkvietim", re.IGNORECASE)
DOCUMENTS_TAB = "call-documents"


class SocialInnovationPlus(ListingSpider):
    name = "social_innovation_plus"
    lists = ("https://www.esf.lt/en/social-innovation/calls-for-proposals/",)
    list_landmark = "a[href*='/projects/'], a[href*='/projektai/']"
    page_landmark = "h1"

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        """Each call once: a call that is linked in both languages in English, whatever comes first."""
        found: dict[str, Entry] = {}
        for link in page.css("a[href]"):
            url = canonical(address_of(link, page))
            key = call_reference(url) if urlsplit(url).hostname in self.source.hosts else None
            if key and (key not in found or (is_english(url) and not is_english(found[key].url))):
                found[key] = Entry(url, one_line(link), key=key)
        return found.values()

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        assert page is not None
        bare = without_surroundings(page)
        if not SPEAKS_OF_A_CALL.search(one_line(content_of(bare))):
            return None
        path = urlsplit(entry.url).path.rstrip("/")
        heading = "" if OLD_CALL_PAGE.fullmatch(path) else one_line(page.css("h1"))  # there it is "Call documents"
        call = prose_call(bare, heading or entry.title, self.source, self.fetched_at, reference=entry.key)
        return call.model_copy(update={"status": "Closed"}) if CLOSED_SUFFIX.search(path) else call

    async def completed(self, call: RawCall, page: HtmlResponse) -> RawCall:
        """The documents that stand behind a tab with an address of its own."""
        documents = list(call.documents)
        tabs = {address_of(link, page) for link in page.css(f"a[href*='{DOCUMENTS_TAB}']")} - {page.url}
        for tab in sorted(tabs):
            if urlsplit(tab).path.rstrip("/") == f"{urlsplit(page.url).path.rstrip('/')}/{DOCUMENTS_TAB}":
                documents += documents_of(without_surroundings(await self.page(tab, self.page_landmark)))
        return call.model_copy(update={"documents": tuple({link.url: link for link in documents}.values())})


def call_reference(url: str) -> str | None:
    """What tells the call of a page apart, in either language, open or closed; None for a page of something else."""
    path = urlsplit(url).path.rstrip("/")
    if CALL_PAGE.fullmatch(path):
        return f"projects/{reference_of(url).rpartition('/')[2]}"
    return reference_of(url) if OLD_CALL_PAGE.fullmatch(path) else None


def is_english(url: str) -> bool:
    return urlsplit(url).path.startswith("/en/")
