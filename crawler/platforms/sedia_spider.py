"""Reads a whole view of the portal's index: pages, the 10,000-row window, totals that move, ties that swap.

Knows the index, not what its rows mean; that is the spiders' part.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.platforms.sedia import (
    PAGE_SIZE,
    WINDOW,
    Answer,
    BadAnswer,
    Key,
    Order,
    Query,
    Row,
    View,
    narrowed,
    read_answer,
    row_key,
    search_query,
    search_request,
    terms,
)
from crawler.spider import SourceSpider

ATTEMPTS = 3
"""Times a page is asked for that comes garbled (HTML, cut-off JSON, another page)."""
SCANS = 4
EARLIEST, LATEST = datetime(2014, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)
"""Where the search for a date that halves a too large result begins; rows outside are still read."""


@dataclass
class Scan:
    """One passage over all pages of a query. Rows are kept packed: a topic is 30 kB, a view has thousands."""

    totals: set[int] = field(default_factory=set)
    read: int = 0
    rows: dict[Key, bytes] = field(default_factory=dict)

    def add(self, answer: Answer) -> None:
        self.totals.add(answer.total)
        self.read += len(answer.rows)
        self.rows |= {row_key(row): zlib.compress(json.dumps(row).encode(), 1) for row in answer.rows}


def settled_rows(scans: list[Scan]) -> dict[Key, bytes] | None:
    """The rows of a query once they are beyond doubt; None: read again.

    Beyond doubt is a scan in which the total stood still and every announced row was met. Two scans with the same
    total may complete each other (ties swap places between pages), or agree on the same rows, all of them read,
    where the index lists a row twice.
    """
    last = scans[-1]
    if len(last.totals) != 1:
        return None
    (total,) = last.totals
    if len(last.rows) == total:
        return last.rows
    if len(scans) < 2 or scans[-2].totals != last.totals:
        return None
    before = scans[-2]
    if len(before.rows | last.rows) == total:
        return before.rows | last.rows
    if before.rows.keys() == last.rows.keys() and before.read == last.read == total:
        return last.rows
    return None


class SediaSpider(SourceSpider):
    def __init__(self, *args: Any, window: int = WINDOW, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.window = window

    async def read_view(self, view: View) -> AsyncIterator[list[Row]]:
        """Yield the rows of a view, part by part, each part complete and in the order of its keys.

        What stays in doubt is noted in `failures`. Raises NoAnswer or BadAnswer when the first page
        cannot be had.
        """
        query = search_query(view, self._programme_values())
        total = (await self._ask(query, view.sort, size=1)).total
        self.announced[view.name] = 0
        async for part in self._parts_within_window(query, total, view):
            rows = await self._read_until_settled(part, view)
            yield [json.loads(zlib.decompress(packed)) for _, packed in sorted(rows.items())]

    def _programme_values(self) -> list[str]:
        """Codes and abbreviations: updates may carry either."""
        return [value for programme in self.programmes for value in (*programme.codes, programme.key)]

    async def _read_until_settled(self, query: Query, view: View) -> dict[Key, bytes]:
        """Read forwards and backwards in turn, so that rows tied at a page's end change places."""
        scans: list[Scan] = []
        for number in range(SCANS):
            scans = [*scans[-1:], await self._scan(query, view, "ASC" if number % 2 == 0 else "DESC")]
            rows = settled_rows(scans)
            if rows is not None:
                self.announced[view.name] += scans[-1].totals.pop()
                if number:
                    self.notes.append(f"{view.name}: read {number + 1} times until two readings agreed")
                return rows
        totals, met = sorted(scans[-1].totals), len(scans[-1].rows)
        self.failures.append(f"{view.name}: after {SCANS} readings {totals} rows are announced and {met} were met")
        return scans[-1].rows

    async def _scan(self, query: Query, view: View, order: Order) -> Scan:
        scan = Scan()
        page, last_page = 1, 1
        while page <= last_page:
            answer = await self._ask(query, view.sort, order, page)
            scan.add(answer)
            last_page = -(-answer.total // PAGE_SIZE)
            page += 1
        if last_page > 1:
            scan.totals.add((await self._ask(query, view.sort, size=1)).total)
        return scan

    async def _ask(self, query: Query, sort: str, order: Order = "ASC", page: int = 1, size: int = PAGE_SIZE) -> Answer:
        """One page; asked again when it comes garbled. Raises BadAnswer, or NoAnswer from `fetch`."""
        for attempt in range(1, ATTEMPTS + 1):
            response = await self.fetch(search_request(query, sort, order, page, size))
            try:
                return read_answer(response, page, size)
            except BadAnswer as garbled:
                if garbled.status != 200 or attempt == ATTEMPTS:
                    raise
                self.logger.warning("%s; asking again", garbled)
        raise AssertionError("unreachable")

    async def _parts_within_window(self, query: Query, total: int, view: View) -> AsyncIterator[Query]:
        """The query itself, or, when it finds more than can be reached, a split of it by programme, then by date."""
        if total <= self.window:
            yield query
            return
        reached = 0
        for part in self._by_programme(query):
            count = (await self._ask(part, view.sort, size=1)).total
            async for piece, found in self._by_start_date(part, count, view, EARLIEST, LATEST):
                reached += found
                yield piece
        if reached < total:
            self.failures.append(f"{view.name}: {total} rows are announced, a split into windows reaches {reached}")

    def _by_programme(self, query: Query) -> Iterable[Query]:
        """One query per known programme, and one for those that the reference table does not know."""
        known = [code for programme in self.programmes or self.known for code in programme.codes]
        yield from (narrowed(query, terms("frameworkProgramme", code)) for code in known)
        yield narrowed(query, terms("frameworkProgramme", *known), "must_not")

    async def _by_start_date(
        self, query: Query, count: int, view: View, start: datetime, end: datetime
    ) -> AsyncIterator[tuple[Query, int]]:
        """Halve by startDate until each half is within reach; a single day that is not is yielded as it is."""
        if count <= self.window or end - start <= timedelta(days=1):
            yield query, min(count, self.window)
            return
        middle = start + (end - start) // 2
        earlier = narrowed(query, {"range": {"startDate": {"lt": index_date(middle)}}})
        later = narrowed(query, {"range": {"startDate": {"gte": index_date(middle)}}})
        for half, bounds in ((earlier, (start, middle)), (later, (middle, end))):
            found = (await self._ask(half, view.sort, size=1)).total
            async for piece in self._by_start_date(half, found, view, *bounds):
                yield piece


def index_date(moment: datetime) -> str:
    """The form in which the index compares dates; a bare day compares with nothing."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000+0000"
