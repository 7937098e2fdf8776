"""Reads a whole view of one of the portal's indexes: pages, the 10,000-row window, totals that move, ties that swap.

Knows the indexes, not what its rows mean; that is the spiders' part.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
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

    Beyond doubt is a scan in which the total stood still and every announced row was met. Scans with the same total
    may complete each other (ties swap places between pages), or agree on the same rows, all of them read, where the
    index lists a row twice.
    """
    last = scans[-1]
    if len(last.totals) != 1:
        return None
    (total,) = last.totals
    if len(last.rows) == total:
        return last.rows
    alike = list(takewhile(lambda scan: scan.totals == last.totals, reversed(scans)))
    together = {key: packed for scan in alike for key, packed in scan.rows.items()}
    if len(together) == total:
        return together
    if len(alike) > 1 and alike[1].rows.keys() == last.rows.keys() and alike[1].read == last.read == total:
        return last.rows
    return None


class Unsettled(Exception):
    """A view that could not be read beyond doubt; the message says what was announced and what was met."""


class PackedRows:
    """The rows of a view in the order of their references, unpacked one at a time, as often as one likes."""

    def __init__(self, packed: dict[Key, bytes]) -> None:
        self._packed = packed

    def __iter__(self) -> Iterator[Row]:
        for key in sorted(self._packed):
            yield json.loads(zlib.decompress(self._packed[key]))


class SediaSpider(SourceSpider):
    def __init__(self, *args: Any, window: int = WINDOW, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.window = window
        self.answers = 0
        """Answers of the search that were not errors."""

    async def read_view(self, view: View) -> PackedRows:
        """All rows of a view, and none twice. Raises NoAnswer, BadAnswer, or Unsettled when the index does not rest."""
        query = search_query(view, view.programmes or self._programme_values())
        for _ in range(SCANS):
            rows: dict[Key, bytes] = {}
            announced = 0
            async for part in self._parts_within_window(query, view):
                found, total = await self._read_until_settled(part, view)
                rows |= found
                announced += total
            count = await self._count(query, view)
            if count in (announced, len(rows)):
                self.announced[view.name] = count
                return PackedRows(rows)
            self.notes.append(f"{view.name}: {announced} rows announced, then {count}; read again")
        raise Unsettled(f"{view.name}: after {SCANS} readings {count} rows are announced and {len(rows)} were met")

    def _programme_values(self) -> list[str]:
        """Codes and abbreviations: updates may carry either."""
        return [value for programme in self.programmes for value in (*programme.codes, programme.key)]

    async def _read_until_settled(self, query: Query, view: View) -> tuple[dict[Key, bytes], int]:
        """Read forwards and backwards in turn, so that rows tied at a page's end change places."""
        scans: list[Scan] = []
        for number in range(SCANS):
            scans.append(await self._scan(query, view, "ASC" if number % 2 == 0 else "DESC"))
            rows = settled_rows(scans)
            if rows is not None:
                if number:
                    self.notes.append(f"{view.name}: read {number + 1} times until two readings agreed")
                return rows, scans[-1].totals.pop()
        totals, met = sorted(scans[-1].totals), len(scans[-1].rows)
        raise Unsettled(f"{view.name}: after {SCANS} readings {totals} rows are announced and {met} were met")

    async def _scan(self, query: Query, view: View, order: Order) -> Scan:
        scan = Scan()
        page, last_page = 1, 1
        while page <= last_page:
            answer = await self._ask(query, view, order, page)
            scan.add(answer)
            last_page = -(-answer.total // PAGE_SIZE)
            page += 1
        return scan

    async def _ask(
        self, query: Query, view: View, order: Order = "ASC", page: int = 1, size: int = PAGE_SIZE
    ) -> Answer:
        """One page; asked again when it comes garbled. Raises BadAnswer, or NoAnswer from `fetch`."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._ask_once(query, view, order, page, size)
            except BadAnswer as garbled:
                if garbled.status != 200:
                    raise
                self.logger.warning("%s; asking again", garbled)
        return await self._ask_once(query, view, order, page, size)

    async def _ask_once(self, query: Query, view: View, order: Order, page: int, size: int) -> Answer:
        answer = read_answer(await self.fetch(search_request(query, view, order, page, size)), page, size)
        self.answers += 1
        return answer

    async def _parts_within_window(self, query: Query, view: View) -> AsyncIterator[Query]:
        """The query itself, or, when it finds more than can be reached, a split of it by programme, then by date."""
        if await self._count(query, view) <= self.window:
            yield query
            return
        for part in self._by_programme(query, view):
            async for piece in self._by_start_date(part, view):
                yield piece

    async def _count(self, query: Query, view: View) -> int:
        return (await self._ask(query, view, size=1)).total

    def _by_programme(self, query: Query, view: View) -> Iterable[Query]:
        """One query per known programme, and one for those that the reference table does not know."""
        known = view.programmes or [code for programme in self.programmes or self.known for code in programme.codes]
        yield from (narrowed(query, terms(view.programme_field, code)) for code in known)
        yield narrowed(query, terms(view.programme_field, *known), "must_not")

    async def _by_start_date(self, query: Query, view: View) -> AsyncIterator[Query]:
        """The query; where its rows are out of reach, a query for the undated ones and one per span of startDate."""
        if await self._count(query, view) <= self.window:
            yield query
            return
        dated: Query = {"range": {"startDate": {"gte": index_date(datetime.min)}}}
        yield narrowed(query, dated, "must_not")
        async for piece in self._halves(narrowed(query, dated), view, EARLIEST, LATEST):
            yield piece

    async def _halves(self, query: Query, view: View, start: datetime, end: datetime) -> AsyncIterator[Query]:
        """Halve until each span is within reach; a single day that is not is yielded as it is."""
        if end - start <= timedelta(days=1) or await self._count(query, view) <= self.window:
            yield query
            return
        middle = start + (end - start) // 2
        before: Query = {"range": {"startDate": {"lt": index_date(middle)}}}
        since: Query = {"range": {"startDate": {"gte": index_date(middle)}}}
        for half, bounds in ((before, (start, middle)), (since, (middle, end))):
            async for piece in self._halves(narrowed(query, half), view, *bounds):
                yield piece


def index_date(moment: datetime) -> str:
    """The form in which the index compares dates; a bare day compares with nothing."""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}+0000"
