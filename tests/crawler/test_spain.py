"""Spain's database of grants: what is asked, what is kept and what is said of the rest."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.load import LoadRefused, load_run
from crawler.spiders.national.spain import SEARCHES, _record_url, _search_url
from matcher.reference.files import load_reference
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles import mutations
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import pages_of

DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
FIRST, SECOND = _search_url(SEARCHES[0], 0), _search_url(SEARCHES[0], 1)


@pytest.fixture(scope="module")
def reference():
    return load_reference(Settings().data / "reference")


@pytest.fixture
def crawl(tmp_path, reference):
    def run(pages, name="run"):
        crawled = dry_crawl("spain", pages, tmp_path / name, DAY, reference.programmes)
        return crawled, {record.identifier: record for record in crawled.records}

    return run


def with_body(pages, urls, body):
    return [replace(page, body=body) if page.url in urls else page for page in pages]


def with_facts(pages, url, **facts):
    """The pages, with other values in the JSON object at an address."""
    return [
        replace(page, body=json.dumps(json.loads(page.body) | facts).encode()) if page.url == url else page
        for page in pages
    ]


def records(pages):
    return {page.url for page in pages if "numConv=" in page.url and page.status == 200}


def test_only_calls_whose_record_names_an_eu_fund_are_kept_and_the_others_are_counted(crawl):
    crawled, calls = crawl(pages_of("spain"))
    assert {"931805", "931740", "931411"} <= set(calls)
    assert not {"931290", "931460", "931204"} & set(calls)
    assert "1 of the recovery facility and 2 that name no EU fund" in crawled.report.notes[0]


def test_a_call_that_both_searches_find_is_read_once(crawl):
    crawled, calls = crawl(pages_of("spain"))
    assert crawled.report.listed == 16
    assert len(calls) == 13


def test_the_body_that_issues_a_call_is_named_with_all_its_levels_but_the_kind(crawl):
    _, calls = crawl(pages_of("spain"))
    assert calls["931555"].national.institution == "ARAGÓN – INSTITUTO ARAGONÉS DE EMPLEO"
    assert calls["931805"].national.institution.startswith("MINISTERIO DE INCLUSIÓN")


def test_a_period_in_words_is_told_and_gives_no_day(crawl):
    _, calls = crawl(pages_of("spain"))
    assert calls["931740"].opening == ""
    assert calls["931740"].deadlines == ()
    assert "15 días hábiles" in calls["931740"].description


def test_documents_and_rules_are_linked(crawl):
    _, calls = crawl(pages_of("spain"))
    first, rules = calls["931805"].documents
    assert first.url.startswith("https://www.infosubvenciones.es/bdnstrans/api/convocatorias/documentos?idDocumento=")
    assert rules.label == "Bases reguladoras"


def test_what_lies_behind_the_bound_is_said(crawl, monkeypatch):
    monkeypatch.setattr("crawler.spiders.national.spain.MAX_PAGES", 1)
    crawled, _ = crawl(pages_of("spain"))
    assert crawled.report.complete
    assert crawled.report.notes[0] == "FSE …: the newest 7 of 13 calls found were looked into"


@pytest.mark.parametrize(
    "change",
    [
        lambda pages: with_body(pages, {FIRST}, mutations.LOGIN),
        lambda pages: with_body(pages, {SECOND}, mutations.UNTITLED),
        lambda pages: with_body(pages, {SECOND}, next(page.body for page in pages if page.url == FIRST)),
        lambda pages: with_body(pages, {FIRST}, b'{"codigo": "ERR", "descripcion": "Servicio no disponible"}'),
        lambda pages: with_facts(pages, FIRST, content=[{"otra": "forma"}]),
        lambda pages: [replace(page, status=429) if page.url == FIRST else page for page in pages],
    ],
    ids=["login", "error", "page_again", "error_in_json", "other_form", "too_many_requests"],
)
def test_a_list_that_is_not_what_it_should_be_makes_the_run_incomplete(crawl, change):
    crawled, _ = crawl(change(pages_of("spain")))
    assert not crawled.report.complete
    assert crawled.report.failures


@pytest.mark.parametrize("body", [mutations.LOGIN, mutations.ERROR, b'{"error": "maintenance"}', b"[]", b'{"descr'])
def test_records_that_are_login_or_error_pages_leave_the_stored_calls_alone(crawl, tmp_path, reference, body):
    pages = pages_of("spain")
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        load_run(crawl(pages, "1")[0].folder, store, reference)
        before = store.calls()
        with pytest.raises(LoadRefused, match="only 0 of 16 listed pages"):
            load_run(crawl(with_body(pages, records(pages), body), "2")[0].folder, store, reference)
        assert store.calls() == before


def test_an_emptied_search_is_held(crawl, tmp_path, reference):
    pages = pages_of("spain")
    nothing = json.dumps({"content": [], "totalPages": 0, "totalElements": 0}).encode()
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        load_run(crawl(pages, "1")[0].folder, store, reference)
        with pytest.raises(LoadRefused):
            load_run(crawl(with_body(pages, {FIRST}, nothing), "2")[0].folder, store, reference)


def test_a_record_that_changed_its_form_is_told_and_the_others_go_on(crawl):
    url = _record_url("931688")
    crawled, calls = crawl(with_facts(pages_of("spain"), url, regiones="ES61", organo=7, documentos={"id": 1}))
    assert crawled.report.complete
    assert calls["931688"].national.institution == ""
    assert len(calls) == 13
    crawled, calls = crawl(with_facts(pages_of("spain"), url, fechaFinSolicitud={"dia": 1, "mes": 2}), "date")
    assert any(issue.field == "deadlines" and issue.reference == "931688" for issue in crawled.report.issues)
