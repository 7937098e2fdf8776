"""Calls of Romania's AMIF programme: posts of the site of the home affairs funds, and the calendar it publishes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Iterator
from datetime import date

import lxml.html
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.pages import reference_of
from crawler.platforms.labelled import said_under
from crawler.platforms.prose_pages import documents_of, one_line
from crawler.platforms.tabular import fold
from crawler.platforms.wordpress import Blog, read_posts
from crawler.platforms.wordpress_answers import Post
from crawler.source import RawCall, RawDocument
from crawler.spider import NoAnswer, WrongPage
from crawler.spiders.erdf.interreg import as_page
from crawler.spiders.national.romania import newest_calendar
from crawler.timetables.calls import raw_calls
from crawler.timetables.entries import Cells, entry_of
from crawler.timetables.mapping import Field
from crawler.timetables.spider import TimetableSpider
from crawler.timetables.told import retold

BLOG = Blog("https://fed.mai.gov.ro", feed="in/apeluri/feed/", since=date(2022, 11, 1))
"""Since the Commission approved the programme. The feed is that of the category of calls alone."""
CALENDAR = "https://fed.mai.gov.ro/despre/lansare-apeluri/"
OURS = re.compile(r"\bfami\b|azil, migratie si integrare")
CALL = re.compile(r"\bapel(?:ul|uri|ului)?\b|\bpropuneri de proiecte\b")
NEWS = re.compile(r"\b(?:calendar\w*|consultare\w*|rezultat\w*|list[ae]\w*|clarificari|sesiun\w+|proiect de ghid)\b")
"""Posts about calls that announce none."""
LONGER = re.compile(r"\bprelungi\w*")
UNION = re.compile(r"\bactiuni(?:le|lor)? (?:specifice|ale uniunii)\b|\bcomisi[ae]i? europe\w+|\bdg home\b")
"""The Commission's own calls, which are no national ones."""


class AmifRomania(TimetableSpider):
    name = "amif_romania"

    async def read(self) -> AsyncIterator[RawCall | RawDocument]:
        try:
            posts = await read_posts(self, BLOG)
        except NoAnswer as error:
            self.failures.append(str(error))
            return
        for post in (post for post in posts if self._announces(post)):
            self.listed += 1
            self.fetched += 1
            call = self._posted(post)
            yield call
            async for document in self.documents(call.documents, call.url):
                yield document
        try:
            page = await self.page(CALENDAR, "h1")
            for call in await self._planned(page):
                yield call
        except NoAnswer as error:
            self.alarms.append(f"{error}; planned calls stay as they were")
            return
        async for document in self.documents(documents_of(page), CALENDAR):
            yield document

    def _announces(self, post: Post) -> bool:
        title, text = fold(post.title), fold(one_line(as_page(post.url, post.html).css("body")))
        if not (CALL.search(title) and OURS.search(f"{title} {text}")) or UNION.search(title) or NEWS.search(title):
            return False
        if LONGER.search(title):
            problem = "tells of a longer time for a call; look whether the call's own post says so"
            self.issue(reference_of(post.url), "deadlines", problem, post.title)
            return False
        return True

    def _posted(self, post: Post) -> RawCall:
        page = as_page(post.url, post.html)
        columns = self.mapping.columns
        said = said_under(lxml.html.fromstring(page.text), [label for labels in columns.values() for label in labels])
        cells: dict[Field, Cells] = {
            name: [(label, said[label]) for label in labels if label in said] for name, labels in columns.items()
        }
        own = {Field.TITLE: post.title, Field.URL: post.url, Field.DESCRIPTION: post.html}
        entry = entry_of(1, {**cells, **{name: [("", [text])] for name, text in own.items()}}, unit="post")
        (call,) = raw_calls([entry], self.mapping, self.file_at(post.url, post.html.encode())).calls
        changes = {
            "reference": reference_of(post.url),
            "programme": self.source.programme,
            "documents": documents_of(page),
        }
        return retold(call, {"row": None}, changes)

    async def _planned(self, page: HtmlResponse) -> list[RawCall]:
        """The calls of the newest workbook that the calendar's page links to, else of the table on it.

        Raises WrongPage for a calendar that cannot be read. One in another form is noted.
        """
        try:
            url = newest_calendar(page, "calendar")
        except WrongPage:
            url = ""
        content = await self.content(Request(url)) if url else table_on(page)
        if not content:
            self.notes.append(f"{CALENDAR}: the calendar is no table; what it links to is kept, its calls are not read")
            return []
        found = self.read_file(content, url or page.url, self.mapping.holding({Field.STATUS: "planned"}))
        ours = list(self._of_the_fund(self.take(found)))
        return [call.model_copy(update={"programme": self.source.programme, "url": CALENDAR}) for call in ours]

    def _of_the_fund(self, calls: Iterator[RawCall]) -> Iterator[RawCall]:
        left_out = 0
        for call in calls:
            if not call.programme or OURS.search(fold(call.programme)):
                yield call
            else:
                left_out += 1
        if left_out:
            self.notes.append(f"{left_out} planned calls of the other home affairs funds were left out")


def table_on(page: HtmlResponse) -> bytes:
    """The first table of a page as CSV; empty where it has none."""
    table = page.css("table")[:1]
    rows = [[one_line(cell) for cell in row.css("td, th")] for row in table.css("tr")]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()
