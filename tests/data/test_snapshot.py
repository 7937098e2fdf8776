"""The bundled snapshot is complete, in the form of a crawl's run, and can be made again."""

import json
import runpy
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from crawler.normalise import normalise
from crawler.source import RawCall, RunReport, sources
from matcher.model import CallKind, CallStatus, DeadlineModel, Fund, Tier
from matcher.reference.files import load_reference

ROOT = Path(__file__).parents[2]
SNAPSHOT = ROOT / "data" / "snapshot"
COLLECTIONS = ROOT.parent / "shared" / "data"
SOURCES = {
    "funding_tenders": (195, date(2026, 10, 8)),
    "published_calls": (50, date(2026, 11, 22)),
    "erasmus_decentralised": (130, date(2026, 11, 22)),
}
READ = {date(2026, 10, 8), date(2026, 11, 21), date(2026, 11, 22)}
TABLE = [Fund.AMIF, Fund.ESF_PLUS, Fund.ERDF, Fund.ERASMUS_PLUS, Fund.CERV]


def calls(source: str) -> list[RawCall]:
    lines = (SNAPSHOT / source / "raw.jsonl").read_text(encoding="utf-8").splitlines()
    return [RawCall.model_validate_json(line) for line in lines]


@pytest.mark.parametrize("source", SOURCES)
def test_a_run_folder_with_its_report(source):
    report = RunReport.model_validate_json((SNAPSHOT / source / "report.json").read_text(encoding="utf-8"))
    number, as_of = SOURCES[source]
    assert len(calls(source)) == report.records == number
    assert (report.source, report.as_of, report.complete) == (source, as_of, True)
    assert report.run == f"snapshot-{as_of}"


@pytest.mark.parametrize("source", SOURCES)
def test_every_record_can_be_traced_and_told_apart(source):
    records = calls(source)
    assert len({c.reference for c in records}) == len(records)
    for call in records:
        assert call.source == source
        assert call.identifier
        assert call.programme
        assert all(url.startswith(("http://", "https://")) for url in (call.url, *call.sources))
        assert call.fetched_at.date() in READ
        assert call.fetched_at.date() <= SOURCES[source][1]


def test_all_grants_of_the_portal_collection_and_no_tender():
    records = calls("funding_tenders")
    kinds = Counter(c.kind for c in records)
    assert kinds == {CallKind.TOPIC: 110, CallKind.CASCADE: 71, CallKind.EXTERNAL_ACTION: 14}
    assert all(c.title and c.description and c.deadlines for c in records)


def test_a_sub_grant_has_its_own_name_and_page():
    call = next(c for c in calls("funding_tenders") if c.reference == "11702COMPETITIVE_CALLen")
    assert call.title == "ReAction – Rapid Response Grants"
    assert call.parent_title.startswith("Call for proposals for civil society organisations")
    assert call.url.endswith("/competitive-calls-cs/11702")
    assert call.sources[0].endswith("/competitive-calls-cs/46357639")


def test_published_calls_keep_amounts_rules_and_time_apart():
    by_code = {c.identifier: c for c in calls("published_calls")}
    health = by_code["AMIF-2025-TF2-AG-INTE-02-HEALTH"]
    assert (health.opening, health.deadlines) == ("2025-04-03", ("2025-09-16",))
    assert (health.deadline_time, health.status) == ("17:00 Europe/Brussels", "")
    assert (health.budget, health.currency, health.grant_max) == ("9000000", "EUR", "3000000")
    assert (health.min_applicants, health.min_countries, health.rate_percent) == ("5", "5", "90")
    twinning = by_code["CERV-2021-CITIZENS-TOWN-TT"]
    assert (twinning.min_applicants, twinning.min_countries) == ("1", "2")
    assert by_code["AMIF-2020-AG-CALL"].programme == "AMIF-2014-2020"
    assert by_code["AMIF-2022-AG-CALL-THB"].title == ""


def test_the_collection_it_began_with_was_not_read_again():
    old = [c for c in calls("published_calls") if c.kind is CallKind.TOPIC]
    assert len(old) == 24
    assert {c.fetched_at.date() for c in old} == {date(2026, 11, 21)}


@pytest.fixture(scope="module")
def understood():
    reference, found = load_reference(ROOT / "data" / "reference"), {}
    for name in SOURCES:
        for call, issues in normalise(calls(name), sources()[name], reference):
            found[call.reference] = call, issues
    return found


def test_every_fund_of_the_briefs_table_has_calls(understood):
    funds = Counter(call.fund for call, _ in understood.values())
    assert all(funds[fund] >= 5 for fund in TABLE), funds


def test_each_publisher_outside_the_portal_has_its_calls(understood):
    programmes = Counter(call.programme for call, _ in understood.values() if call.kind is CallKind.CALL)
    assert programmes == {
        "ERASMUS+-NATIONAL": 130,
        "EUI": 4,
        "EUI-CAPACITY": 6,
        "URBACT": 5,
        "ESF+-SI": 7,
        "INTERREG-EUROPE": 4,
    }


def test_restated_calls_are_understood_to_the_last_value(understood):
    restated = {key: (call, issues) for key, (call, issues) in understood.items() if call.kind is CallKind.CALL}
    for key, (call, issues) in restated.items():
        assert call.tier is Tier.CURATED, key
        assert call.sources, key
        assert call.deadlines or call.deadline_model is DeadlineModel.PERMANENT, key
        assert all(deadline.zone == "Europe/Brussels" for deadline in call.deadlines if deadline.at), key
        assert [issue for issue in issues if "no end" not in issue.problem] == [], key


@pytest.mark.parametrize(
    ("key", "day", "status"),
    [
        ("EUI-IA-CALL-4", date(2026, 2, 24), CallStatus.FORTHCOMING),
        ("EUI-IA-CALL-4", date(2026, 6, 15), CallStatus.OPEN),
        ("EUI-IA-CALL-4", date(2026, 6, 16), CallStatus.CLOSED),
        ("EUI-IA-CALL-3", date(2024, 5, 5), CallStatus.FORTHCOMING),
        ("EUI-IA-CALL-3", date(2024, 5, 6), CallStatus.OPEN),
        ("EUI-CITY-TO-CITY", date(2023, 11, 18), CallStatus.FORTHCOMING),
        ("EUI-CITY-TO-CITY", date(2026, 2, 1), CallStatus.OPEN),
        ("EUI-PEER-REVIEW", date(2026, 11, 22), CallStatus.UNKNOWN),
        ("URBACT-AN-2026", date(2026, 4, 1), CallStatus.OPEN),
        ("ESF-SI-CHILD-GUARANTEE-2026", date(2026, 9, 30), CallStatus.OPEN),
        ("KA210-ADU-2026-R1", date(2026, 2, 1), CallStatus.OPEN),
        ("KA210-ADU-2026-R1", date(2026, 3, 6), CallStatus.CLOSED),
        ("KA210-YOU-2024-R2", date(2024, 10, 8), CallStatus.OPEN),
    ],
)
def test_status_by_day(understood, key, day, status):
    assert understood[key][0].status(day) is status


def test_the_snapshot_can_be_made_again(tmp_path):
    if not COLLECTIONS.is_dir():
        pytest.skip("the collections the snapshot was made from are not beside this checkout (../shared/data)")
    script = runpy.run_path(str(SNAPSHOT / "build.py"))
    script["main"].__globals__["HERE"] = tmp_path
    script["main"](COLLECTIONS)
    for source in SOURCES:
        for name in ("raw.jsonl", "report.json"):
            assert (tmp_path / source / name).read_bytes() == (SNAPSHOT / source / name).read_bytes()


def test_raw_lines_say_that_they_are_calls():
    for source in SOURCES:
        for line in (SNAPSHOT / source / "raw.jsonl").read_text(encoding="utf-8").splitlines():
            assert json.loads(line)["record"] == "call"
