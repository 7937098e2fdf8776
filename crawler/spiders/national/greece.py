"""Greece: calls of the Partnership Agreement 2021-2027 (ESPA), planned, open and past, on pages of ASP.NET."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile, takewhile
from urllib.parse import parse_qs, urlencode, urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.platforms.labelled import said_under
from crawler.platforms.listing import Entry
from crawler.platforms.prose_pages import lines_of, one_line
from crawler.source import RawCall
from crawler.spider import WrongPage
from crawler.timetables.call_pages import CallPagesSpider, row_of

LIST = "https://www.espa.gr/el/Pages/Proclamations.aspx"
PER_PAGE = 10
LINK = "a[href*='ProclamationsFS.aspx?item=']"
CHOICE = "select[name*='DropDownListPages']"
"""The box in which a reader chooses the page of the list."""


class Greece(CallPagesSpider):
    """Calls have no code on the site; the number of their item stays when a planned call opens."""

    name = "greece"
    lists = (LIST,)
    list_landmark = LINK
    page_landmark = ":contains('Περίοδος υποβολής'), :contains('Σε ποιους απευθύνεται')"
    title_in = ""  # the heading of every page is the section's
    until = re.compile(r"(?<!\w)(?:έως|μέχρι)(?!\w)|\d\s*[-–]\s*\d", re.IGNORECASE)

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for link in page.css(LINK):
            item = parse_qs(urlsplit(link.attrib["href"]).query).get("item", [""])[0]
            row = row_of(link)
            if row is None or not item:
                problem = "a call of the list has no title" if item else "a call of the list has no number"
                self.issue(page.url, "url", problem, link.attrib["href"])
                continue
            headers = [header for headers in self.mapping.columns.values() for header in headers]
            facts = {header: "; ".join(lines) for header, lines in said_under(row.root, headers).items()}
            statuses = [line for line in lines_of(row) if line in self.source.lookups["status"]]
            yield Entry(
                url=f"{page.urljoin(urlsplit(link.attrib['href']).path)}?{urlencode({'item': item})}",
                title=one_line(row.css("h2, h3, h4")),
                label=next(iter(statuses), ""),
                facts=facts,
                key=f"proclamations/{item}",
            )

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        pages = len(page.css(CHOICE)[:1].css("option"))
        full = len({link.attrib["href"] for link in page.css(LINK)}) >= PER_PAGE
        more = number + 1 < pages if pages else full
        return f"{LIST}?start={(number + 1) * PER_PAGE}" if more else None

    async def page(self, url: str, landmark: str) -> HtmlResponse:
        """A page of the list is asked for by its address; where the site heeds that not, as a reader's browser does."""
        page = await super().page(url, landmark)
        start = parse_qs(urlsplit(url).query).get("start")
        wanted = str(int(start[0]) // PER_PAGE + 1) if start else ""
        if wanted and shown(page) not in ("", wanted):
            page = await self.page_for(choosing(page, wanted), landmark)
            if shown(page) != wanted:
                raise WrongPage(
                    f"{url}: shows page {shown(page)} of the list, {wanted} was asked by address and by form"
                )
        return page

    def as_read(self, call: RawCall, entry: Entry, page: HtmlResponse) -> RawCall:
        """Its description has no label: it stands between the title and the first of them."""
        call = super().as_read(call, entry, page)
        return call.model_copy(update={"description": story_of(page, entry.title, self.source.lookups["status"])})


def shown(page: HtmlResponse) -> str:
    """The number of the page of the list that the site says it shows; empty where it does not say."""
    return page.css(CHOICE)[:1].css("option[selected]::attr(value)").get("").strip()


def choosing(page: HtmlResponse, wanted: str) -> Request:
    """What a browser sends when a reader chooses another page of the list: the page's hidden fields and the choice."""
    hidden = {field.attrib["name"]: field.attrib.get("value", "") for field in page.css("input[type=hidden][name]")}
    box = page.css(CHOICE)[0].attrib["name"]
    fields = hidden | {"__EVENTTARGET": box, "__EVENTARGUMENT": "", box: wanted}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Request(page.url, method="POST", body=urlencode(fields), headers=headers)


def story_of(page: HtmlResponse, title: str, statuses: Iterable[str]) -> str:
    """The paragraphs and items behind the heading of that title, up to the next heading, as HTML; no line of status."""
    blocks = page.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::p or self::li[not(.//p)]]")
    behind = list(dropwhile(lambda block: one_line(block) != title, blocks))[1:]
    story = takewhile(lambda block: block.root.tag not in ("h1", "h2", "h3", "h4"), behind)
    return "".join(block.get() or "" for block in story if one_line(block) not in ("", *statuses))
