"""`funding crawl` against doubles of every source: what a user then has of each of the six names of the mission."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from crawler.run import crawled_sources
from crawler.source import sources
from matcher.model import Answer, CallKind, CallStatus, Fund, RouteKind, Tier
from matcher.service import Service
from matcher.settings import Settings
from tests.doubles.portal import Portal
from tests.doubles.replay import Replay, pages_of

SPIDERS = Path(__file__).parents[2] / "crawler" / "spiders"
PORTAL = {"funding_tenders", "funded_projects"}
DAY = date(2026, 11, 20)
SIX = ("funding_tenders", "amif", "esf_plus", "erdf", "erasmus_plus", "cerv")
"""Folders of spiders: the portal, and the five funds of the brief's table."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A store after one crawl of everything, and what the command said."""
    names = [name for name in crawled_sources() if name not in PORTAL]
    hosts = [host for name in names for host in sources()[name].hosts]
    home = tmp_path_factory.mktemp("home")
    with Portal() as portal, Replay([page for name in names for page in pages_of(name)], hosts=hosts) as sites:
        environment = {"FUNDING_HOME": str(home), "FUNDING_HOST_MAP": f"{portal.host_map},{sites.host_map}"}
        command = [sys.executable, "-m", "crawler", "crawl", "--delay", "0", "--json"]
        done = subprocess.run(
            command, env=os.environ | environment, capture_output=True, text=True, timeout=240, check=False
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return Service(Settings(home=home, model="hashing")), json.loads(done.stdout)


@pytest.fixture(scope="module")
def by_name(crawled):
    """Stored records of calls by the folder of their spider."""
    service, _ = crawled
    folders = {path.stem: path.parent.name for path in SPIDERS.glob("*/*.py")} | dict.fromkeys(
        PORTAL, "funding_tenders"
    )
    found = defaultdict(list)
    for call in service.store.calls():
        found[folders[call.source]].append(call)
    return found


def test_every_source_was_read_and_loaded(crawled):
    _, results = crawled
    assert [result["source"] for result in results] == list(crawled_sources())
    assert [result["source"] for result in results if not result["ok"]] == []


@pytest.mark.parametrize("name", SIX)
def test_each_of_the_six_names_has_calls(by_name, name):
    calls = by_name[name]
    assert calls
    for call in calls:
        assert call.url.startswith("https://")
        assert call.tier is sources()[call.source].tier
        assert call.title
        assert call.as_of
    assert any(call.fund for call in calls)


@pytest.mark.parametrize("fund", Fund)
def test_each_fund_of_the_table_has_calls_one_can_act_on(crawled, fund):
    service, _ = crawled
    dated = [call for call in service.calls(DAY, fund=fund) if call.deadlines]
    assert dated
    assert {call.status(DAY) for call in dated} - {CallStatus.UNKNOWN}
    assert any(call.text for call in dated)


@pytest.mark.parametrize("name", ["funding_tenders", "esf_plus", "erdf"])
def test_the_bodies_that_decide_say_until_when(by_name, name):
    records = [call for call in by_name[name] if call.tier is Tier.OFFICIAL_RECORD]
    assert any(call.deadlines for call in records)
    assert any(call.applicants or call.terms or call.text for call in records)


NINE = ("slovakia", "czechia", "portugal", "poland", "spain", "romania", "greece", "lithuania", "finland")


@pytest.mark.parametrize("name", NINE)
def test_each_of_the_nine_countries_has_calls_one_can_act_on(crawled, name):
    service, _ = crawled
    calls = service.store.calls(name)
    country = sources()[name].country
    assert {call.national.country for call in calls if call.national} == {country}
    assert all(call.national for call in calls)
    assert any(call.status(DAY) in (CallStatus.OPEN, CallStatus.FORTHCOMING) for call in calls)
    assert any(call.national.area.codes for call in calls)
    assert any(call.fund for call in calls)
    assert any(call.criteria for call in calls) or name == "finland"  # where the text alone says who may apply


@pytest.mark.parametrize(("profile", "country"), [("prague", "CZ"), ("gdansk", "PL"), ("athens", "GR")])
def test_a_town_gets_national_calls_and_those_of_the_eu_together(crawled, profile, country):
    service, _ = crawled
    matches = service.match(profile, DAY)
    national = [match for match in matches if match.call.national]

    assert {match.call.national.country for match in national} == {country}
    assert any(match.call.national is None and match.route.is_open for match in matches)
    direct = [match for match in national if match.route.kind is RouteKind.NATIONAL_AUTHORITY]
    assert direct
    assert all(match.route.body for match in direct)
    assert all(_answer(match, "area") is Answer.MET for match in direct)
    elsewhere = [match for match in national if _answer(match, "area") is Answer.NOT_MET]
    assert elsewhere
    assert {match.route.kind for match in elsewhere} == {RouteKind.NOT_OPEN}
    assert service.left_out(profile) > 0


def _answer(match, rule):
    return next(verdict.answer for verdict in match.verdicts if verdict.rule == rule)


def test_no_two_calls_of_one_source_became_one(crawled):
    service, _ = crawled
    stored = {call.id: call for call in service.store.calls()}
    shown = service.calls(DAY)
    for call in shown:
        seen = [call.id, *(sighting.id for sighting in call.sightings)]
        assert len({stored[id].source for id in seen}) == len(seen)
    cascades = [call for call in stored.values() if call.kind is CallKind.CASCADE]
    assert {call.id for call in cascades} <= {call.id for call in shown}


def test_the_sources_are_all_reported(crawled):
    service, _ = crawled
    assert {state.source for state in service.sources(DAY)} == set(sources())
