"""Latvia: support of the EU funds that is planned, open or over, on the pages of the managing authority's site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import canonical
from crawler.platforms.listing import Entry
from crawler.platforms.prose_pages import address_of, one_line
from crawler.source import RawCall
from crawler.timetables.call_pages import CallPagesSpider, later_page
from crawler.timetables.told import retold, told_by

LIST = "https://www.esfondi.lv/pieejamais-atbalsts"
LINK = "a[href*='/pieejamais-atbalsts/']"
CALL = re.compile(r"/pieejamais-atbalsts/(\d[\w-]*)")
"""The page of a call is named by the number of its measure and round: 4-3-5-1-2-k."""
PAGE = re.compile(r"[?&]page=(\d{1,4})(?!\d)")


class Latvia(CallPagesSpider):
    name = "latvia"
    lists = (LIST,)
    list_landmark = LINK
    page_landmark = ":contains('Atlases veids'), :contains('Finansējuma avots')"
    until = re.compile(r"(?<!\w)līdz(?!\w)|\d\s*[-–]\s*\d", re.IGNORECASE)

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for link in page.css(LINK):
            url = canonical(address_of(link, page))
            if found := CALL.fullmatch(urlsplit(url).path.rstrip("/")):
                yield Entry(url, one_line(link), key=f"pieejamais-atbalsts/{found[1]}")

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        """The site may count its pages from 0 or from 1; on the first one, whose address has no number, both do."""
        here = PAGE.search(page.url)
        return later_page(page, PAGE, int(here[1]) if here else 0)

    def as_read(self, call: RawCall, entry: Entry, page: HtmlResponse) -> RawCall:
        """With the number of measure and round as its code, and the way of selection without its explanation."""
        call = super().as_read(call, entry, page)
        mode = told_by(call).mode.partition(" ")[0]
        return retold(call, {"mode": mode}, {"identifier": entry.key.rpartition("/")[2]})
