"""Romania's calendar: the copy when the ministry's site turns programs away, and what the header says of the money."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.normalise import normalise
from crawler.source import sources
from crawler.spiders.national.romania import COPY
from matcher.reference.files import load_reference
from matcher.settings import Settings
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import FIXTURES, pages_in, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
PAGE = "https://mfe.gov.ro/peos/calendar-lansari-apeluri/"
GUARD = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>
<p><a href="https://example.org/">Support</a></p></body></html>"""
HEADER = "Program;Denumire apel;Zona geografică;Buget total apel{};Sursa de finanțare;Data estimată deschidere apel\n"
ROW = "Program Regional Sud-Est;Apel;LDR;5000000;FEDR;martie 2027\n"


@pytest.fixture
def crawl(tmp_path):
    def run(pages, folder="run"):
        done = dry_crawl("romania", pages, tmp_path / folder, DAY)
        return done.report, done.records

    return run


def changed(**bodies):
    """The kept pages, with another body for the calendar's page, its workbook, or the copy."""
    places = {"page": PAGE, "workbook": "https://mfe.gov.ro/wp-content/uploads/2026/11/ce7339fe643b.xlsx", "copy": COPY}
    by_url = {places[name]: body for name, body in bodies.items()}
    return [replace(page, body=by_url.get(page.url, page.body)) for page in pages_of("romania")]


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ({"page": GUARD}, "Just a moment"),
        ({"page": b"<html><title>MIPE</title><body><a href='/'>Start</a></body></html>"}, "links to no workbook"),
        ({"workbook": GUARD}, "is a web page, titled 'Just a moment...'"),
    ],
)
def test_the_copy_is_read_where_the_ministry_turns_us_away_and_the_run_says_so(crawl, bodies, said):
    report, calls = crawl(changed(**bodies))
    assert report.complete
    (alarm,) = report.alarms
    assert said in alarm
    assert COPY in alarm
    assert {call.national.file for call in calls} == {COPY}


def test_without_copy_too_the_run_fails_and_names_both(crawl):
    report, calls = crawl(changed(page=GUARD, copy=GUARD))
    assert not report.complete
    assert calls == []
    assert [PAGE in report.failures[0], COPY in report.failures[1]] == [True, True]
    assert all("Just a moment" in failure for failure in report.failures)


def test_a_call_keeps_its_reference_when_days_amounts_and_order_move(crawl):
    _, before = crawl(pages_in(FIXTURES / "romania" / "earlier"), "before")
    _, now = crawl(pages_of("romania"), "now")
    told = {call.reference: call for call in now}
    assert {call.reference for call in before} < set(told)
    for call in before:
        assert (call.title, call.applicants) == (told[call.reference].title, told[call.reference].applicants)
    assert sum(call.opening != told[call.reference].opening for call in before) >= 2


@pytest.mark.parametrize(
    ("header", "currency"),
    [(" (euro)", "EUR"), (" - EUR -", "EUR"), (" (lei)", "RON"), ("", None), (" (lei/euro)", None)],
)
def test_amounts_are_in_the_currency_that_their_header_names_or_not_understood(crawl, header, currency):
    report, records = crawl(changed(workbook=(HEADER.format(header) + ROW).encode()))
    ((call, _),) = normalise(records, sources()["romania"], load_reference(Settings().data / "reference"))
    assert (call.budget.total.currency if call.budget else None) == currency
    assert [issue.found for issue in report.issues if issue.field == "budget"] == ([] if currency else ["5000000"])


def test_a_call_of_a_regional_programme_is_for_its_region(crawl):
    _, (call,) = crawl(changed(workbook=(HEADER.format("") + ROW).encode()))
    assert call.national.area == ("Sud-Est",)
