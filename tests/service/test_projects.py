"""Precedents of a call and funded projects, as the service finds them and the command line tells them."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import (
    Call,
    CallKind,
    Fund,
    Money,
    OrganisationKind,
    Participant,
    Project,
    ProjectRole,
    ProjectStatus,
    Run,
    RunOutcome,
)
from matcher.precedents import Basis, Codes, line_of, portrait
from matcher.service import NoProjects, NotFound, Service
from matcher.settings import Settings
from matcher.store import open_store

DAY = date(2026, 10, 8)
WOMEN = "AMIF-2027-TF2-AG-INTE-01-WOMEN"


def partner(name, country, role=ProjectRole.PARTICIPANT, kind=OrganisationKind.OTHER):
    return Participant(name=name, country=country, role=role, kind=kind)


def project(number, topic, call=None, programme="AMIF", fund=Fund.AMIF, participants=()):
    return Project(
        source="funded_projects",
        reference=f"43251447{number}",
        title=f"A feast of neighbours, part {number}",
        acronym=f"FEAST{number}",
        url=f"https://example.org/{number}",
        objective="Towns and newcomers cook together.",
        programme=programme,
        fund=fund,
        topic=topic,
        call_identifier=call,
        status=ProjectStatus.ENDED,
        start=date(2023, 1, 1),
        end=date(2025, number, 1),
        eu_contribution=Money(amount=Decimal(900000 + number)),
        participants=participants,
        as_of=DAY,
    )


RIGA = partner("Rīgas valstspilsētas pašvaldība", "LV", ProjectRole.COORDINATOR, OrganisationKind.PUBLIC_BODY)
PROJECTS = (
    project(1, "AMIF-2025-TF2-AG-INTE-03-WOMEN", "AMIF-2025-TF2-AG-INTE", participants=(RIGA, partner("Verein", "DE"))),
    project(
        2, "AMIF-2024-TF2-AG-INTE-01-WOMEN", participants=(partner("Associazione", "IT", ProjectRole.COORDINATOR),)
    ),
    project(3, "AMIF-2025-TF2-AG-INTE-02-HEALTH", "AMIF-2025-TF2-AG-INTE"),
    project(4, "CERV-2024-CITIZENS-TOWN-TT", None, "CERV", Fund.CERV, (partner("Δήμος", "GR"), RIGA)),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"), model="hashing")
    common = {"source": "funding_tenders", "kind": CallKind.TOPIC, "url": "https://example.org", "as_of": DAY}
    calls = [
        Call(**common, reference="1TOPICSen", identifier=WOMEN, title="W", call_identifier="AMIF-2027-TF2-AG-INTE"),
        Call(**common | {"kind": CallKind.CASCADE}, reference="2C", identifier=WOMEN, title="Small grants"),
        Call(
            **common | {"source": "home_affairs", "kind": CallKind.CALL},
            reference="news/women",
            identifier="news/women",
            title="A call for women",
            mentions=(WOMEN,),
        ),
    ]
    now = datetime(2026, 10, 8, 6, tzinfo=UTC)
    run = Run(id="r", source="funding_tenders", started=now, as_of=DAY, outcome=RunOutcome.OK)
    with open_store(settings.database_url) as store:
        store.save_run(run, calls, projects=PROJECTS)
    return settings


@pytest.fixture(scope="module")
def service(home):
    service = Service(home)
    yield service
    service.store.close()


@pytest.fixture
def funding(home, monkeypatch, run_funding):
    """`funding projects …`."""
    monkeypatch.setenv("FUNDING_HOME", str(home.home))
    return partial(run_funding, "projects")


def numbers(projects):
    return sorted(int(one.reference[-1]) for one in projects)


@pytest.mark.parametrize(
    ("key", "basis", "found"),
    [
        ("AMIF-2025-TF2-AG-INTE-02-HEALTH", Basis.TOPIC, [3]),
        ("amif-2025-tf2-ag-inte-02-health", Basis.TOPIC, [3]),
        (WOMEN, Basis.LINE, [1, 2]),
        ("funding_tenders:1TOPICSen", Basis.LINE, [1, 2]),
        ("home_affairs:news/women", Basis.LINE, [1, 2]),
        ("AMIF-2026-TF2-AG-INTE-WOMEN", Basis.LINE, [1, 2]),
        ("CERV-2027-CITIZENS-TOWN-TT", Basis.LINE, [4]),
        ("CERV-2027-DAPHNE", None, []),
        ("AMIF", None, []),
        ("nonsense", None, []),
    ],
)
def test_precedents_are_the_nearest_that_there_are(service, key, basis, found):
    precedents = service.precedents(key)
    assert (precedents.basis, numbers(precedents.projects)) == (basis, found)


def test_steps_go_from_the_topic_to_other_editions_of_the_call():
    assert Codes(WOMEN.lower(), "AMIF-2027-TF2-AG-INTE").steps() == [
        (Basis.TOPIC, WOMEN),
        (Basis.CALL, "AMIF-2027-TF2-AG-INTE"),
        (Basis.LINE, "AMIF-TF2-AG-INTE-WOMEN"),
        (Basis.CALL_LINE, "AMIF-TF2-AG-INTE"),
    ]
    assert Codes("CERV-2027").steps() == [(Basis.TOPIC, "CERV-2027")]


def test_a_topic_without_any_of_its_own_finds_the_earlier_call(service):
    with pytest.MonkeyPatch.context() as patch:
        call = service.store.find(WOMEN)[0].model_copy(update={"identifier": "AMIF-2027-TF2-AG-INTE-09-NEW"})
        patch.setattr(service.store, "call", lambda key: call)
        found = service.precedents("funding_tenders:1TOPICSen")
    assert (found.basis, numbers(found.projects)) == (Basis.CALL_LINE, [1, 3])


def test_partner_search_within_precedents(service):
    assert numbers(service.precedents(WOMEN, country="lv").projects) == [1]
    assert numbers(service.precedents(WOMEN, organisation="associaz").projects) == [2]
    assert service.precedents(WOMEN, country="UK").basis is None


def test_projects_by_conditions(service):
    assert numbers(service.projects()) == [1, 2, 3, 4]
    assert numbers(service.projects(programme="cerv")) == [4]
    assert numbers(service.projects(fund=Fund.AMIF)) == [1, 2, 3]
    assert numbers(service.projects(country="EL")) == [4]
    assert numbers(service.projects(organisation="rigas pasvaldiba")) == [1, 4]
    assert numbers(service.projects(text="newcomers COOK")) == [1, 2, 3, 4]
    assert numbers(service.projects(topic="AMIF-2024-TF2-AG-INTE-01-WOMEN")) == [2]
    assert numbers(service.projects(limit=1)) == [4]
    with pytest.raises(NotFound, match="CERV"):
        service.projects(programme="CERF")
    with pytest.raises(NotFound, match="ISO 3166"):
        service.projects(country="Latvia")


def test_nothing_is_loaded_yet(tmp_path):
    service = Service(Settings(home=tmp_path, model="hashing"))
    for ask in (service.projects, lambda: service.precedents(WOMEN)):
        with pytest.raises(NoProjects, match="funding crawl funded_projects"):
            ask()
    service.store.close()


def test_a_portrait_counts_organisations():
    counts = portrait(PROJECTS)
    assert counts.coordinators == {"LV": 2, "IT": 1}
    assert counts.countries == {"LV": 2, "DE": 1, "IT": 1, "GR": 1}
    assert counts.kinds == {OrganisationKind.OTHER: 3, OrganisationKind.PUBLIC_BODY: 2}
    assert counts.sizes == (1, 2, 2)


@given(st.from_regex(r"[A-Z]{2,6}(-[A-Z]{2,5}){1,4}", fullmatch=True), st.integers(2000, 2099), st.integers(0, 99))
def test_editions_of_a_topic_share_a_line(line, year, number):
    first, *rest = line.split("-")
    assert line_of("-".join((first, str(year), *rest))) == line
    assert line_of("-".join((first, str(year), *rest[:-1], f"{number:02}", rest[-1])).lower()) == line
    assert line_of(line) == line


def test_precedents_in_words(funding):
    code, out, _ = funding("--call", WOMEN)
    assert code == 0
    assert f"2 funded projects under other editions of {WOMEN} (AMIF-TF2-AG-INTE-WOMEN of any year)" in out
    assert "Coordinated from: IT 1, LV 1" in out
    assert "Organisations in a project: 1 to 2" in out
    assert "coordinator: Rīgas valstspilsētas pašvaldība (LV)" in out
    assert "with 1 other, from DE 1" in out
    assert "EUR 900,001" in out
    assert "HEALTH" not in out


def test_no_precedents_in_words(funding):
    code, out, _ = funding("--call", "CERV-2027-DAPHNE")
    assert code == 0
    assert out == "No funded project is known under CERV-2027-DAPHNE or other editions of it.\n"


def test_precedents_as_json(funding):
    found = json.loads(funding("--topic", WOMEN, "--limit", "1", "--json")[1])
    assert (found["topic"], found["basis"], found["count"]) == (WOMEN, "line", 2)
    assert found["coordinators"] == {"IT": 1, "LV": 1}
    assert found["kinds"] == {"other": 2, "public_body": 1}
    (first,) = found["projects"]
    assert first["id"] == "funded_projects:432514472"
    assert first["eu_contribution"] == {"amount": 900002, "currency": "EUR"}
    assert first["end"] == "2025-02-01"
    assert first["participants"][0]["role"] == "coordinator"


def test_projects_in_words_and_as_json(funding):
    code, out, _ = funding("--country", "LV", "--limit", "1")
    assert code == 0
    assert "FEAST4: A feast of neighbours, part 4" in out
    assert "(the first 1; --limit shows more)" in out
    assert [one["programme"] for one in json.loads(funding("--programme", "CERV", "--json")[1])] == ["CERV"]
    assert "no funded project of that kind is known" in funding("--text", "submarine")[1]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--programme", "CERF"), "CERV"),
        (("--country", "Latvia"), "ISO 3166"),
        (("--call", WOMEN, "--text", "x"), "--country"),
        (("--limit", "0"), "--limit"),
    ],
)
def test_wrong_usage(funding, arguments, hint):
    code, out, err = funding(*arguments)
    assert (code, out) == (2, "")
    assert hint in err
