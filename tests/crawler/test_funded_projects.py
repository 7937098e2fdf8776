"""Crawls of the double's index of funded projects give each project of the five funds once."""

from collections import Counter

import pytest

from crawler.load import LoadRefused, load_run
from matcher.model import ProjectRole
from matcher.store import open_store
from tests.doubles.portal import TOGETHER, Portal, Trap, many

SOURCE = "funded_projects"


def wanted(portal: Portal) -> list[str]:
    return sorted(one.reference for one in portal.projects if one.of_the_five)


@pytest.fixture(scope="module")
def crawled(crawl_portal):
    with Portal() as portal:
        return portal, crawl_portal(portal, source=SOURCE)


def test_every_project_of_the_five_funds_comes_once(crawled):
    portal, crawl = crawled
    assert sorted(crawl.references) == wanted(portal)
    assert crawl.report.complete, crawl.report.failures
    assert crawl.report.listed == crawl.report.fetched == len(crawl.records)
    assert any("fuller row" in note for note in crawl.report.notes)


def test_a_project_says_what_its_row_says(crawled):
    portal, crawl = crawled
    records = {record["reference"]: record for record in crawl.records}
    for one in portal.projects:
        if one.of_the_five:
            record = records[one.reference]
            assert (record["title"], record.get("acronym", "")) == (one.title, one.acronym)
            assert (record["programme"], record["topic"]) == (one.programme, one.topic)
            assert record.get("start", "")[:10] == (one.start.isoformat() if one.start else "")
            assert len(record.get("participants", ())) == one.participants
            assert f"/{one.programme}/{one.reference.removeprefix(one.programme)}/" in record["url"]


def test_participants_that_are_no_json_are_an_issue_and_the_project_stays(crawled):
    portal, crawl = crawled
    broken = {one.reference for one in portal.projects if one.of_the_five and one.form == "broken"}
    assert {issue.reference for issue in crawl.report.issues} == broken
    assert {issue.field for issue in crawl.report.issues} == {"participants"}
    assert broken <= set(crawl.references)


def test_nothing_of_a_person_and_no_street_is_kept(crawled):
    _, crawl = crawled
    everything = (crawl.folder / "raw.jsonl").read_text(encoding="utf-8")
    assert "MUSTER" not in everything
    assert "A STREET" not in everything
    assert any("natural persons" in note for note in crawl.report.notes)


def test_the_double_has_what_must_not_come(crawled):
    portal, _ = crawled
    text = str(portal.project_rows)
    assert "MUSTER" in text
    assert "A STREET" in text
    assert Counter(one.of_the_five for one in portal.projects) == {True: 330, False: 60}


@pytest.mark.parametrize("window", [25, 100])
def test_more_projects_than_can_be_reached_are_split_by_programme_and_date(window, crawl_portal):
    with Portal(traps=frozenset({Trap.WINDOW}), window=window) as portal:
        crawl = crawl_portal(portal, source=SOURCE, window=window)
    assert crawl.report.complete, crawl.report.failures
    assert sorted(crawl.references) == wanted(portal)


def test_all_traps_together(crawl_portal):
    with Portal(traps=TOGETHER - {Trap.MOVING_TOTALS}, window=60) as portal:
        crawl = crawl_portal(portal, source=SOURCE, window=60)
        assert {visit.method for visit in portal.asked("/search-api")} == {"POST"}
    assert crawl.report.complete, crawl.report.failures
    assert sorted(crawl.references) == wanted(portal)


def test_only_one_programme(crawl_portal):
    with Portal() as portal:
        crawl = crawl_portal(portal, ["CERV"], source=SOURCE)
    assert {record["programme"] for record in crawl.records} == {"43251589"}
    assert len(crawl.records) == 120


def test_a_programme_that_cannot_be_read_takes_no_other_along(crawl_portal, tmp_path):
    with Portal(broken_programme="43251589") as portal:
        crawl = crawl_portal(portal, source=SOURCE)
        others = sorted(one.reference for one in portal.projects if one.of_the_five and one.programme != "43251589")
    assert sorted(crawl.references) == others
    (failure,) = crawl.report.failures
    assert failure.startswith("projects of CERV: ")
    assert "500" in failure
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store, pytest.raises(LoadRefused, match="CERV"):
        load_run(crawl.folder, store)


def test_robots_txt_that_forbids_the_search_is_asked_once_and_obeyed(crawl_portal):
    with Portal(robots=(200, "User-agent: *\nDisallow: /search-api/\n")) as portal:
        crawl = crawl_portal(portal, source=SOURCE)
        assert {visit.path for visit in portal.visits} == {"/robots.txt"}
    (failure,) = crawl.report.failures
    assert "robots.txt" in failure
    assert not crawl.records


def test_one_programme_alone_exceeds_the_window(crawl_portal):
    """As Erasmus+ does with 10,000: many pages to a slice, and days on which many projects start."""
    with Portal(traps=frozenset({Trap.WINDOW, Trap.PAGE_CAP}), projects=many(2_050), window=1_000) as portal:
        crawl = crawl_portal(portal, ["CERV"], source=SOURCE, window=1_000)
    assert crawl.report.complete, crawl.report.failures
    assert sorted(crawl.references) == wanted(portal)


def test_the_crawl_reaches_the_store(crawled, tmp_path):
    portal, crawl = crawled
    facts = {one.reference: one for one in portal.projects if one.of_the_five}
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        run = load_run(crawl.folder, store)
        projects = {one.reference: one for one in store.projects()}
        issues = store.issues(run.id)
    assert projects.keys() == facts.keys()
    assert run.calls == run.new == 330
    for reference, one in facts.items():
        project = projects[reference]
        assert project.fund is not None
        assert (project.start, project.end, project.topic) == (one.start, one.end, one.topic)
        assert (project.eu_contribution is None) == (one.form == "zero")
        assert len(project.participants) == one.participants
        assert len(project.coordinators) == (one.participants > 0)
    everybody = [one for project in projects.values() for one in project.participants]
    assert {one.country for one in everybody} == {"IT", "GR", "LV", "GB", "DE", None}
    assert {one.role for one in everybody} == set(ProjectRole)
    assert {issue.found for issue in issues if issue.field == "country"} == {"QQ"}
