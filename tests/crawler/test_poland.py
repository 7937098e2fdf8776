"""The timetables on Poland's open data portal: identity of their calls, and data sets that cannot be read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.spiders.national import poland
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.mutations import LOGIN
from tests.doubles.replay import FIXTURES, pages_in, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
API = "https://api.dane.gov.pl/1.4/datasets/28776/"
WORKBOOK = "https://api.dane.gov.pl/media/resources/20261103/fers-2026-11.xlsx"


@pytest.fixture
def crawl(tmp_path):
    def run(pages, folder="run"):
        done = dry_crawl("poland", pages, tmp_path / folder, DAY)
        return done.report, done.records

    return run


def changed(start, body):
    return [replace(page, body=body) if page.url.startswith(start) else page for page in pages_of("poland")]


def test_a_call_keeps_its_reference_when_days_amounts_and_order_move(crawl):
    _, before = crawl(pages_in(FIXTURES / "poland" / "earlier"), "before")
    _, now = crawl(pages_of("poland"), "now")
    told = {call.reference: call for call in now}
    assert {call.reference for call in before} < set(told)
    moved = [
        call
        for call in before
        if (call.opening, call.budget) != (told[call.reference].opening, told[call.reference].budget)
    ]
    assert len(moved) >= 2
    assert all(told[call.reference].title == call.title for call in before)


@pytest.mark.parametrize(
    ("start", "body", "said"),
    [
        (API, b'{"data": [], "links": {}}', "no table whose title holds 'harmonogram'"),
        (API, b'{"errors": [{"title": "Not found"}]}', "is no list of resources"),
        (API, LOGIN, "is no JSON"),
        (WORKBOOK, LOGIN, "is a web page, titled 'Sign in'"),
        (WORKBOOK, b"Priorytet;Tytu\xc5\x82;Data pocz\xc4\x85tkowa\n", "no call below"),
    ],
)
def test_a_data_set_that_cannot_be_read_is_a_failure_and_the_other_is_read(crawl, start, body, said):
    report, calls = crawl(changed(start, body))
    assert not report.complete
    (failure,) = report.failures
    assert said in failure
    assert {call.programme for call in calls} == {"EFRR"}


def test_a_further_programme_is_a_further_line(crawl, tmp_path, monkeypatch):
    listed = tmp_path / "datasets.yml"
    listed.write_text("4761: {programme: Another programme, fund: EFS+}\n", encoding="utf-8")
    monkeypatch.setattr(poland, "DATASETS", listed)
    report, calls = crawl(pages_of("poland"))
    assert report.complete
    assert {(call.national.programme, call.programme) for call in calls} == {("Another programme", "EFS+")}


def test_two_programmes_that_plan_calls_of_one_name_have_two_calls(crawl):
    same = next(page.body for page in pages_of("poland") if page.url == WORKBOOK)
    _, calls = crawl(changed("https://api.dane.gov.pl/resources/80410", same))
    assert len(calls) == 28
    assert len({call.reference for call in calls}) == 28
