"""EuroAccess, somebody else's list: it says that a call exists and where, and nothing more is taken from it.

Names, codes, deadlines and addresses only: its texts are not ours to keep (no open licence).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.announcements import CODE, mentions_in
from crawler.pages import canonical
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import address_of, one_line
from crawler.source import RawCall, sources
from matcher.model import CallKind, Tier

CALL = re.compile(r"/[a-z]{2}/calls/(\d+)(?:/[^/]*)?")
NUMBER_LABELS = ("call number", "call identifier", "call id")


class EuroAccess(ListingSpider):
    name = "euroaccess"
    lists = ("https://www.euro-access.eu/en/calls",)
    list_landmark = "table#calls-overview"
    page_landmark = "#calldata .subtable"

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for row in page.css("table#calls-overview tbody tr"):
            link = row.css("td:nth-child(2) a[href]")
            url = canonical(address_of(link[0], page)) if link else ""
            found = CALL.fullmatch(urlsplit(url).path)
            if not found or not one_line(link):
                self.issue(page.url, "url", "a row of the list links to no call", one_line(row))
                continue
            facts = {"programme": one_line(row.css("td.title")), "deadline": one_line(row.css("td:nth-child(3)"))}
            yield Entry(url, one_line(link), facts=facts, key=f"calls/{found[1]}")

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        following = page.css("ul.pagination li.active + li a[href]")
        return str(page.urljoin(following.attrib["href"])) if following else None

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall:
        """The call without a single sentence of the page."""
        assert page is not None
        number = call_number(page)
        linked = [address_of(link, page) for link in page.css("#calldata a[href]")]
        official = dict.fromkeys(url for url in linked if is_official(url))
        deadline = entry.facts["deadline"]
        return RawCall(
            source=self.source.name,
            reference=entry.key,
            kind=CallKind.CALL,
            url=entry.url,
            fetched_at=self.fetched_at,
            language=self.source.language,
            identifier=number,
            title=entry.title,
            programme=entry.facts["programme"],
            deadlines=(deadline,) if deadline else (),
            mentions=mentions_in(number, official),
            sources=tuple(official),
        )


def call_number(page: HtmlResponse) -> str:
    """The official code among the page's key data; empty where there is none. A value may begin with its own label."""
    for row in page.css("#calldata .subtable .tr"):
        label = one_line(row.css("p.title")).rstrip(": ")
        if label.casefold() in NUMBER_LABELS:
            found = CODE.search(one_line(row.css(".td")[-1:]).removeprefix(label))
            return found[0] if found else ""
    return ""


def is_official(url: str) -> bool:
    """An address, other than a front page, on a site of the EU or of a body that decides on calls or points to them."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    bodies = {name for source in sources().values() if source.tier is not Tier.DISCOVERY for name in source.hosts}
    on_its_site = host in bodies or f".{host}".endswith(".europa.eu")
    return parts.scheme in ("http", "https") and on_its_site and parts.path not in ("", "/")
