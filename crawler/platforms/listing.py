"""Base of spiders that read lists of entries, page by page, and then each entry's own page. Knows no site's markup."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from crawler.pages import canonical
from crawler.source import RawCall, RawDocument, RawRecord
from crawler.spider import NoAnswer, SourceSpider

MAX_PAGES = 60
NAMED = 5
"""Entries without a call whose titles are noted, so that somebody can see when the wrong ones are left out."""


@dataclass(frozen=True)
class Entry:
    """What a list says of one thing. `facts`: label -> text, as written."""

    url: str
    title: str
    teaser: str = ""
    label: str = ""
    """The badge or the kind that the list shows: "Open", "News article"."""
    day: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    key: str = ""
    """What tells entries apart where several share one address, or have none of their own."""

    @property
    def identity(self) -> str:
        """One page may be linked with http and https, with a slash at its end and without."""
        return self.key or canonical(self.url).partition("://")[2].rstrip("/")


class ListingSpider(SourceSpider):
    """Reads `lists`, keeps the entries that are wanted, reads their pages, and hands over one record for each.

    A list page that is not what it should be, or that repeats an earlier one, makes the run incomplete, because
    nobody knows what it would have listed; an entry's page that cannot be read is an issue, the others go on.
    """

    lists: tuple[str, ...]
    """Addresses of first pages."""
    list_landmark: str
    """CSS of what every page of a list has, also an empty one."""
    page_landmark: str = "main"
    """CSS of what every entry's page has."""
    max_pages: int = MAX_PAGES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.no_calls: set[str] = set()
        """Entries whose own page showed that they are no call, by identity."""

    @abstractmethod
    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        """The entries on a page of a list, in its order."""

    def next_page(self, page: HtmlResponse, number: int) -> str | None:
        """The address of the page behind page `number` (from 0); None on the last one."""
        return None

    def announced_in(self, page: HtmlResponse) -> int | None:
        """How many entries the list says it has; None where it does not say."""
        return None

    def is_far_enough(self, entries: Sequence[Entry]) -> bool:
        """Whether the entries that are new on a page of a list are so old that they and what follows are left out."""
        return False

    def is_wanted(self, entry: Entry) -> bool:
        return True

    def needs_page(self, entry: Entry) -> bool:
        """False where the list says all there is to know."""
        return True

    async def completed(self, call: RawCall, page: HtmlResponse) -> RawCall:
        """The call with what stands on further pages of it (tabs). Raises NoAnswer for one that cannot be read."""
        return call

    @abstractmethod
    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        """The raw call of an entry; `page` is None where it was not needed. None: the page shows that it is no call."""

    async def read(self) -> AsyncIterator[RawRecord]:
        for host in dict.fromkeys(urlsplit(url).netloc for url in self.lists):
            await self.probe(f"https://{host}/")
        found: dict[str, Entry] = {}
        for url in self.lists:
            try:
                for entry in await self.read_list(url):
                    found.setdefault(entry.identity, entry)
            except NoAnswer as error:
                self.failures.append(str(error))
        wanted = [entry for entry in found.values() if self.is_wanted(entry)]
        for entry in wanted:
            self.listed += 1
            async for record in self._records(entry):
                yield record
        kept = {entry.identity for entry in wanted} - self.no_calls
        left_out = [entry.title for identity, entry in found.items() if identity not in kept]
        if left_out:
            first = "; ".join(repr(title[:80]) for title in left_out[:NAMED])
            self.notes.append(f"left out {len(left_out)} of {len(found)} entries that announce no call: {first}")

    async def read_list(self, url: str) -> Sequence[Entry]:
        """All entries of a list. Raises NoAnswer naming the page that failed or that repeats an earlier one."""
        entries: dict[str, Entry] = {}
        address: str | None = url
        announced = None
        for number in range(self.max_pages):
            if address is None:
                break
            page = await self.page(address, self.list_landmark)
            fresh = [entry for entry in self.entries(page) if entry.identity not in entries]
            if number and not fresh:
                raise NoAnswer(f"{address}: page {number + 1} of the list holds nothing that earlier pages did not")
            if self.is_far_enough(fresh):
                self.notes.append(f"{url}: read as far back as matters, to page {number + 1}")
                return list(entries.values())
            for entry in fresh:
                entries.setdefault(entry.identity, entry)  # of two links to one page the first counts
            announced = announced or self.announced_in(page)
            address = self.next_page(page, number)
        else:
            raise NoAnswer(f"{url}: more than {self.max_pages} pages")
        if announced is not None:
            self.announced[url] = announced
            if len(entries) < announced:
                raise NoAnswer(f"{url}: the list says it has {announced} entries, its pages held {len(entries)}")
        return list(entries.values())

    async def _records(self, entry: Entry) -> AsyncIterator[RawCall | RawDocument]:
        page = None
        if self.needs_page(entry):
            try:
                page = await self.page(entry.url, self.page_landmark)
            except NoAnswer as error:
                self.issue(canonical(entry.url), "page", str(error), entry.title)
                return
        self.fetched += 1
        call = self.record(entry, page)
        if call is None:
            self.no_calls.add(entry.identity)
            return
        if page is not None:
            try:
                call = await self.completed(call, page)
            except NoAnswer as error:
                self.issue(call.reference, "page", str(error), entry.title)
        yield call
        async for document in self.documents(call.documents, call.url):
            yield document
