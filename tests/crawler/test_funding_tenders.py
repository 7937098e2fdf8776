"""Crawls of the portal's double give exactly its live records, once each, whatever the trap."""

import json
from collections import Counter
from datetime import date

import pytest

from crawler.load import load_run
from matcher.model import Call
from matcher.store import open_store
from tests.doubles.portal import DAY, TOGETHER, Portal, Trap

WINDOW = 60


def truth_of(portal: Portal) -> list[str]:
    return sorted([*(call.reference for call in portal.calls), *(item.reference for item in portal.news)])


@pytest.mark.parametrize("trap", sorted(TOGETHER), ids=lambda trap: trap.value)
def test_each_trap_alone(trap, crawl_portal):
    window = WINDOW if trap is Trap.WINDOW else 10_000
    with Portal(traps=frozenset({trap}), window=window) as portal:
        crawled = crawl_portal(portal, window=window)
        assert sorted(crawled.references) == truth_of(portal)
    assert crawled.report.complete, crawled.report.failures


@pytest.fixture(scope="module")
def all_traps(crawl_portal):
    with Portal(traps=TOGETHER, window=150) as portal:
        return portal, crawl_portal(portal, window=150)


def test_all_traps_together(all_traps):
    portal, crawled = all_traps
    report, records = crawled.report, crawled.records
    assert report.complete, report.failures
    assert report.records == len(records)
    assert sorted(crawled.references) == truth_of(portal)
    assert {visit.method for visit in portal.asked("/search-api")} == {"POST"}
    assert any("former database" in note for note in report.notes)
    assert any("fuller row" in note for note in report.notes)
    _says_what_is_true(portal, {record["reference"]: record for record in records})


def _says_what_is_true(portal: Portal, records: dict[str, dict]) -> None:
    for call in portal.calls:
        record = records[call.reference]
        assert record["kind"] == call.kind
        assert record["identifier"] == call.identifier
        assert record["title"].strip() == call.title
        assert record["status"] == call.label
        assert tuple(date.fromisoformat(text[:10]) for text in record.get("deadlines", ())) == call.deadlines
        assert date.fromisoformat(record["opening"][:10]) == call.opening
        assert record["programme"] == call.programme


def test_all_traps_together_reach_the_store_as_the_truth(all_traps, tmp_path):
    portal, crawled = all_traps
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    load_run(crawled.folder, store)
    loaded = {call.reference: call for call in store.calls()}
    assert sorted(loaded) == sorted(truth.reference for truth in portal.calls)
    for truth in portal.calls:
        call = loaded[truth.reference]
        assert (call.kind, call.title, call.identifier) == (truth.kind, truth.title, truth.identifier)
        assert call.status(DAY) == truth.status, truth
        assert tuple(sorted(deadline.day for deadline in call.deadlines)) == truth.deadlines
        assert call.opening == truth.opening
        assert _budget(call) == (truth.budget, truth.shared), truth


def _budget(call: Call) -> tuple[int | None, bool]:
    return (int(call.budget.total.amount), call.budget.shared) if call.budget else (None, False)


def test_truth_of_kinds(crawl_portal):
    with Portal() as portal:
        crawled = crawl_portal(portal)
    records = {record["reference"]: record for record in crawled.records}
    _says_what_is_true(portal, records)
    cascade = next(call for call in portal.calls if call.kind == "cascade")
    sub_grant = records[cascade.reference]
    assert sub_grant["parent_title"] == cascade.text
    assert sub_grant["url"].endswith(f"/competitive-calls-cs/{cascade.call}")
    assert sub_grant["call_identifier"] == cascade.call
    assert "Ask the project" in sub_grant["description"]
    assert "Non-profit" in sub_grant["applicants"]
    kinds = Counter(record.get("kind", record["record"]) for record in crawled.records)
    assert kinds == {"topic": 186, "external_action": 15, "cascade": 30, "update": 120}
    assert crawled.report.announced == {"topics": 186, "external actions": 15, "cascade calls": 30, "updates": 120}


def test_texts_come_from_topic_details_where_the_row_has_none(crawl_portal):
    with Portal() as portal:
        crawled = crawl_portal(portal, programmes=["AMIF"])
        elsewhere = [topic for topic in portal.topics if topic.text == "elsewhere" and topic.programme == "43251447"]
        asked = portal.asked("/info/funding-tenders/opportunities/data/topicDetails")
    records = {record["reference"]: record for record in crawled.records}
    assert len(asked) == len(elsewhere) > 0
    for topic in elsewhere:
        assert topic.title in records[topic.reference]["description"]
        assert "Admissibility" in records[topic.reference]["conditions"]
        assert records[topic.reference]["sources"][0].startswith("https://ec.europa.eu/")


@pytest.mark.parametrize("name", ["AMIF", "amif", "43251447"])
def test_only_one_programme(name, crawl_portal):
    with Portal() as portal:
        crawled = crawl_portal(portal, programmes=[name])
        wanted = {topic.identifier for topic in portal.topics if topic.programme == "43251447"}
    assert {record["identifier"] for record in crawled.records} == wanted
    assert crawled.report.programmes == ("AMIF",)


def test_updates_may_name_their_programme_by_its_abbreviation(crawl_portal):
    with Portal() as portal:
        for row in portal.rows_of_type("6"):
            row["metadata"]["frameworkProgramme"] = ["AMIF"]
        crawled = crawl_portal(portal, programmes=["AMIF"])
    assert Counter(record["record"] for record in crawled.records) == {"call": 18, "update": 120}


def test_a_day_of_errors_falls_back_to_the_daily_file(crawl_portal):
    with Portal(traps=frozenset({Trap.ALL_ERRORS})) as portal:
        crawled = crawl_portal(portal)
    report = crawled.report
    assert (report.complete, report.partial) == (True, True)
    assert any("no texts, no budgets" in note and "500" in note for note in report.notes)
    assert sorted(crawled.references) == sorted(topic.reference for topic in portal.topics)
    records = {record["reference"]: record for record in crawled.records}
    for topic in portal.topics:
        days = tuple(date.fromisoformat(text[:10]) for text in records[topic.reference].get("deadlines", ()))
        assert days == topic.deadlines
        assert "description" not in records[topic.reference]


def test_the_fallback_reads_one_programme_too(crawl_portal):
    with Portal(traps=frozenset({Trap.ALL_ERRORS})) as portal:
        crawled = crawl_portal(portal, programmes=["AMIF"])
    assert {record["programme"] for record in crawled.records} == {"43251447"}


@pytest.mark.parametrize("grants", [(404, 1.0), (503, 1.0), (200, 0.6), (200, 0.0)], ids=str)
def test_a_fallback_that_fails_too_is_an_incomplete_run(grants, crawl_portal):
    with Portal(traps=frozenset({Trap.ALL_ERRORS}), grants=grants) as portal:
        crawled = crawl_portal(portal)
    assert not crawled.report.complete
    assert "fallback" in crawled.report.failures[0]
    assert "grantsTenders.json" in crawled.report.failures[0]
    assert "\n" not in crawled.report.failures[0]


def test_one_monstrous_description_does_not_hide_the_other_rows(crawl_portal):
    with Portal() as portal:
        monster = portal.rows_of_type("1")[0]
        monster["metadata"]["descriptionByte"] = ["<p>" + "long " * 4_000_000]
        crawled = crawl_portal(portal, programmes=["AMIF"])
    assert crawled.report.complete, crawled.report.failures
    record = next(record for record in crawled.records if record["reference"] == monster["reference"])
    assert len(record["description"]) == 20_000_003


def test_a_search_that_fails_half_way_is_an_incomplete_run(crawl_portal):
    with Portal() as portal:
        portal.fail_from = 4
        crawled = crawl_portal(portal)
    assert not crawled.report.complete
    assert not crawled.report.partial
    assert any("500" in failure for failure in crawled.report.failures)


def test_rows_that_never_come_leave_the_run_incomplete(crawl_portal):
    with Portal(traps=frozenset({Trap.WINDOW}), window=WINDOW) as portal:
        crawled = crawl_portal(portal)
    assert not crawled.report.complete
    assert any("186" in failure and "60" in failure for failure in crawled.report.failures)


def test_robots_txt_that_forbids_the_search_is_no_reason_for_the_fallback(crawl_portal):
    with Portal(robots=(200, "User-agent: *\nDisallow: /search-api/\n")) as portal:
        crawled = crawl_portal(portal)
        assert {visit.path for visit in portal.visits} == {"/robots.txt"}
    assert not crawled.report.complete
    (failure,) = crawled.report.failures
    assert failure.startswith("topics, external actions, cascade calls, updates: https://")
    assert failure.count("https://") == 1
    assert "robots.txt" in failure


def test_the_real_recordings(shared, crawl_portal):
    rows = recorded_rows(shared / "data" / "portal" / "raw-2025-12")
    live = {row["reference"] for row in rows if row["language"] == "en"}
    with Portal(traps=frozenset({Trap.LANGUAGES, Trap.SWAPPING_TIES}), recorded=rows) as portal:
        crawled = crawl_portal(portal)
    assert crawled.report.complete
    assert set(crawled.references) == live
    (topic,) = [record for record in crawled.records if record["record"] == "call"]
    assert topic["identifier"] == "HORIZON-CL4-2025-04-DATA-03"
    assert json.loads(topic["budget_overview"])["budgetYearsColumns"] == ["2025"]
    assert topic["description"]


def recorded_rows(folder) -> list[dict]:
    """Each recorded row once; some files are UTF-16."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        raw = path.read_bytes()
        encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        found |= {row["reference"]: row for row in json.loads(raw.decode(encoding))["results"]}
    return list(found.values())
