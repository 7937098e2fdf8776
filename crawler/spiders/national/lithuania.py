"""Lithuania: calls of the investments of EU funds, announced, planned, suspended and ended, in a list of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import canonical
from crawler.platforms.labelled import said_under
from crawler.platforms.listing import Entry
from crawler.platforms.prose_pages import address_of, lines_of, one_line
from crawler.source import RawCall
from crawler.timetables.call_pages import CallPagesSpider, later_page

LIST = "https://www.esinvesticijos.lt/kvietimu-sritis/kvietimu-sarasas"
ROW = "tr:has(a[href*='/kvietimai/'])"
CALL = re.compile(r"/kvietimai/([^/]+)")
NUMBER = re.compile(r"\bNr\.\s*(\d[\w-]+)")
PAGE = re.compile(r"[?&]page=(\d{1,4})(?!\d)")
LARGEST = "Didžiausia galima skirti finansavimo suma projektui"


class Lithuania(CallPagesSpider):
    """A planned call has no number yet, so that its page's address tells it apart."""

    name = "lithuania"
    lists = (f"{LIST}?page=1",)
    list_landmark = ROW
    page_landmark = ":contains('Teikiama nuo'), :contains('Galimi pareiškėjai'), :contains('Pareiškėjo tipas')"
    max_pages = 200
    noise = re.compile(r"(?:Daugiau|Mažiau|\s)+")
    beside_dates = re.compile(r"\s*(?:Liko\b.*|Pasibaigęs|Sustabdytas|Paskelbtas|Planuojamas)$")

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for row in page.css(ROW):
            link = next(iter(row.css("a[href*='/kvietimai/']")))
            url = canonical(address_of(link, page))
            found = CALL.fullmatch(urlsplit(url).path)
            if not found:
                self.issue(page.url, "url", "a row of the list links to no call", one_line(row))
                continue
            beside = " ".join(map(one_line, row.css("td:not(:has(a))")))
            status = next((label for label in self.source.lookups["status"] if label in beside), "")
            title = link.attrib.get("title") or NUMBER.sub("", one_line(link))
            number = NUMBER.search(one_line(row))
            facts = {"Nr.": number[1]} if number else {}
            yield Entry(url, " ".join(title.split()), label=status, facts=facts, key=f"kvietimai/{found[1]}")

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        return later_page(page, PAGE, number + 1)

    def as_read(self, call: RawCall, entry: Entry, page: HtmlResponse) -> RawCall:
        call = super().as_read(call, entry, page)
        largest = said_under(page.selector.root, [LARGEST]).get(LARGEST, ("",))[0]
        own = next(filter(None, map(NUMBER.fullmatch, lines_of(page.css("body")))), None)
        return call.model_copy(update={"grant_max": largest, "identifier": call.identifier or (own[1] if own else "")})
