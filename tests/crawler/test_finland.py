"""The notices of Finland's EURA 2021: identity of a notice that gets its code later, and data of another form."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import pytest

from crawler.spiders.national.finland import LIST, name_of
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.mutations import ERROR
from tests.doubles.replay import FIXTURES, pages_in, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
STATE = re.compile(rb'(?<=<script type="__PREACT_CLI_DATA__">)[^<]+')


@pytest.fixture
def crawl(tmp_path):
    def run(pages, folder="run"):
        done = dry_crawl("finland", pages, tmp_path / folder, DAY)
        return done.report, done.records

    return run


def with_data(change):
    """The kept pages, the data of the list changed in place."""
    first, *others = pages_of("finland")
    assert first.url == LIST
    state = json.loads(unquote(STATE.search(first.body)[0].decode()))
    change(state["preRenderData"])
    written = quote(json.dumps(state)).encode()
    return [replace(first, body=STATE.sub(lambda _: written, first.body)), *others]


def test_a_notice_that_gets_its_code_later_is_the_same_call(crawl):
    _, before = crawl(pages_in(FIXTURES / "finland" / "earlier"), "before")
    _, now = crawl(pages_of("finland"), "now")
    codes = [{call.reference: call.identifier for call in calls} for calls in (before, now)]
    late = [key for key, code in codes[0].items() if code == key and codes[1][key] != key]
    assert [codes[1][key] for key in late] == ["PSUEVK-205"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(hankehaku=[]),
        lambda data: data.update(hankehaku=None),
        lambda data: data.update(hankehaku={"id": 1}),
        lambda data: data.clear(),
    ],
)
def test_a_list_without_notices_is_a_failure(crawl, change):
    report, calls = crawl(with_data(change))
    assert not report.complete
    assert calls == []
    assert "hankehaku" in report.failures[0]


@pytest.mark.parametrize(
    ("field", "value", "lost"),
    [
        ("hakuaika", "2.11.2026", {"opening": "", "deadlines": ()}),
        ("tila", ["haettavissa"], {"status": ""}),
        ("otsikko", {"fi": "Haku", "sv": "Utlysning"}, {"title": ""}),
        ("jatkuvaHaku", "ei", {"deadlines": ("2026-12-18",)}),
    ],
)
def test_a_field_that_changes_its_form_is_left_out_and_told(crawl, field, value, lost):
    report, calls = crawl(with_data(lambda data: data["hankehaku"][1].update({field: value})))
    assert report.complete
    assert len(calls) == 18
    assert calls[1].model_dump(include=lost.keys()) == lost
    assert [issue.reference for issue in report.issues if issue.field == field] == [calls[1].reference]


@pytest.mark.parametrize(
    ("field", "value"), [("maakunnat", "Uusimaa"), ("maakunnat", ["01", {"koodi": "02"}]), ("alue", {"koodi": "X"})]
)
def test_an_area_of_another_form_is_unknown_and_never_a_wider_one(crawl, field, value):
    report, calls = crawl(with_data(lambda data: data["hankehaku"][1].update({field: value})))
    assert calls[1].national.area == ()
    assert field in {issue.field for issue in report.issues}


def test_a_notice_that_is_no_object_is_told_and_the_others_are_read(crawl):
    report, calls = crawl(with_data(lambda data: data["hankehaku"].__setitem__(1, None)))
    assert len(calls) == 17
    assert "records" in {issue.field for issue in report.issues}


def test_pages_of_notices_that_fail_leave_what_the_list_says_and_are_counted(crawl):
    pages = [page if page.url == LIST else replace(page, body=ERROR) for page in pages_of("finland")]
    report, calls = crawl(pages)
    assert len(calls) == 18
    assert not any(call.description for call in calls)
    assert (report.listed, report.fetched) == (14, 0)
    assert sum(issue.field == "page" for issue in report.issues) == 14


@pytest.mark.parametrize(
    ("codes", "code", "name"),
    [
        ({"alue": {"ETELA_SUOMI": {"fi": "Etelä-Suomi", "sv": "Södra Finland"}}}, "ETELA_SUOMI", "Etelä-Suomi"),
        ({"alue": {"7": "Kainuu"}}, 7, "Kainuu"),
        ({"alue": {}}, "UUSI", "UUSI"),
        ({}, "UUSI", "UUSI"),
        (None, "UUSI", "UUSI"),
        ({"alue": {}}, None, ""),
    ],
)
def test_a_code_is_written_as_its_name_or_stays_as_it_is(codes, code, name):
    assert name_of(codes, "alue", code) == name
