"""Portugal 2030: the query and the yearly plan make one list, in which a call keeps its key from plan to opening."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.load import LoadRefused, load_run
from crawler.source import RawCall, RawNational
from crawler.spiders.national.portugal_rounds import brought_together, programmes_in
from matcher.model import CallKind
from matcher.reference.files import load_reference
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles import mutations
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import FIXTURES, pages_in, pages_of

DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
QUERY = "https://portugal2030.pt/wp-json/avisos/query"
TITLE = "Escolas abertas ao bairro: mediadores interculturais"


def call(reference, title=TITLE, programme="Programa Regional do Norte 2021-2027", **facts):
    national = RawNational(country="PT", programme=programme, **facts.pop("national", {}))
    known = {"source": "portugal", "kind": CallKind.CALL, "url": "https://portugal2030.pt/avisos/", "fetched_at": DAY}
    return RawCall(reference=reference, identifier=reference, title=title, national=national, **known | facts)


def row(number, opening, title=TITLE, programme="NORTE2030", **national):
    return call(number, title, programme, opening=opening, national=national)


def keys(published=(), days=None, planned=()):
    return [found.reference for found in brought_together(published, days or {}, planned)]


OPEN = call("NORTE2030-2026-40")
DAYS = {"NORTE2030-2026-40": "2026-09-29T00:00:00", "NORTE2030-2024-7": "2024-03-01T00:00:00"}


def test_a_call_has_one_key_planned_open_in_both_lists_and_when_the_plan_has_let_it_go():
    planned = row("8060", "2026-09-28")
    assert keys(planned=[planned]) == keys([OPEN], DAYS, [planned]) == keys([OPEN], DAYS)


def test_marks_accents_and_case_of_a_title_are_no_other_call():
    planned = row("8060", "2026-09-28", "ESCOLAS ABERTAS AO BAIRRO – mediadores interculturais")
    assert len(keys([OPEN], DAYS, [planned])) == 1


def test_one_title_in_two_programmes_is_two_calls():
    planned = [row("1", "2027-01-01"), row("2", "2027-01-01", programme="CENTRO2030")]
    assert len(set(keys(planned=planned))) == 2


def test_a_round_planned_behind_an_earlier_one_keeps_its_number_when_it_opens():
    earlier, second = call("NORTE2030-2024-7"), row("8060", "2026-09-28")
    first_key, planned_key = keys([earlier], DAYS, [second])
    assert keys([OPEN, earlier], DAYS) == [first_key, planned_key]
    assert keys([OPEN, earlier], DAYS, [second, row("8110", "2027-09-01")]) == [
        first_key,
        planned_key,
        f"{first_key}-3",
    ]


def test_a_round_planned_for_next_year_is_not_the_call_that_is_open():
    assert len(keys([OPEN], DAYS, [row("8110", "2027-05-01")])) == 2


def test_what_only_the_plan_says_completes_the_published_call():
    (found,) = brought_together(
        [OPEN], DAYS, [row("8060", "2026-09-28", applicants=("Pública | Privada",), area=("Norte | Centro",))]
    )
    assert found.identifier == "NORTE2030-2026-40"
    assert found.national.applicants == ("Pública", "Privada")
    assert found.national.area == ("Norte", "Centro")


def test_a_call_of_a_national_programme_too_has_no_area_of_its_own():
    both = call("MPr-2026-7", programme="Programa Inovação e Transição Digital; Programa Regional do Norte 2021-2027")
    (alone,) = brought_together([OPEN], DAYS, [])
    (shared,) = brought_together([both], {}, [])
    assert alone.national.area == ("Norte",)
    assert shared.national.area == ()


@pytest.mark.parametrize(
    ("published", "planned"),
    [
        ("Programa Demografia, Qualificações e Inclusão", "PESSOAS2030"),
        ("Programa Ação Climática e Sustentabilidade", "SUSTENTAVEL2030"),
        ("Programa Regional dos Açores 2021-2027", "ACORES2030"),
        ("Programa Mar 2030", "MAR2030"),
        ("Fundo para o Asilo, a Migração e a Integração", "FAMI"),
    ],
)
def test_both_lists_name_the_same_programmes(published, planned):
    assert programmes_in(published) == programmes_in(planned) == (planned,)


TITLES = st.sampled_from(["Creches", "Creches!", "Escolas", "Habitação", "Habitacao"])
PROGRAMMES = st.sampled_from(["NORTE2030", "PESSOAS2030", "COMPETE2030 | NORTE2030", "Outro programa"])
DATES = st.dates(datetime(2024, 1, 1).date(), datetime(2027, 12, 31).date()).map(str)


@st.composite
def lists(draw):
    """Published calls with their days of publication, and rows of a plan."""
    published = draw(st.lists(st.tuples(TITLES, PROGRAMMES, DATES), max_size=6))
    planned = draw(st.lists(st.tuples(TITLES, PROGRAMMES, DATES), max_size=6))
    calls = [call(f"NORTE2030-2026-{n}", title, programme) for n, (title, programme, _) in enumerate(published)]
    days = {found.reference: day for found, (_, _, day) in zip(calls, published, strict=True)}
    return calls, days, [row(str(n), day, title, programme) for n, (title, programme, day) in enumerate(planned)]


def codes(published, days, planned):
    """Key -> code of the published call, or the note on the row of the plan."""
    return {found.reference: found.identifier or found.note for found in brought_together(published, days, planned)}


@given(lists(), st.randoms())
def test_no_call_is_lost_or_doubled_whatever_the_order(found, random):
    published, days, planned = found
    told = list(brought_together(published, days, planned))
    assert len({one.reference for one in told}) == len(told)
    assert sorted(one.identifier for one in told if one.identifier) == sorted(days)
    assert len(published) <= len(told) <= len(published) + len(planned)
    shuffled = [random.sample(some, len(some)) for some in (published, planned)]
    assert codes(shuffled[0], days, shuffled[1]) == codes(published, days, planned)


@given(lists())
def test_the_keys_of_published_calls_do_not_hang_on_the_plan(found):
    published, days, planned = found
    assert codes(published, days, []).items() <= codes(published, days, planned).items()


@given(lists(), TITLES, PROGRAMMES)
def test_the_next_round_opens_under_the_key_it_was_planned_under(found, title, programme):
    published, days, _ = found
    foreseen = row("9000", "2028-09-01", title, programme)  # far from all that is published
    (key,) = codes(published, days, [foreseen]).keys() - codes(published, days, []).keys()
    opens = call("NORTE2030-2028-1", title, programme)
    later = days | {"NORTE2030-2028-1": "2028-08-20"}
    for plan in ([foreseen], []):
        assert codes([*published, opens], later, plan)[key] == "NORTE2030-2028-1"


@pytest.fixture(scope="module")
def reference():
    return load_reference(Settings().data / "reference")


@pytest.fixture
def crawl(tmp_path, reference):
    """Crawl changed pages; gives the run with its raw records."""

    def run(pages, name="run"):
        crawled = dry_crawl("portugal", pages, tmp_path / name, DAY, reference.programmes)
        records = crawled.records
        return crawled, {record.identifier or record.title: record for record in records}

    return run


def with_body(pages, body, *asks, url=QUERY):
    """The pages, with another body for the requests to an address that ask for all of this."""
    return [replace(page, body=body) if page.url == url and set(asks) <= set(page.asks) else page for page in pages]


def test_amounts_are_added_up_and_the_end_that_was_moved_counts(crawl):
    _, records = crawl(pages_of("portugal"))
    housing = records["LISBOA2030-2026-4"]
    assert housing.budget == "2300000.5"
    assert housing.deadlines == ("2027-01-29T18:00:00",)
    assert records["PESSOAS-2026-9"].budget == ""  # zeros in all rows: nobody filled it in
    assert [link.label for link in housing.documents] == [
        "LISBOA2030-2026-4.pdf",
        "LISBOA2030-2026-4 1.ª alteração.pdf",
    ]


def test_a_call_without_code_and_a_row_without_number_are_kept(crawl):
    _, records = crawl(pages_of("portugal"))
    assert records["Vales para a economia circular no comércio local"].status == "Aberto"
    assert records["Ginásios escolares abertos à comunidade"].status == "Previsto"


OTHER_JSON = b'{"code":"rest_no_route","message":"No route was found","data":{"status":404}}'
WORKBOOK = next(page.url for page in pages_of("portugal") if page.url.endswith(".xlsx"))
PLAN = "https://portugal2030.pt/plano-anual-de-avisos/"


@pytest.mark.parametrize(
    "change",
    [
        lambda pages: with_body(pages, mutations.LOGIN, "estadoAvisoId=7", "page=1"),
        lambda pages: with_body(pages, OTHER_JSON, "estadoAvisoId=7", "page=0"),
        lambda pages: with_body(pages, b'{"avisos": [{"aviso": {"codigoAv', "estadoAvisoId=8", "page=0"),
        lambda pages: with_body(pages, b'{"avisos": {"0": {}}, "status": 201}', "estadoAvisoId=7", "page=0"),
        lambda pages: with_body(
            pages,
            next(page.body for page in pages if "page=0" in page.asks and "estadoAvisoId=7" in page.asks),
            "estadoAvisoId=7",
            "page=1",
        ),
        lambda pages: with_body(pages, mutations.LOGIN, url=PLAN),
        lambda pages: with_body(pages, mutations.UNTITLED, url=PLAN),
        lambda pages: with_body(pages, mutations.LOGIN, url=WORKBOOK),
        lambda pages: [replace(page, status=503) if "page=2" in page.asks else page for page in pages],
    ],
    ids=["login", "wp_error", "cut_off", "no_list", "page_again", "plan_login", "plan_error", "workbook", "status"],
)
def test_a_page_that_is_not_what_it_should_be_makes_the_run_incomplete(crawl, change):
    crawled, _ = crawl(change(pages_of("portugal")))
    assert not crawled.report.complete
    assert crawled.report.failures


def test_a_state_that_is_suddenly_empty_is_held(crawl, tmp_path, reference):
    pages = pages_of("portugal")
    end = (FIXTURES / "portugal" / "end.json").read_bytes()
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        load_run(crawl(pages, "1")[0].folder, store, reference)
        before = store.calls()
        with pytest.raises(LoadRefused, match="gone"):
            load_run(crawl(with_body(pages, end, "estadoAvisoId=7"), "2")[0].folder, store, reference)
        assert store.calls() == before


def test_what_the_plan_said_of_a_call_stays_when_it_has_left_the_plan(crawl, tmp_path, reference):
    languages = "PESSOAS2030-94a25252c032"
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        load_run(crawl(pages_in(FIXTURES / "portugal" / "earlier"), "1")[0].folder, store, reference)
        load_run(crawl(pages_of("portugal"), "2")[0].folder, store, reference)
        found = {call.reference: call for call in store.calls()}[languages]
    assert found.applicants == "Pública; Privada"
    assert set(found.national.area.codes) >= {"PT11", "PT1C"}
    assert found.identifier == "PESSOAS-2026-9"


def test_the_query_is_asked_by_post_and_page_by_page(crawl):
    """Else the double, which answers by what the request asks, gave nothing."""
    crawled, records = crawl([page for page in pages_of("portugal") if page.asks or page.url != QUERY])
    assert crawled.report.listed == 30
    assert len(records) == 28


def test_a_list_whose_pages_have_no_end_is_given_up(crawl, monkeypatch):
    monkeypatch.setattr("crawler.spiders.national.portugal.MAX_PAGES", 2)
    crawled, _ = crawl(pages_of("portugal"))
    assert "more than 2 pages" in crawled.report.failures[0]


def test_records_that_are_no_objects_are_told(crawl):
    body = json.dumps({"avisos": ["texto", {"aviso": "texto", "calendario": "hoje", "estrutura": 3}], "status": 201})
    pages = with_body(pages_of("portugal"), body.encode(), "estadoAvisoId=6", "page=0")
    crawled, _ = crawl(pages)
    assert crawled.report.complete
    assert sum("estadoAvisoId 6" in issue.place for issue in crawled.report.issues) >= 2
