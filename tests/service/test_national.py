"""National calls in a real store: whom they are shown to, by which route, and what is said of planned ones."""

import json
from datetime import UTC, date, datetime

import pytest

from matcher.model import (
    AmountShare,
    Area,
    Authority,
    Basis,
    Budget,
    Call,
    CallKind,
    CallStatus,
    Criterion,
    CriterionKind,
    Deadline,
    Fund,
    Money,
    National,
    Place,
    Precision,
    RouteKind,
    Run,
    RunOutcome,
    SourceCard,
    Tier,
)
from matcher.service import Service
from matcher.settings import Settings
from matcher.store import open_store

ON, EARLIER = date(2026, 11, 20), date(2026, 9, 28)
LATVIAN = National(
    country="LV",
    programme="EU cohesion policy programme 2021-2027",
    area=Area(text="visa Latvija", codes=("LV",)),
    mode="atklāta",
    competitive=True,
    share=AmountShare.TOTAL,
    authority=Authority(name="Centrālā finanšu un līgumu aģentūra", url="https://www.cfla.gov.lv/"),
    place=Place(sha256="0" * 64, sheet="Plāns", row=12),
)
TOWNS = Criterion(kind=CriterionKind.APPLICANT_KIND, values=("local_authority",), basis=Basis.CALL_RECORD)


def call(source, reference, national, **changes):
    facts = {
        "source": source,
        "reference": reference,
        "identifier": reference,
        "title": "Support for newcomers in municipalities",
        "kind": CallKind.CALL,
        "url": f"https://{source}.example/{reference}",
        "programme": "ESF+-NATIONAL",
        "fund": Fund.ESF_PLUS,
        "published_status": CallStatus.OPEN,
        "opening": date(2026, 11, 2),
        "deadlines": (Deadline(day=date(2027, 2, 26)),),
        "budget": Budget(total=Money(amount=1_500_000)),
        "criteria": (TOWNS,),
        "national": national,
        "as_of": ON,
    }
    return Call.model_validate(facts | changes)


KURZEME = LATVIAN.model_copy(update={"area": Area(text="Kurzeme", codes=("LV003",))})
PLANNED = {
    "published_status": CallStatus.FORTHCOMING,
    "opening": date(2027, 4, 1),
    "opening_precision": Precision.QUARTER,
    "deadlines": (Deadline(day=date(2027, 7, 1), precision=Precision.QUARTER),),
}
CALLS = {
    "latvia": [
        call("latvia", "4.3.6.2", LATVIAN),
        call("latvia", "4.3.6.3", KURZEME, title="Newcomers in Kurzeme"),
        call("latvia", "4.3.6.4", LATVIAN, title="Community centres", **PLANNED),
    ],
    "czechia": [call("czechia", "4.3.6.2", National(country="CZ", area=Area(text="ČR", codes=("CZ",))))],
    "portal": [call("portal", "ESF-2026-NEWCOMERS", None, programme="ESF+")],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("national"), model="hashing")
    with open_store(settings.database_url) as store:
        then = call("latvia", "4.3.6.2", LATVIAN, as_of=EARLIER, **PLANNED)
        for source, calls in [("latvia", [then]), *CALLS.items()]:
            day = calls[0].as_of
            card = SourceCard(
                name=source,
                title=source.capitalize(),
                publisher="p",
                url="https://p.example/",
                licence="l",
                tier=Tier.OFFICIAL_RECORD,
            )
            started = datetime(day.year, day.month, day.day, tzinfo=UTC)
            run = Run(id=f"{source}/{day}", source=source, card=card, started=started, as_of=day, outcome=RunOutcome.OK)
            store.save_run(run, calls)
    return settings


@pytest.fixture(scope="module")
def service(home):
    service = Service(home)
    yield service
    service.store.close()


@pytest.fixture
def funding(home, monkeypatch, run_funding):
    monkeypatch.setenv("FUNDING_HOME", str(home.home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    return run_funding


def by_id(matches):
    return {match.call.id: match for match in matches}


def test_a_town_sees_the_calls_of_its_country_beside_those_of_the_eu(service):
    matches = by_id(service.match("riga", ON))

    assert set(matches) == {"latvia:4.3.6.2", "latvia:4.3.6.3", "latvia:4.3.6.4", "portal:ESF-2026-NEWCOMERS"}
    assert service.left_out("riga") == 1
    own = matches["latvia:4.3.6.2"].route
    assert (own.kind, own.label) == (RouteKind.NATIONAL_AUTHORITY, "direct to the national authority")
    assert own.body
    assert own.body.url == "https://www.cfla.gov.lv/"
    assert matches["latvia:4.3.6.3"].route.kind is RouteKind.NOT_OPEN
    assert "Kurzeme" in matches["latvia:4.3.6.3"].route.reason


def test_calls_of_two_countries_with_one_code_stay_two(service):
    assert {"latvia:4.3.6.2", "czechia:4.3.6.2"} <= {found.id for found in service.calls(ON)}


def test_a_neighbour_s_call_can_be_asked_about_and_is_not_open(service):
    explanation = service.explain("riga", "czechia:4.3.6.2", ON)

    assert explanation.match.route.kind is RouteKind.NOT_OPEN
    assert "Czechia" in explanation.match.route.reason


def test_a_call_that_names_no_authority_leads_to_the_single_portal_of_its_country(service):
    body = by_id(service.match("prague", ON))["czechia:4.3.6.2"].route.body
    assert body
    assert body.url.startswith("https://")


def test_a_planned_call_that_opened_tells_so(service):
    steps = service.history(service.call("latvia:4.3.6.2"))

    assert [(step.what, step.was, step.now) for step in steps] == [
        ("state", "planned", "open"),
        ("opening", "second quarter 2027", "2 November 2026"),
        ("deadline", "third quarter 2027", "26 February 2027"),
    ]
    assert {step.on for step in steps} == {ON}


def test_the_terminal_says_what_is_planned_and_never_makes_up_a_day(funding):
    code, out, err = funding("call", "latvia:4.3.6.4", "--on", "2026-11-20")
    assert code == 0, err
    for told in (
        "Opening: second quarter 2027 (planned)",
        "Deadline: third quarter 2027 (planned)",
        "Budget: EUR 1,500,000, EU and national public money together",
        "Area: visa Latvija (NUTS LV)",
        "Authority: Centrālā finanšu un līgumu aģentūra · https://www.cfla.gov.lv/",
        "Way of selection: atklāta (applicants compete)",
        "Stands in: sheet Plāns, row 12",
    ):
        assert told in out
    assert "1 April" not in out

    code, out, err = funding("match", "riga", "--on", "2026-11-20")
    assert code == 0, err
    assert "planned for second quarter 2027, until third quarter 2027" in out
    assert "way in: direct to the national authority: Centrālā finanšu un līgumu aģentūra" in out
    assert "Left out: 1 national call of other countries" in out


def test_the_history_is_on_the_page_of_the_call(funding):
    code, out, err = funding("call", "latvia:4.3.6.2", "--on", "2026-11-20")
    assert code == 0, err
    assert "20 November 2026: state planned → open" in out


def test_json_holds_the_national_part_and_days_as_precisely_as_they_are_known(funding):
    code, out, err = funding("call", "latvia:4.3.6.4", "--on", "2026-11-20", "--json")
    assert code == 0, err
    told = json.loads(out)
    assert told["opening"] == "2027-Q2"
    assert told["deadlines"] == ["2027-Q3"]
    assert told["planned"] is True
    assert told["national"]["area"] == {"text": "visa Latvija", "codes": ["LV"], "narrower": False}

    code, out, err = funding("match", "riga", "--on", "2026-11-20", "--json")
    assert code == 0, err
    match = next(match for match in json.loads(out) if match["call_id"] == "latvia:4.3.6.2")
    assert match["route"] == "national_authority"
    assert match["route_body"]["name"] == "Centrālā finanšu un līgumu aģentūra"


def test_calls_are_listed_by_country(funding):
    code, out, err = funding("calls", "--country", "LV", "--on", "2026-11-20")
    assert code == 0, err
    assert "ESF+ LV" in out
    assert "czechia" not in out
    assert "ESF-2026" not in out
    code, _, err = funding("calls", "--country", "Atlantis")
    assert (code, "Atlantis" in err or "ATLANTIS" in err) == (2, True)
