"""What all spiders share: start from the registry entry, ask politely, say what failed. Knows no site's form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

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
from scrapy.http import Response

from crawler.source import RawCall, RawUpdate, Source
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


class NoAnswer(Exception):
    """A page could not be fetched after all retries; the message names address and cause."""


class Refused(NoAnswer):
    """We may not fetch a page: robots.txt, a host that is not allowed, too many redirects."""


class SourceSpider(Spider):
    """A spider of one source: `name` is its key in sources.yml, `allowed_domains` the hosts it may ask.

    A subclass implements `read` and notes what it could not read in `failures`; nothing is dropped in silence.
    """

    allowed_domains: tuple[str, ...]

    def __init__(
        self, source: Source, programmes: tuple[Programme, ...] = (), known: tuple[Programme, ...] = (), **kwargs: Any
    ) -> None:
        """`programmes`: read only these (empty: all); `known`: every programme of the reference table."""
        super().__init__(**kwargs)
        self.source = source
        self.programmes = programmes
        self.known = known
        self.fetched_at = datetime.now(UTC)
        self.finished = False
        self.partial = False
        self.announced: dict[str, int] = {}
        self.failures: list[str] = []
        self.notes: list[str] = []

    @abstractmethod
    def read(self) -> AsyncIterator[RawCall | RawUpdate]:
        """Yield the source's records, in an order that does not depend on chance."""

    async def start(self) -> AsyncIterator[Any]:
        async for record in self.read():
            yield record
        self.finished = True

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


def _placed(error: Exception, request: Request) -> str:
    """The cause with the address it happened at, named once."""
    cause = str(error) or type(error).__name__
    return cause if request.url in cause else f"{request.url}: {cause}"
