"""Fetches over HTTP: from a mirror where the host map names one, and to a file where a body is too large for memory.

Sits below all middlewares, so robots.txt, retries and redirects only ever see the original addresses.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response


class UnmappedHost(DownloadCancelledError):
    """A host outside the host map was asked for while mirrors are in use."""


class Downloads(HTTP11DownloadHandler):
    """Scrapy's handler with two additions, both per request.

    Setting `MIRRORS` (host -> http://…): scheme, host and port are replaced, path and query kept. Others fail.
    Meta `save_to` (path): the body goes to that file, decompressed, up to `download_maxsize` bytes, not into memory.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._mirrors: dict[str, str] = crawler.settings.getdict("MIRRORS")

    async def download_request(self, request: Request) -> Response:
        sent = mirrored(request, self._mirrors) if self._mirrors else request
        if "save_to" in request.meta:
            return await save_body(request, sent.url)
        response = await super().download_request(sent)
        request.meta["download_latency"] = sent.meta.get("download_latency")
        return response.replace(url=request.url)


def mirrored(request: Request, mirrors: dict[str, str]) -> Request:
    """The request as it goes to the mirror of its host. Raises UnmappedHost when the host has none."""
    parts = urlsplit(request.url)
    mirror = mirrors.get(parts.hostname or "")
    if mirror is None:
        raise UnmappedHost(f"{request.url}: the host map sends {', '.join(mirrors)} to mirrors and knows no other host")
    to = urlsplit(mirror)
    slot = {"download_slot": parts.hostname, "proxy": None}
    return request.replace(
        url=urlunsplit((to.scheme, to.netloc, parts.path, parts.query, "")), meta=request.meta | slot
    )


async def save_body(request: Request, url: str) -> Response:
    """Stream a body to the file `save_to`. Raises Scrapy's download errors when it is late, cut off or too large."""
    timeout = aiohttp.ClientTimeout(total=request.meta["download_timeout"])
    headers = {str(k): str(v) for k, v in request.headers.to_unicode_dict().items() if k != "Accept-Encoding"}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, headers=headers, proxy=request.meta.get("proxy"), allow_redirects=False) as answer,
        ):
            await _write(answer, Path(request.meta["save_to"]), request.meta["download_maxsize"])
            kept = [(name, text) for name, text in answer.headers.items() if name.lower() != "content-encoding"]
            return Response(request.url, status=answer.status, headers=kept)
    except TimeoutError as error:
        raise DownloadTimeoutError(f"{request.url}: not finished in {timeout.total:.0f} seconds") from error
    except aiohttp.ClientError as error:
        raise DownloadFailedError(f"{request.url}: {error!r}") from error


async def _write(answer: aiohttp.ClientResponse, path: Path, maxsize: int) -> None:
    size = 0
    with path.open("wb") as file:
        async for chunk in answer.content.iter_chunked(256 * 1024):
            size += len(chunk)
            if size > maxsize:
                raise DownloadCancelledError(f"{answer.url}: larger than {maxsize} bytes")
            await asyncio.to_thread(file.write, chunk)
