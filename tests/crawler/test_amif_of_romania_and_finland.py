"""Two sites of national AMIF programmes: what on them is a call of the programme, and calendars in other forms."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.platforms.wordpress_answers import Post
from crawler.source import RawCall, sources
from crawler.spiders.national.amif_romania import CALENDAR, AmifRomania
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.mutations import ERROR
from tests.doubles.replay import FIXTURES, Page, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Apeluri</title><item>
<title>Apel FAMI - cursuri</title><link>https://fed.mai.gov.ro/6001/apel-fami-cursuri/</link>
<pubDate>Mon, 09 Nov 2026 08:00:00 +0000</pubDate><description>Cursuri.</description></item></channel></rss>"""


@pytest.fixture
def crawl(tmp_path):
    def run(name, pages):
        done = dry_crawl(name, pages, tmp_path / "run", DAY)
        records = done.records
        return done.report, [record for record in records if isinstance(record, RawCall)]

    return run


def with_calendar(body):
    return [replace(page, body=body) if page.url == CALENDAR else page for page in pages_of("amif_romania")]


@pytest.mark.parametrize(
    ("title", "announces"),
    [
        ("Apel FAMI – cursuri de limba română", True),
        ("Apelul de propuneri de proiecte FAMI/4/2026", True),
        ("Apel FSI – echipamente", False),
        ("Acțiuni specifice FAMI – apel", False),
        ("Comisia Europeană: apel FAMI pentru acțiuni ale Uniunii", False),
        ("Rezultatele apelului FAMI 1/2026", False),
        ("Calendar orientativ apeluri FAMI", False),
        ("Consultare publică: apel FAMI", False),
        ("Prelungirea apelului FAMI 2/2026", False),
        ("Conferință FAMI la București", False),
    ],
)
def test_which_posts_announce_a_call_of_the_programme(title, announces):
    spider = AmifRomania(source=sources()["amif_romania"])
    assert spider._announces(Post("https://fed.mai.gov.ro/1/x/", title, "<p>Text.</p>")) is announces
    assert bool(spider.issues) is title.startswith("Prelungirea")


def test_where_the_interface_is_closed_the_feed_of_the_category_is_read(crawl):
    feed = Page("https://fed.mai.gov.ro/in/apeluri/feed/", FEED.encode(), type="application/rss+xml")
    pages = [page for page in pages_of("amif_romania") if "wp-json" not in page.url]
    report, calls = crawl("amif_romania", [feed, *pages])
    assert report.complete
    assert calls[0].reference == "6001/apel-fami-cursuri"
    assert any("the feed was read instead" in note for note in report.notes)


def test_a_calendar_that_is_a_workbook_is_read_as_one(crawl):
    url = "https://fed.mai.gov.ro/wp-content/uploads/2026/11/calendar-v5.csv.xlsx"
    page = b"<html><title>Lansare</title><body><h1>Lansare</h1><a href='%s'>Calendar, versiunea 5</a></body></html>"
    table = "Fond;Titlu apel;Data estimată lansare\nFAMI;Sprijin pentru tineri;mai 2027\nIMFV;Radare;iunie 2027\n"
    pages = [*with_calendar(page % url.encode()), Page(url, table.encode(), type="text/csv")]
    report, calls = crawl("amif_romania", pages)
    assert report.complete
    planned = [call for call in calls if call.status == "planned"]
    assert [(call.title, call.opening, call.programme) for call in planned] == [
        ("Sprijin pentru tineri", "mai 2027", "AMIF-NATIONAL")
    ]


def test_a_calendar_in_a_form_that_is_not_read_is_said_and_kept(crawl):
    page = b"<html><title>Lansare</title><body><h1>Lansare</h1><p>Vezi documentul.</p></body></html>"
    report, calls = crawl("amif_romania", with_calendar(page))
    assert report.complete
    assert not any(call.status == "planned" for call in calls)
    assert any("its calls are not read" in note for note in report.notes)


def test_a_calendar_page_that_is_gone_is_an_alarm(crawl):
    report, calls = crawl("amif_romania", with_calendar(b"<html><title>404</title></html>"))
    assert len(calls) == 3
    assert CALENDAR in report.alarms[0]


def test_a_page_of_the_commissions_calls_that_is_linked_as_a_call_is_none(crawl):
    url = "https://eusa-rahastot2021.fi/haut"
    listed = (
        b"<html><title>Haut</title><body><main><h1>Haut</h1><a href='/tulevat'>AMIF-haku 2027</a></main></body></html>"
    )
    union = (FIXTURES / "amif_finland" / "komissio.html").read_bytes()
    report, calls = crawl("amif_finland", [Page(url, listed), Page("https://eusa-rahastot2021.fi/tulevat", union)])
    assert calls == []
    assert any("left out 1 of 1" in note for note in report.notes)


def test_an_error_page_for_a_call_is_an_issue_and_the_others_are_read(crawl):
    pages = pages_of("amif_finland")
    gone = next(page for page in pages if page.url.endswith("/amif-haku-kevat-2027"))
    report, calls = crawl("amif_finland", [replace(page, body=ERROR) if page is gone else page for page in pages])
    assert len(calls) == 4
    assert [issue.field for issue in report.issues] == ["page"]
