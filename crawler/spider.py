"""What all spiders share: start from the registry entry, ask politely, say what failed. Knows no site's form."""

from __future__ import annotations

import asyncio
import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response

from crawler.document_files import HTML, NotADocument, keep_document
from crawler.pages import fault, readable, title_of
from crawler.source import RawDocument, RawLink, RawRecord, Source
from matcher.model import Issue
from matcher.reference import Programme

NO_ANSWER = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
    OSError,
    ResponseDataLossError,
)
NO_SUCH_PAGE = "no-such-page-asked-for-as-a-test"
PAGE = re.compile(r"\.html?$", re.IGNORECASE)
"""How the address of a document ends that is a page."""
LARGEST_DOCUMENT = 16 * 1024 * 1024


class NoAnswer(Exception):
    """A page could not be fetched after all retries; the message names address and cause."""


class Refused(NoAnswer):
    """We may not fetch a page: robots.txt, a host that is not allowed, too many redirects."""


class WrongPage(NoAnswer):
    """An answer came, but it is not the page asked for; the message names the address and what is wrong."""


class PoliteSpider(Spider):
    """Asks as `crawler.settings` and `crawler.middlewares` allow it, and only the hosts in `allowed_domains`."""

    async def fetch(self, request: Request) -> Response:
        """The answer, whatever its status, through robots.txt, pauses and retries. Raises NoAnswer or Refused."""
        engine = self.crawler.engine
        assert engine is not None
        try:
            return await engine.download_async(request)
        except IgnoreRequest as refusal:
            raise Refused(_placed(refusal, request)) from refusal
        except NO_ANSWER as error:
            raise NoAnswer(_placed(error, request)) from error


class SourceSpider(PoliteSpider):
    """A spider of one source: `name` is its key in sources.yml, which also names the hosts it may ask.

    A subclass implements `read`. What keeps it from reading everything goes into `failures`, what is suspicious into
    `alarms`, single entries that could not be read into `issues`; nothing is dropped in silence.
    """

    def __init__(
        self,
        source: Source,
        programmes: tuple[Programme, ...] = (),
        known: tuple[Programme, ...] = (),
        fetched_at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        """`programmes`: read only these (empty: all); `known`: every programme of the reference table."""
        super().__init__(**kwargs)
        self.source = source
        self.allowed_domains = source.hosts
        self.programmes = programmes
        self.known = known
        self.fetched_at = fetched_at or datetime.now(UTC)
        self.finished = False
        self.partial = False
        self.announced: dict[str, int] = {}
        self.listed = 0
        self.fetched = 0
        self.failures: list[str] = []
        self.alarms: list[str] = []
        self.issues: list[Issue] = []
        self.notes: list[str] = []
        self._titles_of_nothing: dict[str, str] = {}
        self._documents: dict[str, bool] = {}

    @abstractmethod
    def read(self) -> AsyncIterator[RawRecord]:
        """Yield the source's records, in an order that does not depend on chance."""

    async def start(self) -> AsyncIterator[Any]:
        async for record in self.read():
            yield record
        left = sum(not fetched for fetched in self._documents.values())
        if left:
            most = self.source.max_documents
            self.notes.append(f"{left} call documents were not fetched; `max_documents` of this source is {most}")
        self.finished = True
        # Were the last record still on its way to the file, Scrapy would only see at its next heartbeat, five seconds
        # later, that all is done.
        await asyncio.sleep(0.05)

    async def page(self, url: str, landmark: str) -> HtmlResponse:
        """A page that has an element `landmark` (CSS), rightly decoded. Raises WrongPage, NoAnswer or Refused."""
        return await self.page_for(Request(url), landmark)

    async def page_for(self, request: Request, landmark: str) -> HtmlResponse:
        """The page that answers any request, of a form for one; judged like every page."""
        url = request.url
        response = readable(await self.fetch(request))
        wrong = fault(response, landmark)
        if wrong:
            raise WrongPage(f"{url}: {wrong}")
        assert isinstance(response, HtmlResponse)
        title = title_of(response)
        if title == self._titles_of_nothing.get(urlsplit(url).hostname or ""):
            raise WrongPage(f"{url}: is what this host answers to any address ({title!r})")
        return response

    async def probe(self, url: str) -> None:
        """Ask the host of an address for a page that cannot be there: if it says 200, its 200 proves nothing."""
        parts = urlsplit(url)
        nowhere = f"{parts.scheme}://{parts.netloc}/{NO_SUCH_PAGE}"
        try:
            response = readable(await self.fetch(Request(nowhere)))
        except NoAnswer:
            return  # whether the host can be read at all shows with the first real page
        if response.status == 200 and isinstance(response, HtmlResponse):
            self._titles_of_nothing[parts.hostname or ""] = title_of(response)
            said = f"{nowhere} answered 200 ({title_of(response)!r})"
            self.alarms.append(f"{said}: on this host only what a page holds tells whether it is there")

    async def documents(self, links: Iterable[RawLink], found_on: str) -> AsyncIterator[RawDocument]:
        """Fetch call documents on the source's hosts, each address once a run; one that fails becomes an issue."""
        for link in links:
            if link.url in self._documents or urlsplit(link.url).hostname not in self.source.hosts:
                continue
            self._documents[link.url] = sum(self._documents.values()) < self.source.max_documents
            if self._documents[link.url]:
                try:
                    yield await self._document(link, found_on)
                except (NoAnswer, NotADocument) as error:
                    self.issue(link.url, "documents", str(error))

    def issue(self, reference: str, field: str, problem: str, found: str = "") -> None:
        self.issues.append(Issue(field=field, problem=problem, found=found[:200], reference=reference))

    async def _download(self, url: str, draft: Path) -> str | None:
        """Save what lies at an address. A page is judged as every page is, and its type is told; None for a file."""
        if PAGE.search(urlsplit(url).path):
            draft.write_bytes((await self.page(url, "body")).body)
            return HTML
        response = await self.fetch(Request(url, meta={"save_to": draft, "download_maxsize": LARGEST_DOCUMENT}))
        if response.status != 200:
            raise NoAnswer(f"{url}: answered {response.status}")
        return None

    async def _document(self, link: RawLink, found_on: str) -> RawDocument:
        folder = Path(self.settings["DOCUMENTS"])
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{self.name}.part"
        try:
            kept = keep_document(draft, folder, await self._download(link.url, draft))
        finally:
            draft.unlink(missing_ok=True)
        return RawDocument(
            source=self.source.name,
            reference=link.url,
            found_on=found_on,
            fetched_at=self.fetched_at,
            label=link.label,
            language=link.language,
            media_type=kept.media_type,
            sha256=kept.sha256,
            size=kept.size,
        )


def _placed(error: Exception, request: Request) -> str:
    """The cause with the address it happened at, named once."""
    cause = str(error) or type(error).__name__
    return cause if request.url in cause else f"{request.url}: {cause}"
