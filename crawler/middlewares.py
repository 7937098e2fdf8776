"""What Scrapy 2.19 leaves out of politeness: robots.txt for every waiting request, Retry-After, hosts kept to a list.

Knows no source. Relies on names private to Scrapy 2.19 (`_parsers`, `_parse_robots`, `_robots_error`); the version is
pinned in pyproject.toml and the tests of these classes run over a real socket.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

LONGEST_PAUSE = 120.0
"""Seconds. A site that asks for more is asked again after this, and given up when its retries are used up."""


class AllowedHosts:
    """Lets only the hosts in the spider's `allowed_domains` be asked, on no odd port, also after a redirect or a retry.

    Scrapy's own check lets every request with `dont_filter` pass, which each retry sets, and admits subdomains.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        allowed = getattr(self._crawler.spider, "allowed_domains", [])
        parts = urlparse_cached(request)
        if parts.hostname not in allowed:
            raise IgnoreRequest(f"{request.url}: host {parts.hostname} is not one of {', '.join(allowed)}")
        if parts.netloc.lower().removesuffix(":443").removesuffix(":80") != parts.hostname:
            raise IgnoreRequest(f"{request.url}: names a user or a port of its own; neither is followed")


class Unreachable(RobotParser):
    """Stands for a robots.txt that could not be read: nothing is allowed (RFC 9309, section 2.3.1.4)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        return cls("not read")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return False


class PoliteRobots(RobotsTxtMiddleware):
    """Obeys robots.txt for every request, and takes an unreachable one as a no.

    Scrapy 2.19 lets the third and later requests pass that wait for the same robots.txt, reads the error page of a
    failing server as rules, and takes time-outs as a yes. Here one request per host fetches it while all others wait.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        # Whoever comes second finds the rules that the first has stored.
        async with self._turns[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if isinstance(rp, Unreachable):
            raise IgnoreRequest(f"{request.url}: not asked for, robots.txt could not be read ({rp.reason})")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == 429 or response.status >= 500:
            self._robots_error(OSError(f"answer {response.status}"), netloc)
        else:
            rules = response if response.status < 300 else response.replace(body=b"")
            await super()._parse_robots(rules, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        super()._robots_error(exc, netloc)
        self._parsers[netloc] = Unreachable(str(exc) or type(exc).__name__)


class RetryAfter(RetryMiddleware):
    """Leaves a host alone for as long as its answer asks (Retry-After), else with growing pauses; keeps to Crawl-delay.

    The pause is set on the host's download slot before the next waiting request is taken from it, so it holds for all
    requests to that host, not only for the one that failed. Settings: `RETRY_PAUSE` seconds before the first retry,
    doubled each time, at most `RETRY_PAUSE_MAX`.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = super().from_crawler(crawler)
        middleware._first_pause = crawler.settings.getfloat("RETRY_PAUSE")
        middleware._longest_pause = min(crawler.settings.getfloat("RETRY_PAUSE_MAX"), LONGEST_PAUSE)
        middleware._crawl_delays = {}
        crawler.signals.connect(middleware._read_crawl_delay, signal=signals.robots_parsed)
        crawler.signals.connect(middleware._pause_after, signal=signals.response_downloaded)
        return middleware

    _first_pause: float
    _longest_pause: float
    _crawl_delays: dict[str, float]

    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        self._leave_alone(request, self._growing_pause(request))
        return super().process_exception(request, exception)

    def _pause_after(self, response: Response, request: Request) -> None:
        pause = self._crawl_delays.get(urlparse_cached(request).netloc, 0.0)
        if response.status in self.retry_http_codes:
            asked = asked_pause(response, datetime.now(UTC))
            pause = max(pause, self._growing_pause(request) if asked is None else asked)
        self._leave_alone(request, pause)

    def _growing_pause(self, request: Request) -> float:
        retries: int = request.meta.get("retry_times", 0)
        return self._first_pause * float(2**retries)

    def _leave_alone(self, request: Request, seconds: float) -> None:
        """Take no request to this host for so long; the slot reckons its delay from when it was last used."""
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot and seconds:
            slot.lastseen = max(slot.lastseen, time.monotonic() + min(seconds, self._longest_pause))

    def _read_crawl_delay(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"])
        if delay:
            self._crawl_delays[urlparse_cached(request).netloc] = delay


def asked_pause(response: Response, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, as number or HTTP date; None without a valid one."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
