"""National calls that stand on pages of their own: what the kept pages of Greece, Lithuania and Latvia cannot show."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.source import RawCall
from tests.doubles.dry_crawl import DryCrawl, dry_crawl
from tests.doubles.replay import FIXTURES, Page, pages_in, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
GREEK_LIST = "https://www.espa.gr/el/Pages/Proclamations.aspx"
GUARD = b"<html><head><title>Just a moment...</title></head><body><main>Checking your browser</main></body></html>"


@pytest.fixture
def crawl(tmp_path):
    def run(name: str, pages: list[Page]) -> DryCrawl:
        return dry_crawl(name, pages, tmp_path / "run", DAY)

    return run


def calls_of(crawled: DryCrawl) -> dict[str, RawCall]:
    records = crawled.records
    return {record.reference: record for record in records if isinstance(record, RawCall)}


def changed(pages: list[Page], url: str, **update: object) -> list[Page]:
    assert any(page.url == url for page in pages)
    return [replace(page, **update) if page.url == url else page for page in pages]


def text_changed(name: str, old: str, new: str) -> list[Page]:
    pages = pages_of(name)
    assert any(old.encode() in page.body for page in pages)
    return [replace(page, body=page.body.replace(old.encode(), new.encode())) for page in pages]


@pytest.fixture
def deaf():
    """The Greek site where it heeds no page number in an address: it shows the first page to whoever asks so."""
    pages = pages_of("greece")
    first = next(page for page in pages if page.url == GREEK_LIST)
    second = next(page for page in pages if page.url == f"{GREEK_LIST}?start=10")
    return pages, first, second


def test_a_list_that_heeds_no_address_is_paged_by_its_form(crawl, deaf):
    pages, first, second = deaf
    posted = replace(second, asks=("DropDownListPagesTop=2", "__VIEWSTATE=dGVzdA", "__EVENTTARGET=ctl00"))
    crawled = crawl("greece", [posted, *changed(pages, second.url, body=first.body)])
    assert not crawled.report.failures
    assert len(crawled.lists[GREEK_LIST]) == 15


def test_a_list_that_does_not_move_on_is_not_read_as_whole(crawl, deaf):
    pages, first, second = deaf
    report = crawl("greece", changed(pages, second.url, body=first.body)).report
    assert report.failures == (f"{second.url}: shows page 1 of the list, 2 was asked by address and by form",)
    assert not report.complete


@pytest.mark.parametrize("status", [200, 403])
def test_a_guard_before_the_list_is_a_failure_that_says_so(crawl, status):
    report = crawl("greece", changed(pages_of("greece"), GREEK_LIST, body=GUARD, status=status)).report
    assert not report.complete
    (failure,) = report.failures
    assert failure.startswith(
        f"{GREEK_LIST}: answered {status} with a page of a guard against robots ('Just a moment...')"
    )


def test_one_page_behind_a_guard_is_one_issue_and_the_others_are_read(crawl):
    crawled = crawl("greece", pages_of("greece"))
    (issue,) = crawled.report.issues
    assert "a guard against robots" in issue.problem
    assert len(calls_of(crawled)) == crawled.report.listed - 1
    assert crawled.report.complete


def test_nothing_of_contact_persons_is_read(crawl):
    """Their names, addresses and numbers stand on the kept pages of Lithuania."""
    assert any(b"@" in page.body for page in pages_of("lithuania"))
    told = "".join(call.model_dump_json() for call in calls_of(crawl("lithuania", pages_of("lithuania"))).values())
    assert not any(part in told for part in ("@", "+370", "Vardenė"))


@pytest.mark.parametrize("behind", ["Liko 3 d. 2 val.", "Pasibaigęs", ""])
def test_what_stands_behind_a_day_is_no_part_of_it(crawl, behind):
    pages = text_changed("lithuania", "2027-03-01 17:00 Liko 101 d. 10 val.", f"2027-03-01 17:00 {behind}")
    call = calls_of(crawl("lithuania", pages))["kvietimai/integruotos-paslaugos-asmens-namuose"]
    assert call.deadlines == ("2027-03-01 17:00",)


def test_a_planned_call_with_one_day_opens_then_and_an_open_one_ends_then(crawl):
    planned, opened = "proclamations/6391", "proclamations/6352"
    pages = text_changed("greece", "20/09/2026 - 20/01/2027", "20/01/2027")
    calls = calls_of(crawl("greece", pages))
    assert (calls[planned].opening, calls[planned].deadlines) == ("Μάρτιος 2027", ())
    assert (calls[opened].opening, calls[opened].deadlines) == ("", ("20/01/2027",))


@pytest.mark.parametrize("words", ["έως 20/01/2027", "μέχρι 20/01/2027 14:00"])
def test_a_planned_call_whose_one_day_is_its_end_keeps_it_as_such(crawl, words):
    call = calls_of(crawl("greece", text_changed("greece", "Μάρτιος 2027", words)))["proclamations/6391"]
    assert (call.opening, call.deadlines) == ("", (words,))


@pytest.mark.parametrize("start", [0, 1])
def test_a_list_may_count_its_pages_from_0_or_from_1(crawl, start):
    """The Latvian list was never seen: its pages are found by the links it has."""
    pages = pages_of("latvia")
    if start:
        pages = [replace(page, url=page.url.replace("?page=1", "?page=2")) for page in pages]
        pages = [
            replace(page, body=page.body.replace(b"?page=1", b"?page=2").replace(b"?page=0", b"?page=1"))
            for page in pages
        ]
    crawled = crawl("latvia", pages)
    assert crawled.report.listed == 8
    assert not crawled.report.failures


@pytest.mark.parametrize("name", ["greece", "lithuania", "latvia"])
def test_a_call_that_opens_keeps_its_reference(crawl, tmp_path, name):
    opened = json.loads((FIXTURES / name / "earlier" / "opened.json").read_text(encoding="utf-8"))
    before = calls_of(dry_crawl(name, pages_in(FIXTURES / name / "earlier"), tmp_path / "earlier", DAY))
    now = calls_of(crawl(name, pages_of(name)))
    assert opened
    for reference in opened:
        assert before[reference].status in ("Αναμένεται", "Planuojamas", "Plānots")
        assert now[reference].status in ("Ενεργή", "Paskelbtas", "Izsludināts")
