"""Greece: calls of the Asylum, Migration and Integration Fund, from the site of the home affairs funds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import canonical
from crawler.platforms.listing import Entry
from crawler.platforms.prose_pages import address_of, one_line
from crawler.timetables.call_pages import CallPagesSpider, later_page

LINK = "a[href*='/amif2021-2027/calls/']"
CALL = re.compile(r"/amif2021-2027/calls/([\w-]+)")
PAGE = re.compile(r"/amif2021-2027/calls/page/(\d{1,4})(?!\d)")
"""How WordPress numbers the pages of a list from the second on."""


class AmifGreece(CallPagesSpider):
    """The number of a call ends its page's address and its code."""

    name = "amif_greece"
    lists = ("https://tamey.gov.gr/amif2021-2027/calls/",)
    list_landmark = LINK
    page_landmark = ":contains('Κωδικός Πρόσκλησης')"

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for link in page.css(LINK):
            url = canonical(address_of(link, page))
            found = CALL.fullmatch(urlsplit(url).path.rstrip("/"))
            if found and found[1] != "page":
                yield Entry(url, one_line(link), key=f"amif2021-2027/calls/{found[1]}")

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        return later_page(page, PAGE, number + 1)
