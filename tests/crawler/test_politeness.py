"""Robots, pauses and hosts over a real socket, as the sites see them."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from scrapy.http import Response

from crawler.middlewares import asked_pause
from tests.doubles.site import Says, Site
from tests.doubles.visitor import visit

NO_ENTRY = Says(body=b"User-agent: *\nDisallow: /private/\n", wait=0.3)
ALL_WELCOME = Says(body=b"User-agent: *\nAllow: /\n")
ONE_RETRY = {"RETRY_TIMES": 1}


def pages(count: int, folder: str) -> list[str]:
    return [f"https://site.test/{folder}/{number}" for number in range(count)]


def test_no_disallowed_request_passes_while_robots_txt_is_on_its_way():
    with Site({"/robots.txt": [NO_ENTRY]}) as site:
        outcome = visit(pages(20, "private") + pages(2, "public"), {"site.test": site.address})
    assert sorted(site.pages()) == ["/public/0", "/public/1"]
    assert len(site.asked("/robots.txt")) == 1
    assert len(outcome.refused) == 20
    assert all("robots.txt" in reason for reason in outcome.refused.values())


@pytest.mark.parametrize("failing", [Says(status=503), Says(status=429), Says(wait=1.5), Says(cut=True)])
def test_an_unreachable_robots_txt_means_no(failing):
    with Site({"/robots.txt": [failing]}) as site:
        outcome = visit(pages(3, "public"), {"site.test": site.address}, ONE_RETRY | {"DOWNLOAD_TIMEOUT": 0.5})
    assert site.pages() == []
    assert all("robots.txt could not be read" in reason for reason in outcome.refused.values())
    assert len(outcome.refused) == 3


def test_a_missing_robots_txt_means_yes_whatever_its_error_page_says():
    with Site({"/robots.txt": [Says(status=404, body=b"User-agent: *\nDisallow: /\n")]}) as site:
        outcome = visit(pages(1, "public"), {"site.test": site.address})
    assert outcome.statuses == {"https://site.test/public/0": 200}


def retry_after(value: str) -> list[Says]:
    return [Says(status=429, headers=(("Retry-After", value),)), Says()]


def test_retry_after_in_seconds_keeps_the_whole_host_waiting():
    with Site({"/robots.txt": [ALL_WELCOME], "/first": retry_after("1")}) as site:
        first, others = "https://site.test/first", pages(3, "public")
        outcome = visit([first, *others], {"site.test": site.address})
    start, *later = [moment for moment, path in site.visits if path != "/robots.txt"]
    assert site.pages()[0] == "/first"
    assert min(later) - start >= 1.0
    assert outcome.statuses[first] == 200


def test_retry_after_as_a_date():
    with Site({"/robots.txt": [ALL_WELCOME], "/first": [Says(status=429, back_in=2), Says()]}) as site:
        visit(["https://site.test/first"], {"site.test": site.address})
    first, second = site.asked("/first")
    assert second - first >= 0.9


def test_a_long_retry_after_is_cut_short():
    with Site({"/robots.txt": [ALL_WELCOME], "/first": retry_after("86400")}) as site:
        visit(["https://site.test/first"], {"site.test": site.address}, {"RETRY_PAUSE_MAX": 0.5})
    first, second = site.asked("/first")
    assert 0.5 <= second - first < 10


def test_pauses_grow_from_retry_to_retry():
    with Site({"/robots.txt": [ALL_WELCOME], "/first": [Says(status=500)]}) as site:
        outcome = visit(
            ["https://site.test/first"], {"site.test": site.address}, {"RETRY_PAUSE": 0.2, "RETRY_TIMES": 3}
        )
    gaps = [later - earlier for earlier, later in pairwise(site.asked("/first"))]
    assert outcome.statuses == {"https://site.test/first": 500}
    assert [gap >= pause for gap, pause in zip(gaps, (0.2, 0.4, 0.8), strict=True)] == [True, True, True]


def test_crawl_delay_is_kept():
    with Site({"/robots.txt": [Says(body=b"User-agent: *\nCrawl-delay: 0.4\n")]}) as site:
        visit(pages(4, "public"), {"site.test": site.address})
    moments = [moment for moment, path in site.visits if path != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.38


def test_one_request_at_a_time_per_host():
    slow = {f"/public/{number}": [Says(wait=0.15)] for number in range(4)}
    with Site({"/robots.txt": [ALL_WELCOME], **slow}) as site:
        visit(pages(4, "public"), {"site.test": site.address})
    moments = [moment for moment, path in site.visits if path != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.14


def test_a_redirect_to_another_host_is_not_followed_even_after_a_retry():
    away = Says(status=302, headers=(("Location", "https://other.test/trap"),))
    with Site({"/robots.txt": [ALL_WELCOME], "/first": [Says(status=500), away]}) as site:
        both = {"site.test": site.address, "other.test": site.address}
        outcome = visit(["https://site.test/first"], both)
    assert site.asked("/trap") == []
    assert "other.test is not one of site.test" in outcome.refused["https://site.test/first"]


def test_a_subdomain_is_another_host():
    with Site({"/robots.txt": [ALL_WELCOME]}) as site:
        outcome = visit(["https://deep.site.test/"], {"deep.site.test": site.address})
    assert site.visits == []
    assert "deep.site.test" in outcome.refused["https://deep.site.test/"]


def test_redirects_end():
    around = Says(status=302, headers=(("Location", "/first"),))
    with Site({"/robots.txt": [ALL_WELCOME], "/first": [around]}) as site:
        outcome = visit(["https://site.test/first"], {"site.test": site.address})
    assert len(site.asked("/first")) == 6
    assert "redirections" in outcome.refused["https://site.test/first"]


@pytest.mark.parametrize(
    "address", ["https://site.test:22/", "https://someone:secret@site.test/", "http://site.test:8080/x"]
)
def test_an_allowed_host_is_asked_on_no_odd_port_and_in_no_name(address):
    sent_on = Says(status=302, headers=(("Location", address),))
    with Site({"/robots.txt": [ALL_WELCOME], "/first": [sent_on]}) as site:
        outcome = visit([address, "https://site.test/first", "https://site.test:443/x"], {"site.test": site.address})
    assert site.pages() == ["/first", "/x"] or site.pages() == ["/x", "/first"]
    assert "neither is followed" in outcome.refused[address]
    assert "neither is followed" in outcome.refused["https://site.test/first"]


NOW = datetime(2026, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("Sat, 10 Oct 2026 00:01:30 GMT", 90.0),
        ("Fri, 09 Oct 2026 23:00:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("", None),
    ],
)
def test_asked_pause(header, seconds):
    assert asked_pause(Response("https://a.test", headers={"Retry-After": header}), NOW) == seconds


def test_no_header_asks_for_no_pause():
    assert asked_pause(Response("https://a.test", body=b""), NOW) is None
