"""The rules on the project's own reference, profiles and snapshot of calls."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from crawler.normalise import normalise
from crawler.source import RawRecord, sources
from matcher.eligibility import assess, find_route
from matcher.model import Answer, RouteKind
from matcher.profiles import load_profiles
from matcher.reference.files import load_reference

DATA = Path(__file__).parents[2] / "data"
RECORD = TypeAdapter(RawRecord)


@pytest.fixture(scope="module")
def real():
    return load_reference(DATA / "reference")


@pytest.fixture(scope="module")
def profiles():
    return load_profiles(DATA / "profiles")


@pytest.fixture(scope="module")
def calls(real):
    found = []
    for file in sorted((DATA / "snapshot").glob("*/raw.jsonl")):
        records = [RECORD.validate_json(line) for line in file.read_text("utf-8").splitlines()]
        found += [call for call, _ in normalise(records, sources()[file.parent.name], real) if call]
    return found


@pytest.fixture(scope="module")
def judge(real):
    def judged(profile, call, on):
        verdicts = assess(profile, call, on, real)
        return {verdict.rule: verdict for verdict in verdicts}, find_route(profile, call, verdicts, on, real)

    return judged


@pytest.mark.parametrize("on", [date(2021, 1, 15), date(2025, 5, 1), date(2026, 10, 10)], ids=str)
def test_every_pair_of_organisation_and_call_has_a_route_with_a_reason(on, profiles, calls, judge):
    assert len(calls) > 200
    for profile in profiles.values():
        for call in calls:
            verdicts, route = judge(profile, call, on)
            assert route.reason
            shut = any(verdict.answer is Answer.NOT_MET for verdict in verdicts.values())
            assert shut or route.is_open is not False, (profile.id, call.id, route)


def test_riga_can_lead_or_join_the_integration_topics_of_2025(profiles, calls, judge):
    topics = [call for call in calls if call.identifier.startswith("AMIF-2025-TF2-AG-INTE-")]
    assert len(topics) == 5
    for topic in topics:
        _, route = judge(profiles["riga"], topic, date(2025, 5, 1))
        assert (route.kind, route.also) == (RouteKind.LEAD, (RouteKind.CO_APPLICANT,))
        assert route.label == "lead or co-applicant"


def test_they_are_not_fundable_for_birmingham(profiles, calls, judge):
    for topic in (call for call in calls if call.identifier.startswith("AMIF-2025-TF2-AG-INTE-")):
        verdicts, route = judge(profiles["birmingham"], topic, date(2025, 5, 1))
        assert route.is_open is False
        assert "Not fundable for the United Kingdom" in route.reason
        assert "2021/1147" in route.reference
        assert verdicts["country"].answer is Answer.NOT_MET


def test_denmark_stays_outside_amif(profiles, calls, judge):
    aarhus = profiles["riga"].model_copy(update={"id": "aarhus", "name": "Aarhus", "country": "DK"})
    for call in (call for call in calls if call.fund == "AMIF"):
        assert judge(aarhus, call, call.final_day or date(2025, 5, 1))[0]["country"].answer is Answer.NOT_MET


@pytest.mark.parametrize(
    "partner",
    ["birmingham", "ioannina", "riga", "ripollet", "utrecht", "unitee", "new-women-connectors", "kudwa", "make-room"],
)
def test_who_won_in_the_amif_call_of_2020_was_not_shut_out_of_it(partner, profiles, calls, judge):
    """MILE (AMIF-2020-AG-CALL-03): no rule may throw out a call that the organisation really won."""
    call = next(call for call in calls if call.identifier == "AMIF-2020-AG-CALL")

    _, route = judge(profiles[partner], call, date(2021, 1, 15))

    assert route.is_open, route


def test_a_sub_grant_for_slovenia_and_croatia_is_for_nobody_else(profiles, calls, judge):
    call = next(call for call in calls if call.reference == "11674COMPETITIVE_CALLen")
    group = profiles["new-women-connectors"]

    assert judge(group, call, date(2026, 10, 10))[1].kind is RouteKind.NOT_OPEN
    croatian = group.model_copy(update={"country": "HR"})
    assert judge(croatian, call, date(2026, 10, 10))[1].kind is RouteKind.SUB_GRANT
