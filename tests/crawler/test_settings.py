"""The pinned settings, as a running crawl sees them."""

import pytest

from crawler.run import CannotCrawl, checked_delay
from crawler.settings import scrapy_settings
from crawler.source import sources
from tests.doubles.site import Site
from tests.doubles.visitor import visit

EXPECTED = {
    "BOT_NAME": "eu-funding-matcher",
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 1.0,
    "DOWNLOAD_DELAY_JITTER": 0.0,
    "AUTOTHROTTLE_START_DELAY": 1.0,
    "AUTOTHROTTLE_MAX_DELAY": 60.0,
    "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    "RETRY_PAUSE": 2.0,
    "RETRY_PAUSE_MAX": 120.0,
    "RETRY_ENABLED": True,
    "RETRY_HTTP_CODES": [408, 429, 500, 502, 503, 504, 522, 524],
    "REFERER_ENABLED": False,
    "DOWNLOAD_WARNSIZE": 0,
    "MEMUSAGE_ENABLED": True,
    "ITEM_PIPELINES": {"crawler.pipeline.RawFile": 100},
    "LOG_LEVEL": "INFO",
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "AUTOTHROTTLE_ENABLED": True,
    "COOKIES_ENABLED": False,
    "RETRY_TIMES": 4,
    "REDIRECT_MAX_TIMES": 5,
    "METAREFRESH_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 60,
    "DOWNLOAD_MAXSIZE": 16 * 1024 * 1024,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "CLOSESPIDER_TIMEOUT": 7200,
    "CLOSESPIDER_ERRORCOUNT": 20,
    "MEMUSAGE_LIMIT_MB": 2048,
}


@pytest.fixture(scope="module")
def crawl() -> tuple[dict, list[float]]:
    """A crawl at the pace of real sites: the settings it saw, and when it asked."""
    with Site() as site:
        pages = [f"https://site.test/{number}" for number in range(3)]
        settings = visit(pages, {"site.test": site.address}, delay=1.0).settings
        return settings, [moment for moment, _ in site.visits]


@pytest.fixture(scope="module")
def seen(crawl) -> dict:
    return crawl[0]


def test_two_requests_to_a_site_are_a_second_apart(crawl):
    moments = crawl[1]
    assert len(moments) == 4
    # As the server sees it: on a busy machine one request may be longer on its way than the next, but all together
    # cannot come faster than they are sent.
    assert moments[-1] - moments[0] >= 3 * 0.9


@pytest.mark.parametrize("name", EXPECTED)
def test_setting_is_pinned(seen, name):
    assert seen[name] == EXPECTED[name]


def test_every_pinned_setting_is_looked_at():
    elsewhere = {"SPIDER_MODULES", "DOWNLOAD_HANDLERS", "DOWNLOADER_MIDDLEWARES", "USER_AGENT", "MIRRORS"}
    assert set(scrapy_settings("")) == set(EXPECTED) | elsewhere


def test_only_http_and_https_have_handlers(seen):
    handlers = {scheme: handler for scheme, handler in seen["DOWNLOAD_HANDLERS"].items() if handler}
    assert sorted(handlers) == ["http", "https"]
    assert {scheme for scheme, handler in seen["DOWNLOAD_HANDLERS"].items() if not handler} == {
        "data",
        "file",
        "ftp",
        "s3",
    }


def test_our_middlewares_replace_those_of_scrapy(seen):
    placed = seen["DOWNLOADER_MIDDLEWARES"]
    assert [
        placed[f"scrapy.downloadermiddlewares.{name}"]
        for name in ("offsite.OffsiteMiddleware", "robotstxt.RobotsTxtMiddleware", "retry.RetryMiddleware")
    ] == [None, None, None]
    assert [placed[f"crawler.middlewares.{name}"] for name in ("AllowedHosts", "PoliteRobots", "RetryAfter")] == [
        50,
        100,
        550,
    ]


def test_user_agent_names_program_and_contact(seen):
    assert seen["USER_AGENT"].startswith("eu-funding-matcher/")
    assert seen["USER_AGENT"].endswith(" (+https://example.org/contact)")


def test_real_sites_are_asked_once_a_second_at_most():
    assert checked_delay(None, sources()["funding_tenders"], {}) == 1.0


@pytest.mark.parametrize(
    "hosts", [{}, {"a.test": "http://192.0.2.1"}, {"a.test": "http://127.0.0.1:1", "b.test": "https://b.test"}]
)
def test_a_shorter_delay_needs_mirrors_on_this_machine(hosts):
    with pytest.raises(CannotCrawl, match=r"127\.0\.0\.1"):
        checked_delay(0.0, sources()["funding_tenders"], hosts)


def test_a_local_mirror_may_be_asked_without_delay():
    assert checked_delay(0.0, sources()["funding_tenders"], {"a.test": "http://127.0.0.1:1"}) == 0.0
