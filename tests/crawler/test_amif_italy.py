"""News of the Italian portal: which of them are calls of the national programme, and how far the list is read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.source import RawCall
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import pages_of

DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
LIST = "https://www.integrazionemigranti.gov.it/it-it/Ricerca-news"


@pytest.fixture
def crawl(tmp_path):
    def run(pages):
        crawled = dry_crawl("amif_italy", pages, tmp_path / "run", DAY)
        records = crawled.records
        return crawled, {record.reference: record for record in records if isinstance(record, RawCall)}

    return run


def changed(pages, old, new):
    return [replace(page, body=page.body.replace(old.encode(), new.encode())) for page in pages]


def test_calls_of_the_programme_are_national_and_those_of_the_commission_are_not(crawl):
    _, calls = crawl(pages_of("amif_italy"))
    assert calls["news/4812"].national.country == "IT"
    assert calls["news/4812"].programme == "AMIF-NATIONAL"
    assert calls["news/4785"].national is None
    assert calls["news/4785"].programme == "AMIF"
    assert calls["news/4785"].mentions == ("AMIF-2026-TF2-AG-INTE-01",)


@pytest.mark.parametrize("number", ["4781", "4776", "4770", "4762", "4755"])
def test_results_events_stories_and_other_money_are_no_calls(crawl, number):
    _, calls = crawl(pages_of("amif_italy"))
    assert f"news/{number}" not in calls


def test_a_news_keeps_its_key_when_its_title_and_address_are_mended(crawl):
    mended = [
        replace(page, url=page.url.replace("avviso-pubblico-per", "avvisi-per"))
        for page in changed(pages_of("amif_italy"), "FAMI-avviso-pubblico-per-i-corsi", "FAMI-avvisi-per-i-corsi")
    ]
    _, calls = crawl(mended)
    assert calls["news/4812"].url.endswith("FAMI-avvisi-per-i-corsi-di-italiano-dei-Comuni")


def test_a_list_that_pages_by_script_is_read_as_far_as_it_goes(crawl):
    pages = changed(pages_of("amif_italy"), '<a href="/it-it/Ricerca-news/page/2">Successiva', '<a href="#">Successiva')
    crawled, calls = crawl(changed(pages, "Successiva</a>", '<a href="javascript:__doPostBack()">Successiva</a>'))
    assert crawled.report.complete
    assert {"news/4812", "news/4785"} <= set(calls)
    assert "news/4748" not in calls


def test_older_pages_are_left_out_and_that_is_said(crawl, monkeypatch):
    monkeypatch.setattr("crawler.spiders.national.amif_italy.PAGES", 1)
    crawled, _ = crawl(pages_of("amif_italy"))
    assert crawled.report.complete
    assert f"{LIST}: read to page 1, older news were left out" in crawled.report.notes
