"""Italy: the portal of the integration of migrants; its news announce calls of the national AMIF programme (FAMI)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from parsel import Selector
from scrapy.http import HtmlResponse

from crawler.announcements import Verdict, is_call_page, judge, mentions_in, programme_of_code
from crawler.platforms.listing import Entry, ListingSpider
from crawler.platforms.prose_pages import address_of, content_of, one_line, prose_call, without_surroundings
from crawler.source import RawCall, RawNational

NEWS = 'a[href*="/Dettaglio-news/id/"]'
NUMBER = re.compile(r"/Dettaglio-news/id/(\d+)(?:/|$)")
FUND = re.compile(r"\bFAMI\b|fondo asilo,? (?:e )?migrazione", re.IGNORECASE)
PERIOD = re.compile(r"(?:FAMI|integrazione\)?)\W{0,3}2021\s?[-–/]\s?2027", re.IGNORECASE)
FURTHER = re.compile(r"(?:pagina )?successiv[ao]|next|[›»>]", re.IGNORECASE)
PAGES = 40
"""Pages of the list that are read, newest first; the news of somewhat less than a year."""


class AmifItaly(ListingSpider):
    """News on calls of the fund. The ministry's own page of a call lies elsewhere; the news says by when and where.

    A call of the European Commission that the news names by its code is no call of the national programme.
    """

    name = "amif_italy"
    lists = ("https://www.integrazionemigranti.gov.it/it-it/Ricerca-news",)
    list_landmark = NEWS
    page_landmark = 'a[href*="/Ricerca-news"]'

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        links: dict[str, list[Selector]] = defaultdict(list)
        for link in page.css(NEWS):
            if found := NUMBER.search(link.attrib["href"]):
                links[found[1]].append(link)
        for number, same in links.items():
            title = max(map(one_line, same), key=len)
            yield Entry(address_of(same[0], page), title, teaser=_teaser(same[0]), key=f"news/{number}")

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        further = (link for link in page.css("a[href]") if FURTHER.fullmatch(one_line(link)) or _is_next(link))
        address = next((url for link in further if (url := address_of(link, page)).startswith("https://")), None)
        if address and number + 1 == PAGES:
            self.notes.append(f"{self.lists[0]}: read to page {PAGES}, older news were left out")
            return None
        return address

    def is_wanted(self, entry: Entry) -> bool:
        return judge(entry.title, entry.teaser).verdict is not Verdict.OTHER

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        assert page is not None
        bare = without_surroundings(page)
        content = bare.xpath("//h1/ancestor::*[.//p][1]") or content_of(bare)
        text = f"{entry.title} {one_line(content)}"
        codes = mentions_in(text)
        announced = judge(entry.title, entry.teaser).verdict is Verdict.ANNOUNCES
        if not FUND.search(text) or not (announced or is_call_page(entry.title, text, codes)):
            return None
        stated = {
            "reference": entry.key,
            "programme": programme_of_code(codes[0]) if codes else self.source.programme,
            "national": None if codes else self._national(text),
            "description": content.get() or "",
        }
        return prose_call(bare, one_line(bare.css("h1")) or entry.title, self.source, self.fetched_at, **stated)

    def _national(self, text: str) -> RawNational:
        return RawNational(country=self.source.country, programme="FAMI 2021-2027" if PERIOD.search(text) else "")


def _teaser(link: Selector) -> str:
    """The text of the card around a link, where it is a card of this news alone."""
    around = link.xpath("ancestor::*[self::li or self::article or self::div][1]")
    numbers = {found[1] for url in around.css(f"{NEWS}::attr(href)").getall() if (found := NUMBER.search(url))}
    return one_line(around) if len(numbers) == 1 else ""


def _is_next(link: Selector) -> bool:
    return "next" in link.attrib.get("rel", "").split()
