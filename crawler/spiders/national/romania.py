"""Romania's consolidated calendar of calls: a workbook that the ministry's page links to; a copy lies elsewhere."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.platforms.prose_pages import address_of, one_line
from crawler.platforms.tabular import fold
from crawler.source import RawCall
from crawler.spider import NoAnswer, WrongPage
from crawler.timetables.mapping import Field
from crawler.timetables.spider import TimetableSpider
from crawler.timetables.told import retold, told_by

COPY = "https://oirvest.ro/wp-content/uploads/Calendarul-estimativ-consolidat-al-lansarilor-de-apeluri-de-proiecte.xlsx"
"""At the intermediate body for the Vest region. The ministry's own site turns programs away at times."""
TABLE = re.compile(r"\.(?:xlsx?|ods)$", re.IGNORECASE)
UPLOADED = re.compile(r"/uploads/(\d{4}/\d{2})/")
CALENDAR = "consolidat"
CURRENCIES = {"EUR": re.compile(r"\beuro?\b"), "RON": re.compile(r"\b(?:lei|ron)\b")}
"""As the header of the amounts names them. A leu is a fifth of a euro, so without the name no amount is understood."""
BARE = re.compile(r"[\d\s.,]*\d[\d\s.,]*")
REGIONAL = re.compile(r"\bProgram(?:ul)? Regional (\D+?)(?: 20\d\d.*)?$", re.IGNORECASE)


class Version(NamedTuple):
    """A linked workbook; the greatest of several is the newest, of one month the one that stands first."""

    uploaded: str
    """Year and month of its address, "2026/11"; empty where it names none."""
    place: int
    url: str


class Romania(TimetableSpider):
    name = "romania"

    async def read(self) -> AsyncIterator[RawCall]:
        try:
            calls = await self._published()
        except NoAnswer as refusal:
            try:
                calls = await self._calls(COPY)
            except NoAnswer as error:
                self.failures += [str(refusal), str(error)]
                return
            self.alarms.append(f"{refusal}; the copy of the calendar at {COPY} was read, which can be an older one")
        for call in calls:
            yield call

    async def _published(self) -> list[RawCall]:
        page = await self.page(self.source.url, "a[href]")
        return await self._calls(newest_calendar(page))

    async def _calls(self, url: str) -> list[RawCall]:
        found = self.read_file(await self.content(Request(url)), url)
        if not found.calls:
            raise WrongPage(f"{url}: has the headers of a calendar, and no call below them")
        return [in_its_region(self._in_stated_currency(call)) for call in self.take(found)]

    def _in_stated_currency(self, call: RawCall) -> RawCall:
        """A call whose amount names a currency or has one by its header; else without the amount, and with an issue."""
        header = told_by(call).columns.get(Field.BUDGET, "")
        stated = [code for code, name in CURRENCIES.items() if name.search(fold(header))]
        if len(stated) == 1:
            return call.model_copy(update={"currency": stated[0]})
        if not BARE.fullmatch(call.budget):
            return call
        problem = f"neither the cell nor its header {header!r} names one currency, so the amount was left out"
        self.issue(call.reference, "budget", problem, call.budget)
        return call.model_copy(update={"budget": ""})


def in_its_region(call: RawCall) -> RawCall:
    """A call of a regional programme is for its region, also where the calendar only says how developed that is."""
    regional = REGIONAL.search(told_by(call).programme)
    return retold(call, {"area": (regional[1],)}) if regional else call


def newest_calendar(page: HtmlResponse, word: str = CALENDAR) -> str:
    """The address of the newest workbook that a page links to under a word. Raises WrongPage where it links to none."""
    found = [
        Version(uploaded[1] if (uploaded := UPLOADED.search(url)) else "", -place, url)
        for place, link in enumerate(page.css("a[href]"))
        if TABLE.search(urlsplit(url := address_of(link, page)).path) and word in fold(f"{one_line(link)} {url}")
    ]
    if not found:
        title = " ".join((page.css("title::text").get() or "").split())[:120]
        raise WrongPage(f"{page.url}: links to no workbook that is called {word!r}; the page is titled {title!r}")
    return max(found).url
