"""Czechia's nightly list of all calls of MS2021+, completed from the calls' pages on dotaceeu.cz."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from scrapy import Request

from crawler.source import RawCall
from crawler.spider import NoAnswer, WrongPage
from crawler.spiders.national.czechia_pages import CallPage, Tile, read_page, read_tiles
from crawler.timetables.calls import Found
from crawler.timetables.ended import without_void_days
from crawler.timetables.mapping import Field
from crawler.timetables.spider import TimetableSpider
from crawler.timetables.told import retold, told_by
from matcher.factfile import build, read
from matcher.model import Frozen

LIST = "https://ms21opendata.mssf.cz/SeznamVyzev_21_27.xml"
SITE = "https://www.dotaceeu.cz"
FEED = SITE + "/cs/ajax-pages/vyzvyfeeddotace?page={}"
MOST_PAGES = 300
LEAST_MISSING, SHARE_MISSING = 3, 1 / 4
"""So many pages of calls, and such a share, do not fail by accident."""
NO_PROGRAMME = "the code begins with no number of a programme in czechia_programmes.yml; add the programme there"
WRITTEN = re.compile(rb'<EXPORT[^>]*\sDATE="(\d{4}-\d\d-\d\d)')
STALE = timedelta(days=7)
CODE = re.compile(r"(?P<programme>\d\d)_(?P<year>\d\d)_\d{3}")
"""Programme, year and number of a call. Year 00 marks entries with which the system was tried out."""
MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?(?:[+-]\d\d:\d\d)?$")
"""Of a moment that stands for a whole day, in the time of Czechia."""
REGION = re.compile(r"\b(?:[A-ZÁČĎÉÍŇÓŘŠŤÚŽ]\w+[sc]ký kraj|Kraj Vysočina|(?:Hlavní město|hl\. m\.) Praha)\b")


class CzechProgramme(Frozen):
    name: str
    authority: str
    fund: str = ""
    url: str = ""


class CzechProgrammes(Frozen):
    by_number: dict[str, CzechProgramme]


class Czechia(TimetableSpider):
    """The list has every call; the pages, which may fail, say who can apply where the list is silent."""

    name = "czechia"

    @cached_property
    def table(self) -> dict[str, CzechProgramme]:
        file = Path(__file__).with_name("czechia_programmes.yml")
        return build(CzechProgrammes, {"by_number": read(file)}, str(file)).by_number

    async def read(self) -> AsyncIterator[RawCall]:
        try:
            content = await self.content(Request(LIST))
            found = self.read_file(content, LIST)
        except NoAnswer as error:
            self.failures.append(str(error))
            return
        self.judge_list(content, found)
        trials = [call.identifier for call in found.calls if (code := _code(call)) and code["year"] == "00"]
        if trials:
            self.notes.append(f"{LIST}: left out, for the year 00 marks them as trials: {', '.join(trials)}")
        calls = [call for call in found.calls if call.identifier not in trials]
        pages = await self.pages()
        ready = [self.joined(call, pages.get(call.identifier)) for call in calls]
        for call in self.take(Found(ready, found.issues)):
            yield call

    def judge_list(self, content: bytes, found: Found) -> None:
        written = WRITTEN.search(content[:4096])
        day = date.fromisoformat(written[1].decode()) if written else None
        if day is None or day < self.fetched_at.date() - STALE:
            self.alarms.append(f"{LIST}: is written every night, but this one says {day or 'no day'}")
        if not any(call.title for call in found.calls):
            self.alarms.append(f"{LIST}: no call has a title at {' or '.join(self.mapping.columns[Field.TITLE])}")

    async def pages(self) -> dict[str, CallPage]:
        """The pages of calls that are not over, by code. Whatever fails is an alarm: the list has the calls."""
        found, failed = dict[str, CallPage](), list[str]()
        try:
            tiles = [tile async for tile in self.tiles() if tile.is_wanted]
        except NoAnswer as error:
            self.partial = True
            self.alarms.append(f"{error}; who can apply is known from the list only")
            return found
        for tile in tiles:
            try:
                page = read_page(await self.page(tile.url, "h1"))
                found[page.code] = page
            except NoAnswer as error:
                failed.append(str(error))
        if failed:
            self.alarms.append(f"{len(failed)} of {len(tiles)} pages of calls could not be read, such as {failed[0]}")
        self.partial = len(failed) >= LEAST_MISSING and len(failed) >= SHARE_MISSING * len(tiles)
        return found

    async def tiles(self) -> AsyncIterator[Tile]:
        met: set[str] = set()
        for number in range(1, MOST_PAGES + 1):
            url = FEED.format(number)
            response = await self.fetch(Request(url))
            tiles = read_tiles(response)
            if not tiles and met:
                return
            fresh = [tile for tile in tiles if tile.url not in met]
            if not fresh:
                raise WrongPage(f"{url}: holds no call, or none that earlier pages did not")
            met |= {tile.url for tile in fresh}
            for tile in fresh:
                yield tile
        raise WrongPage(f"{FEED.format(MOST_PAGES)}: the list goes on; at most {MOST_PAGES} pages are read")

    def joined(self, call: RawCall, page: CallPage | None) -> RawCall:
        """A call with its programme, told by its code, and with what its page says where the list is silent."""
        code = _code(call)
        programme = self.table.get(code["programme"]) if code else None
        if programme is None:
            self.issue(call.reference, "programme", NO_PROGRAMME, call.identifier)
        told, title = told_by(call), call.title or (page.title if page else "")
        national = {
            "programme": programme.name if programme else "",
            "institution": programme.authority if programme else "",
            "institution_url": programme.url if programme else "",
            "applicants": told.applicants or (page.applicants if page else ()),
            "area": told.area or tuple(REGION.findall(title)),
            "priority": page.priority if page else "",
        }
        changes = {
            "title": title,
            "url": page.url if page else call.url,
            "programme": programme.fund if programme else "",
            "opening": MIDNIGHT.sub("", call.opening),
            "deadlines": tuple(MIDNIGHT.sub("", day) for day in call.deadlines),
        }
        return without_void_days(retold(call, national, changes), self.source, self.fetched_at.date())


def _code(call: RawCall) -> re.Match[str] | None:
    return CODE.fullmatch(call.identifier)
