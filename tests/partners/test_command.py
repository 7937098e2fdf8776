"""`funding partners`: over a store with projects as a crawl leaves it, over one without, and in JSON."""

import json
import shutil
from datetime import UTC, date, datetime
from functools import partial

import pytest
import yaml

from matcher import cli
from matcher.drafts import partner
from matcher.model import CallKind, National, OrganisationKind, ProjectRole, Role, Run, RunOutcome
from matcher.partners.search import LOOKED_AT, near_projects, opening_draft
from matcher.service import Service
from matcher.settings import REPOSITORY, Settings
from matcher.store import open_store

DAY = date(2026, 10, 8)
CALL = "AMIF-2027-TF2-AG-INTE-01-WOMEN"
PUBLIC = OrganisationKind.PUBLIC_BODY


def store_in(home, data, calls, projects):
    """A home whose store holds these, as a crawl would leave it."""
    settings = Settings(home=home, data=data, model="hashing")
    started = datetime(2026, 10, 8, 6, tzinfo=UTC)
    run = Run(id="r", source="funding_tenders", started=started, as_of=DAY, outcome=RunOutcome.OK)
    with open_store(settings.database_url) as store:
        store.save_run(run, calls, projects=projects)
    return settings


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The project's data with one organisation more, made for the test, that opted in."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("reference", "profiles"):
        shutil.copytree(REPOSITORY / "data" / name, folder / name)
    source = folder / "profiles" / "new-women-connectors.yml"
    made = yaml.safe_load(source.read_text(encoding="utf-8"))
    made |= {"name": "Women of Testville", "country": "SE", "partner_search": True}
    made.pop("experience")
    (folder / "profiles" / "women-of-testville.yml").write_text(yaml.safe_dump(made), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def calls(make_call):
    common = {"min_applicants": "4", "min_countries": "3"}
    national = {"kind": CallKind.CALL, "national": National(country="PL"), "programme": "AMIF-NATIONAL"}
    return [
        make_call(**common),
        make_call(reference="2C", identifier="SUB-GRANT", kind=CallKind.CASCADE, **common),
        make_call(reference="3N", identifier="PL-1", **national),
    ]


@pytest.fixture(scope="module")
def projects(make_project, make_participant):
    lead = make_participant("Comune di Rimini", "IT", "911111111", ProjectRole.COORDINATOR, PUBLIC)
    return [
        make_project(1, lead, make_participant("Verein Ankommen", "DE", "922222222")),
        make_project(2, lead, make_participant("British Help", "GB", "933333333")),
        make_project(3, make_participant("Rīgas valstspilsētas pašvaldība", "LV", "944444444", kind=PUBLIC)),
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory, data, calls, projects):
    return store_in(tmp_path_factory.mktemp("home"), data, calls, projects)


@pytest.fixture
def funding(home, monkeypatch, capsys):
    """`funding partners …` in the home: exit code, output and error text."""

    def run(*arguments, settings=home):
        monkeypatch.setenv("FUNDING_HOME", str(settings.home))
        monkeypatch.setenv("FUNDING_DATA", str(settings.data))
        monkeypatch.setenv("FUNDING_MODEL", "hashing")
        monkeypatch.setattr("sys.argv", ["funding", "partners", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return partial(run)


def test_a_project_that_still_runs_is_not_told_as_past(funding):
    _, out, _ = funding(CALL, "kudwa", "--on", "2021-11-22")
    assert "Led 2 projects under this call or earlier editions of it; the latest runs until 2022." in out


def test_a_migrant_led_organisation_sees_leads_to_write_to(funding):
    code, out, _ = funding(CALL, "kudwa", "--on", "2026-11-22")
    assert code == 0
    assert "Advised role: co-applicant" in out
    assert "What the draft lacks" in out
    leads, partners = out.split("Who could fill what is missing")
    assert "Experienced leads to write to" in leads
    assert "Comune di Rimini (IT, local authorities and public bodies) as lead" in leads
    assert "Led 2 projects under this call or earlier editions of it, last in 2022." in leads
    assert "- led WIT2 (AMIF, 2022) https://example.org/projects/2" in leads
    assert "Verein Ankommen" in partners
    assert "kind of organisation" in partners
    assert "British Help" not in out, "the United Kingdom takes no part in AMIF"
    assert "Eurocities" in partners.split("Networks to ask")[1]


def test_a_municipality_sees_migrant_led_partners_with_the_brief_as_source(funding):
    _, out, _ = funding(CALL, "riga", "--on", "2026-11-22")
    assert "Women of Testville (SE" in out
    assert "to be invited from the start (MILE policy brief 3 (April 2023), recommendations" in out
    assert "Migrant-led organisations come first among equals (MILE policy brief 3" in out
    assert "entered itself and looks for partners (profile women-of-testville)" in out
    assert "Eurocities: a member of the draft is in it" in out


def test_members_that_are_in_already_change_what_is_missing(funding):
    alone = json.loads(funding(CALL, "kudwa", "--on", "2026-11-22", "--json")[1])
    three = json.loads(
        funding(
            CALL,
            "kudwa",
            "--with",
            "riga",
            "--with",
            "Oulu Friends:FI:civil_society",
            "--lead",
            "--on",
            "2026-11-22",
            "--json",
        )[1]
    )
    assert {"coordinator", "min_applicants", "min_countries"} <= set(alone["lacking"])
    assert three["lacking"] == ["min_applicants"]
    assert [member["profile"] for member in three["members"]] == ["kudwa", "riga", None]
    assert (three["role"], three["advice"]["role"]) == ("coordinator", "beneficiary")


def test_as_json(funding):
    found = json.loads(funding(CALL, "kudwa", "--top", "1", "--on", "2026-11-22", "--json")[1])
    assert (found["projects_stored"], found["projects_looked_at"], found["closed"]) == (3, 3, "")
    (first,) = found["leads"]["first"]
    assert found["leads"]["count"] >= 1
    assert first["score"] == sum(part["value"] for part in first["contributions"])
    assert {part["name"] for part in first["contributions"]} == {
        *("need", "repair", "experience", "fundable", "complement", "country", "invitation"),
    }
    assert first["repairs"]
    assert first["candidate"]["past"][0]["stored"] == "funded_projects:2"
    assert found["networks"][0]["key"] == "eurocities"


def test_what_is_suggested_names_no_person_and_nobody_who_did_not_opt_in(funding):
    found = json.loads(funding(CALL, "kudwa", "--top", "99", "--on", "2026-11-22", "--json")[1])
    groups = [found[name]["first"] for name in ("leads", "partners", "strengthening")]
    profiles = {one["candidate"]["profile"] for group in groups for one in group}
    assert profiles == {None, "women-of-testville"}
    names = {one["candidate"]["name"] for group in groups for one in group}
    assert "Rīgas valstspilsētas pašvaldība" in names, "its place in a funded project is public record"
    assert "Riga City Council" not in names


def test_where_nobody_migrant_led_looks_for_partners_a_municipality_is_told(funding, calls, projects, tmp_path):
    shipped = store_in(tmp_path, REPOSITORY / "data", calls, projects)
    _, out, _ = funding(CALL, "oulu", "--on", "2026-11-22", settings=shipped)
    assert "public records do not say who is led by migrants" in out


def test_without_projects_it_says_how_to_get_them_and_names_networks(funding, data, calls, tmp_path):
    empty = store_in(tmp_path, data, calls, ())
    code, out, _ = funding(CALL, "kudwa", "--on", "2026-11-22", settings=empty)
    assert code == 0
    assert "run `funding crawl funded_projects`" in out
    assert "Migrant-led" not in out, "that is said to municipalities"
    assert "URBACT" in out.split("Networks to ask")[1]


@pytest.mark.parametrize(("call", "said"), [("SUB-GRANT", "applied for alone"), ("PL-1", "its authority")])
def test_calls_that_partners_are_not_looked_for(funding, call, said):
    found = json.loads(funding(call, "gdansk", "--on", "2026-11-22", "--json")[1])
    assert said in found["closed"]
    assert [found[name]["count"] for name in ("leads", "partners", "strengthening")] == [0, 0, 0]
    assert said in funding(call, "gdansk", "--on", "2026-11-22")[1]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("NOTHING", "kudwa"), "no call"),
        ((CALL, "nobody"), "no organisation"),
        ((CALL, "riga", "--top", "0"), "--top"),
        ((CALL, "riga", "--with", "kudwa", "--with", "kudwa"), "named twice: kudwa"),
        ((CALL, "riga", "--with", "A:ZZ"), "no country's code"),
    ],
)
def test_wrong_usage(funding, arguments, hint):
    code, out, err = funding(*arguments)
    assert (code, out) == (2, "")
    assert hint in err


def test_projects_of_the_line_come_before_the_newest_of_the_programme(tmp_path, data, make_call, make_project):
    line = [make_project(number) for number in range(5)]
    others = [make_project(number, topic=f"AMIF-2024-TF2-AG-THB-{number}") for number in range(10, 10 + LOOKED_AT)]
    foreign = make_project(9, topic="HORIZON-CL2-2024-X-01", programme="HORIZON", fund=None)
    settings = store_in(tmp_path, data, [make_call()], [*others, foreign, *line])
    with open_store(settings.database_url) as store:
        found = near_projects(store, make_call())
    assert len(found) == LOOKED_AT
    assert {one.reference for one in found[:5]} == {one.reference for one in line}
    assert foreign not in found


def test_a_draft_may_be_led_by_who_is_advised_to_join_and_may_be_without_who_asks(home):
    service = Service(home)
    riga = service.profile("riga")
    page = service.partners(CALL, "riga", opening_draft(riga, leads=True), DAY)
    assert page.role is Role.COORDINATOR
    assert "Comune di Rimini" in {one.candidate.name for one in page.leads}, "it is advised to join all the same"
    without = service.partners(CALL, "riga", [partner("Somebody:GR")], DAY)
    assert without.role is None
    assert without.memberships == ()
    service.store.close()


def test_who_asks_is_not_in_already(funding):
    code, _, error = funding(CALL, "kudwa", "--with", "kudwa")
    assert code == 2
    assert "named twice" in error
