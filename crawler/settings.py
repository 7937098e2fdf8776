"""The Scrapy settings of every crawl: polite to sites, safe for the machine. Knows no source, reads no environment."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

MEBIBYTE = 1024 * 1024
SHORTEST_DELAY = 0.001

PINNED: dict[str, Any] = {
    "BOT_NAME": "eu-funding-matcher",
    "SPIDER_MODULES": ["crawler.spiders"],
    # Politeness. Crawl-delay, Retry-After and an unreachable robots.txt are handled in crawler.middlewares.
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY_JITTER": 0.0,  # by default a delay of one second may be half a second
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": True,
    "RETRY_TIMES": 4,
    "RETRY_HTTP_CODES": [408, 429, 500, 502, 503, 504, 522, 524],
    "REDIRECT_MAX_TIMES": 5,
    "METAREFRESH_ENABLED": False,
    "REFERER_ENABLED": False,
    # Limits: an endless, huge or silent answer ends; so does a crawl that never does.
    "DOWNLOAD_TIMEOUT": 60,
    "DOWNLOAD_MAXSIZE": 16 * MEBIBYTE,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "CLOSESPIDER_TIMEOUT": 2 * 60 * 60,
    "CLOSESPIDER_ERRORCOUNT": 20,
    "MEMUSAGE_ENABLED": True,
    "MEMUSAGE_LIMIT_MB": 2048,
    # Doors that Scrapy leaves open by default.
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.downloads.Downloads",
        "https": "crawler.downloads.Downloads",
        "data": None,
        "file": None,
        "ftp": None,
        "s3": None,
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "crawler.middlewares.AllowedHosts": 50,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.middlewares.PoliteRobots": 100,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "crawler.middlewares.RetryAfter": 550,
    },
    "ITEM_PIPELINES": {"crawler.pipeline.RawFile": 100},
    "LOG_LEVEL": "INFO",
}


def scrapy_settings(contact: str, delay: float = 1.0, hosts: dict[str, str] | None = None) -> dict[str, Any]:
    """The pinned block with the operator's contact in the user agent and the pace of this crawl.

    `delay`: least seconds between two requests to a host; pauses before retries grow from twice that. Never quite
    zero: without any delay Scrapy 2.19 hands out all waiting requests of a host at once, and minds no pause.
    `hosts`: mirrors by host name (`Settings.hosts`); when given, no other host can be reached.
    """
    delay = max(delay, SHORTEST_DELAY)
    return PINNED | {
        "USER_AGENT": user_agent(contact),
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": 60 * delay,
        "RETRY_PAUSE": 2 * delay,
        "RETRY_PAUSE_MAX": 120.0,
        "MIRRORS": dict(hosts or {}),
    }


def user_agent(contact: str) -> str:
    """Names the program, and whom a site can write to."""
    program = f"eu-funding-matcher/{version('eu-funding-matcher')}"
    return f"{program} (+{contact})" if contact else program
