"""ITMS21+: what becomes of a run when lists or own pages fail, and when a plan and a call are one."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.spiders.national.slovakia_records import area, continuations, deadline_model, is_past, state
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.mutations import ERROR, LOGIN
from tests.doubles.replay import pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
LISTS = ("planovanavyzva?limit=-1", "vyzva?limit=-1")
WALL = b"<html><head><title>Request Rejected</title></head><body>Your support ID is: 18.</body></html>"


def is_list(page) -> bool:
    return page.url.endswith(LISTS)


@pytest.fixture
def crawled(tmp_path):
    """Report and calls, by reference, of a crawl of the kept pages with some of them changed."""

    def run(change=lambda page: page):
        crawl = dry_crawl("slovakia", [change(page) for page in pages_of("slovakia")], tmp_path / "run", DAY)
        calls = crawl.records
        return crawl.report, {call.reference: call for call in calls}

    return run


def edited(page, change):
    held = json.loads(page.body)
    change(held)
    return replace(page, body=json.dumps(held).encode())


@pytest.mark.parametrize("ending", LISTS)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: edited(page, lambda held: held.update(results=[], size=0)), id="emptied"),
        pytest.param(lambda page: edited(page, lambda held: held["results"].pop()), id="one less than it says"),
        pytest.param(lambda page: edited(page, lambda held: held["results"].append("x")), id="a bare value"),
        pytest.param(lambda page: edited(page, lambda held: held.update(results={})), id="no list"),
        pytest.param(lambda page: replace(page, body=LOGIN, type="text/html"), id="login page"),
        pytest.param(lambda page: replace(page, body=ERROR, type="text/html"), id="error page"),
        pytest.param(lambda page: replace(page, body=b'{"supportID": "18"}'), id="firewall"),
        pytest.param(lambda page: replace(page, body=page.body[:2000]), id="cut off"),
        pytest.param(lambda page: replace(page, body=b"[" * 5000), id="nested"),
        pytest.param(lambda page: replace(page, status=403), id="forbidden"),
    ],
)
def test_without_both_lists_there_is_no_run(crawled, ending, change):
    report, calls = crawled(lambda page: change(page) if page.url.endswith("v1/" + ending) else page)
    assert not report.complete
    assert ending in report.failures[0]
    assert not calls


def test_a_list_without_titles_is_not_this_list(crawled):
    report, _ = crawled(lambda page: replace(page, body=page.body.replace(b"nazovSk", b"nazov_sk")))
    assert not report.complete
    assert "no record has a title at nazovSk or nazovEn" in report.failures[0]


def test_behind_a_wall_the_lists_still_give_every_call_under_its_key(crawled, tmp_path):
    _, before = crawled()
    (tmp_path / "run").rename(tmp_path / "before")
    report, calls = crawled(lambda page: page if is_list(page) else replace(page, body=WALL, type="text/html"))
    assert report.complete
    assert report.partial
    assert "the own pages of 24 of 24 calls did not answer" in report.alarms[0]
    assert calls.keys() == before.keys()
    assert {call.title for call in calls.values()} == {call.title for call in before.values()}
    assert {call.programme for call in calls.values()} >= {"ESF+", "EFRR", "FST"}


def test_a_plan_that_is_announced_does_not_stand_beside_its_call(crawled):
    report, calls = crawled()
    assert report.records == len(calls) == 20
    assert len({call.title for call in calls.values()}) == 20


def test_a_single_page_that_is_kept_from_us_is_an_issue_and_no_alarm(crawled):
    report, calls = crawled()
    assert [issue.reference for issue in report.issues if issue.field == "page"] == ["vyzva-9803"]
    assert not report.partial
    assert calls["planovana-2103"].title == "Nájomné byty pre domácnosti v bytovej núdzi"
    assert calls["planovana-2103"].description == ""
    assert calls["planovana-2101"].description


def test_a_page_of_another_record_is_not_taken_for_it(crawled):
    def swapped(page):
        return edited(page, lambda held: held.update(id=1)) if page.url.endswith("vyzva/id/9701") else page

    report, calls = crawled(swapped)
    assert "vyzva-9701" in [issue.reference for issue in report.issues if issue.field == "page"]
    assert calls["vyzva-9701"].description == ""


def test_a_call_keeps_its_key_when_it_is_closed(crawled):
    def closed(page):
        if page.url.endswith("vyzva/id/9802"):
            return edited(page, lambda held: held.update(uzavreta=True))
        return page

    _, calls = crawled(closed)
    assert calls["planovana-2102"].status == "uzavretá"
    assert calls["planovana-2102"].deadlines == (), "its last day lies ahead and no longer holds"
    assert calls["planovana-2102"].opening == "2026-11-10"


def test_days_are_those_of_slovakia(crawled):
    _, calls = crawled()
    assert calls["planovana-2105"].opening == "2027-02-01", "midnight there is still the day before in UTC"


def test_the_row_is_the_record_s_number_in_the_list_as_it_came(crawled):
    _, calls = crawled()
    listed = next(json.loads(page.body)["results"] for page in pages_of("slovakia") if page.url.endswith(LISTS[0]))
    for reference, call in calls.items():
        if call.status == "plánovaná":
            assert f"planovana-{listed[call.national.row - 1]['id']}" == reference


def plan(number, **more):
    return {"id": number, "kod": f"P{number}", "nazovSk": f"Plán {number}", "vyhlasena": True} | more


def call(number, **more):
    return {"id": number, "kod": f"V{number}", "nazovSk": f"Výzva {number}"} | more


@pytest.mark.parametrize(
    ("planned", "announced", "follows", "stood_for"),
    [
        ([plan(1)], [call(7, planovanaVyzva=[{"id": 1}])], {7: 1}, {1}),
        ([plan(1, vyzva=[{"id": 7}])], [call(7)], {7: 1}, {1}),
        ([plan(1)], [call(7, kod="P1")], {7: 1}, {1}),
        ([plan(1)], [call(7, nazovSk="Plán 1")], {7: 1}, {1}),
        ([plan(1, vyhlasena=False)], [call(7, nazovSk="Plán 1")], {}, set()),
        ([plan(1)], [call(7)], {}, set()),
        ([plan(1, vyzva=[{"id": 8}])], [call(7, nazovSk="Plán 1"), call(8)], {8: 1}, {1}),
        ([plan(1, vyzva=[{"id": 10}, {"id": 9}])], [call(10), call(9)], {9: 1}, {1}),
        ([plan(2), plan(1)], [call(7, planovanaVyzva=[{"id": 2}, {"id": 1}])], {7: 1}, {1, 2}),
        ([], [call(7, planovanaVyzva=[{"id": 1}])], {7: 1}, {1}),
        ([plan(1, vyzva=[{"id": 7}])], [], {7: 1}, set()),
        ([plan(1, vyzva="odkaz")], [call(7, planovanaVyzva=None)], {}, set()),
        ([{"id": None}, {}], [{}, {"id": "7"}], {}, set()),
    ],
)
def test_a_call_continues_the_plan_it_is_linked_with(planned, announced, follows, stood_for):
    assert continuations(planned, announced) == (follows, stood_for)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"zrusena": True, "vyhlasena": True}, "zrušená"),
        ({"uzavreta": True, "vyhlasena": True}, "uzavretá"),
        ({"pozastavenePredkladanieZonfp": True, "vyhlasena": True}, "pozastavená"),
        ({"vyhlasena": True}, "vyhlásená"),
        ({"vyhlasena": "true"}, ""),
        ({}, ""),
    ],
)
def test_the_strongest_flag_is_the_state(record, expected):
    assert state(record, "vyzva") == expected
    assert state(record, "planovanavyzva") == (expected or "plánovaná")


@pytest.mark.parametrize(
    ("places", "categories", "expected"),
    [
        (["Slovensko"], ["Menej rozvinutý región"], ("Menej rozvinutý región",)),
        (["Slovensko"], ["Menej rozvinutý región", "Viac rozvinutý región"], ("Slovensko",)),
        (["Košický kraj"], ["Menej rozvinutý región"], ("Košický kraj",)),
        ([], ["Viac rozvinutý región"], ("Viac rozvinutý región",)),
        ([], [], ()),
    ],
)
def test_the_whole_country_is_narrowed_by_the_one_category_of_regions(places, categories, expected):
    record = {
        "miestoRealizacie": [{"nazovSk": place} for place in places],
        "kategoriaRegionov": [{"nazovSk": name} for name in categories],
    }
    assert area(record) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"typ": "OTVORENA"}, "permanent"),
        ({"typ": "OTVORENA", "datumUkoncenia": 1}, ""),
        ({"typ": "UZAVRETA"}, ""),
        ({"typ": "OTVORENA", "posudzovaneObdobie": [{"datumUzavierky": 1}, {"datumUzavierky": 2}]}, "multiple cut-off"),
        ({"typ": "OTVORENA", "posudzovaneObdobie": [{"datumUzavierky": 1}]}, ""),
    ],
)
def test_a_call_of_the_open_type_without_an_end_takes_applications_on(record, expected):
    assert deadline_model(record) == expected


@pytest.mark.parametrize(
    ("record", "past"),
    [
        ({"uzavreta": True, "datumUkoncenia": 1_600_000_000_000}, True),
        ({"uzavreta": False, "datumUkoncenia": 1_600_000_000_000}, False),
        ({"uzavreta": True, "datumUkoncenia": 1_790_000_000_000}, False),
        ({"uzavreta": True}, False),
        ({"uzavreta": True, "datumUkoncenia": "2020-01-01"}, False),
    ],
)
def test_only_what_is_marked_and_long_over_is_left_out(record, past):
    assert is_past(record, "vyzva", datetime(2025, 11, 20, tzinfo=UTC)) is past
