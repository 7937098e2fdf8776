"""Calls of Interreg Europe: named in prose on two pages, and in a planning file that these link to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.platforms.prose_pages import documents_of, language_of, lines_of, one_line, prose_call
from crawler.platforms.prose_pages import without_surroundings as bare
from crawler.platforms.tabular import read_table
from crawler.platforms.tabular_files import BadTable
from crawler.source import RawCall, RawDocument, RawLink
from crawler.spider import NoAnswer, SourceSpider
from crawler.spiders.erdf.interreg import as_page, together
from crawler.spiders.erdf.interreg_watch import NamedCall, call_in_row, load_watch, table_rows

PAGES = (
    "https://www.interregeurope.eu/next-call-for-projects",
    "https://www.interregeurope.eu/apply-for-funding",
)
LANDMARK = "main"
SENTENCE = re.compile(
    r"(?:The )?(?P<title>[\w-]+ call)(?: for [\w ]+?)? (?P<status>was open|is open|will be open|will open|is closed)"
    r"(?: between| from| on)? (?P<opening>.+?)(?:,? (?:and|to|until) (?P<closing>.+?))?[.]?"
)
"""How a call is named: "The first call was open between ... and ..."."""
YEAR = re.compile(r"\b20\d\d\b")
TABLE = re.compile(r"\.(?:xls[xm]?|ods|csv)$", re.IGNORECASE)


class InterregEuropeSpider(SourceSpider):
    name = "interreg_europe"

    async def read(self) -> AsyncIterator[RawCall | RawDocument]:
        calls: dict[str, RawCall] = {}
        tables: dict[str, RawLink] = {}
        said = ""
        for url in PAGES:
            try:
                page = bare(await self.page(url, LANDMARK))
            except NoAnswer as error:
                # Its calls and the word that there are none stand on the first page; the other only tells more.
                (self.failures if url == PAGES[0] else self.alarms).append(str(error))
                continue
            said = said or load_watch().words.says_none(" ".join(lines_of(page.css(LANDMARK))))
            tables |= {link.url: link for link in documents_of(page) if TABLE.search(urlsplit(link.url).path)}
            _add(calls, [self._call(named, page) for named in calls_told(page)])
        for link in tables.values():
            async for document in self.documents([link], PAGES[0]):
                yield document
                _add(calls, self._planned(document))
        self.listed = self.fetched = len(calls)
        if said:
            self.notes.append(f"the site says {said!r}: no further call is to be expected from it")
        elif not calls and not self.failures:
            self.failures.append(f"{PAGES[0]}: names no call, and does not say that there is none")
        for call in calls.values():
            yield call

    def _planned(self, document: RawDocument) -> list[RawCall]:
        """The calls of the planning file; what of it was not understood becomes issues, each with its place."""
        place = document.reference
        content = Path(self.settings["DOCUMENTS"], document.sha256[:2], document.sha256).read_bytes()
        try:
            reading = read_table(content, place, load_watch().table)
        except BadTable as error:
            self.alarms.append(str(error))
            return []
        for header in reading.unknown_headers:
            self.issue(place, "columns", "a column that no field answers to; its cells are kept as text", header)
        for left in reading.left_out:
            self.issue(f"{place}, sheet {left.sheet!r}, row {left.number}", "row", left.reason, left.found)
        return [self._call(call_in_row(row), as_page(PAGES[0], ""), place) for row in reading.rows]

    def _call(self, named: NamedCall, page: HtmlResponse, also: str = "") -> RawCall:
        known: dict[str, Any] = {
            "reference": f"calls/{key_of(named.title)}",
            "language": language_of(page, self.source),
            "opening": named.opening,
            "deadlines": (named.closing,) if named.closing else (),
            "budget": named.budget,
            "status": named.status,
            "description": named.html,
            "call_title": "Interreg Europe",
            "sources": (also,) if also else (),
        }
        return prose_call(as_page(page.url, named.html), named.title, self.source, self.fetched_at, **known)


def calls_told(page: HtmlResponse) -> list[NamedCall]:
    """The calls that the rows of its tables and the paragraphs of a page tell of, one each."""
    rows = table_rows("".join(page.css(f"{LANDMARK} table").getall()), load_watch().table)
    found = [call_in_row(row) for row in rows if row.fields["call"]]
    for paragraph in page.css(f"{LANDMARK} p, {LANDMARK} li"):
        told = SENTENCE.fullmatch(one_line(paragraph))
        if told and YEAR.search(told[0]):
            opening, closing = told["opening"], told["closing"] or ""
            named = NamedCall(told["title"][0].upper() + told["title"][1:], status=told["status"], closing=closing)
            named.opening = opening if YEAR.search(opening) else ""
            named.pieces.append(paragraph.get() or "")
            found.append(named)
    return found


def key_of(title: str) -> str:
    """ "First call", "1st call for projects" and "Call 1" are one call: `1-call`."""
    key = re.sub(r"-for-(?:project-)?(?:proposals|projects)$", "", load_watch().words.key(title))
    return re.sub(r"^call-(\d+)$", r"\1-call", key)


def _add(calls: dict[str, RawCall], more: list[RawCall]) -> None:
    for call in more:
        calls[call.reference] = together(calls.get(call.reference), call)
