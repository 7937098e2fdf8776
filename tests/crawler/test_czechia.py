"""MS2021+ and dotaceeu.cz: the list alone makes a run; the pages complete it and can take nothing away."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from scrapy.http import HtmlResponse

from crawler.source import sources
from crawler.spider import WrongPage
from crawler.spiders.national.czechia_pages import read_page, read_tiles
from crawler.timetables.ended import without_void_days
from tests.doubles.dry_crawl import dry_crawl, spiders
from tests.doubles.mutations import ERROR, LOGIN
from tests.doubles.replay import pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
LIST = "SeznamVyzev_21_27.xml"
BOMB = b'<!DOCTYPE EXPORT [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><EXPORT><VYZVA><KOD>&b;</KOD></VYZVA></EXPORT>'


@pytest.fixture
def crawled(tmp_path):
    """Report and calls, by code, of a crawl of the kept pages with some changed, or left out for None."""

    def run(change=lambda page: page, on=DAY):
        pages = [changed for page in pages_of("czechia") if (changed := change(page))]
        crawl = dry_crawl("czechia", pages, tmp_path / f"run{len(list(tmp_path.iterdir()))}", on)
        return crawl.report, {call.reference: call for call in crawl.records}

    return run


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda page: replace(page, body=b"<EXPORT></EXPORT>"), "no element 'VYZVA'", id="emptied"),
        pytest.param(lambda page: replace(page, body=LOGIN, type="text/html"), "is a web page", id="login page"),
        pytest.param(lambda page: replace(page, body=ERROR), "is a web page", id="error page"),
        pytest.param(lambda page: replace(page, body=page.body[:9000]), "cut off", id="cut off"),
        pytest.param(lambda page: replace(page, body=BOMB), "document type", id="entities"),
        pytest.param(lambda page: replace(page, status=503), "answered 503", id="not available"),
        pytest.param(lambda page: None, "answered 404", id="gone"),
    ],
)
def test_without_the_list_there_is_no_run(crawled, change, said):
    report, calls = crawled(lambda page: change(page) if page.url.endswith(LIST) else page)
    assert not report.complete
    assert said in report.failures[0]
    assert not calls


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: None, id="gone"),
        pytest.param(lambda page: replace(page, body=LOGIN), id="login page"),
        pytest.param(lambda page: replace(page, body=ERROR), id="error page"),
        pytest.param(lambda page: replace(page, status=500), id="broken"),
    ],
)
def test_the_list_stands_when_the_other_site_fails(crawled, change):
    _, before = crawled()
    report, calls = crawled(lambda page: page if page.url.endswith(LIST) else change(page))
    assert report.complete
    assert report.partial, "what the store knows of applicants must stay"
    assert "who can apply is known from the list only" in report.alarms[0]
    assert calls.keys() == before.keys()
    assert calls["03_26_903"].applicants == ""
    assert calls["03_26_907"].applicants


def test_single_pages_that_fail_are_an_alarm(crawled):
    report, calls = crawled(lambda page: replace(page, body=LOGIN) if page.url.endswith("tlumoceni") else page)
    assert not report.partial
    assert report.alarms == tuple(alarm for alarm in report.alarms if "1 of" in alarm)
    assert calls["12_26_901"].national.applicants == ("Obce", "Kraje", "Nestátní neziskové organizace")


def test_many_pages_that_fail_leave_to_the_store_what_it_knows(crawled):
    report, _ = crawled(lambda page: page if "feed" in page.url or page.url.endswith(LIST) else None)
    assert report.partial


def test_a_list_that_does_not_end_is_left(crawled):
    first = next(page for page in pages_of("czechia") if page.url.endswith("page=1"))
    report, calls = crawled(lambda page: replace(page, body=first.body) if "page=" in page.url else page)
    assert report.complete
    assert "none that earlier pages did not" in report.alarms[0]
    assert calls


def test_a_login_page_is_not_the_end_of_the_other_site_s_list(crawled):
    report, _ = crawled(lambda page: replace(page, body=LOGIN) if page.url.endswith("page=2") else page)
    assert "page=2: is an error or login page" in report.alarms[0]
    assert report.partial


def test_an_old_list_is_told(crawled):
    assert not any("every night" in alarm for alarm in crawled()[0].alarms)
    report, _ = crawled(on=datetime(2026, 12, 20, tzinfo=UTC))
    assert "2026-11-19" in report.alarms[0]


def test_a_list_whose_titles_are_called_otherwise_keeps_its_calls_and_says_so(crawled):
    titles = re.compile(rb"(VYZVA>\s*<ID>\d+</ID>\s*(?:<KOD>\w+</KOD>\s*)?)<NAZEV>(.*?)</NAZEV>")
    report, calls = crawled(lambda page: replace(page, body=titles.sub(rb"\1<JMENO>\2</JMENO>", page.body)))
    assert any("no call has a title at NAZEV or NAZ" in alarm for alarm in report.alarms)
    assert len(calls) >= 22
    assert calls["12_26_901"].title == "Koordinátoři integrace cizinců ve městech", "its own page says it"


def test_the_code_tells_the_programme_and_its_authority(crawled):
    report, calls = crawled()
    integration = calls["12_26_901"]
    assert integration.programme == "AMIF"
    assert integration.national.institution == "Ministerstvo vnitra"
    assert calls["02_26_905"].programme == "", "two funds pay for this programme"
    assert calls["31_26_921"].national.programme == ""
    assert [issue.found for issue in report.issues if issue.field == "programme"] == ["31_26_921", ""]


def test_trials_of_the_system_are_no_calls(crawled):
    report, calls = crawled()
    assert "03_00_994" not in calls
    assert any("03_00_994" in note for note in report.notes)


def test_midnight_stands_for_the_day_and_an_hour_for_itself(crawled):
    _, calls = crawled()
    assert calls["12_26_901"].deadlines == ("2026-12-18",)
    assert calls["06_26_912"].deadlines == ("2026-12-31T14:00:00.000+01:00",)


def test_a_region_in_the_title_is_the_area_where_the_list_names_none(crawled):
    _, calls = crawled()
    assert calls["10_26_917"].national.area == ("Karlovarský kraj",)
    assert calls["06_26_912"].national.area == ("hl. m. Praha",)
    assert calls["12_27_919"].national.area == ("Česká republika",)
    assert calls["01_26_901"].national.area == ()


def test_a_call_that_is_marked_as_over_has_no_day_ahead(crawled):
    _, calls = crawled()
    over = [call for call in calls.values() if call.status in ("Uzavřená", "Zrušená", "Pozastavená")]
    assert len(over) >= 3
    assert all(day[:10] <= "2026-11-20" for call in over for day in (call.opening, *call.deadlines))
    assert calls["06_26_913"].opening == "2026-02-16", "it did open"


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        ("Otevřená", ("2026-10-01", "2026-12-24")),
        ("Uzavřená", ("2026-10-01",)),
        ("neznámá", ("2026-10-01", "2026-12-24")),
    ],
)
def test_only_the_mark_of_the_register_voids_days(crawled, status, kept):
    _, calls = crawled()
    call = calls["12_26_901"].model_copy(update={"status": status, "deadlines": ("2026-10-01", "2026-12-24")})
    assert without_void_days(call, sources()["czechia"], date(2026, 11, 20)).deadlines == kept


ROWS = [
    ("Číslo výzvy", "12_26_901"),
    ("Oprávnění žadatelé", "Obce<br>Kraje"),
    ("Zahájení příjmu žádostí", "1. 2. 2027"),
]
MARKUPS = {
    "table": "<table>{}</table>".format("".join(f"<tr><td>{a}:</td><td>{b}</td></tr>" for a, b in ROWS)),
    "headed table": "<table>{}</table>".format("".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in ROWS)),
    "definitions": "<dl>{}</dl>".format("".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in ROWS)),
    "bold words": "".join(f"<p>{a}: <strong>{b}</strong></p>" for a, b in ROWS),
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_a_page_is_read_by_its_labels_whatever_elements_hold_them(markup):
    body = f"<html><body><script>Číslo výzvy</script><h1>Koordinátoři</h1>{markup}</body></html>"
    page = read_page(HtmlResponse("https://www.dotaceeu.cz/x", body=body, encoding="utf-8"))
    assert (page.code, page.title, page.applicants) == ("12_26_901", "Koordinátoři", ("Obce", "Kraje"))


def test_a_page_without_a_number_is_no_page_of_a_call():
    with pytest.raises(WrongPage, match="Číslo výzvy"):
        read_page(HtmlResponse("https://www.dotaceeu.cz/x", body=b"<html><body><h1>O webu</h1></body></html>"))


def test_calls_of_the_last_period_and_those_that_are_over_are_not_asked_for():
    feeds = [page for page in pages_of("czechia") if "page=" in page.url]
    tiles = [tile for page in feeds for tile in read_tiles(HtmlResponse(page.url, body=page.body, encoding="utf-8"))]
    left = [tile for tile in tiles if not tile.is_wanted]
    assert [tile.url for tile in left] == [tile.url for tile in tiles if "2014-2020" in tile.url]
    assert left


def test_every_programme_has_a_name_and_an_authority():
    table = spiders()["czechia"](source=sources()["czechia"]).table
    assert all(re.fullmatch(r"\d\d", number) for number in table)
    assert all(programme.name and programme.authority.startswith("Ministerstvo") for programme in table.values())
    assert table["12"].fund == "AMIF"
