"""Organisations in the United Kingdom before the programmes as they really are, whatever else a call says."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.eligibility import assess, find_route
from matcher.model import Answer, CallKind, Deadline, RouteKind
from matcher.profiles import load_profiles
from matcher.reference.files import load_reference
from tests.doubles.situations import changes_of_a_call

DATA = Path(__file__).parents[2] / "data"
BRITISH = ("birmingham", "ashley-community-housing")
NEVER = ["AMIF", "AMIF-NATIONAL", "CERV", "ESF+", "ESF+-SI", "ESF+-NATIONAL", "ERDF-NATIONAL", "EUI", "EUI-CAPACITY"]
FROM = {"ERASMUS+": date(2027, 1, 1), "ERASMUS+-NATIONAL": date(2027, 1, 1), "HORIZON": date(2024, 1, 1)}
PERIOD = st.dates(date(2021, 1, 1), date(2027, 12, 31))
TOPICS = st.sampled_from([CallKind.TOPIC, CallKind.CALL])


@pytest.fixture(scope="module")
def real():
    return load_reference(DATA / "reference")


@pytest.fixture(scope="module")
def british():
    known = load_profiles(DATA / "profiles")
    return [known[name] for name in BRITISH]


def call_of(make_call, changes, programme, day, kind):
    """A call of the programme that closes on the day, with conditions that do not name the United Kingdom itself."""
    said = tuple(one for one in changes["criteria"] if "GB" not in one["values"])
    fixed = {"programme": programme, "deadlines": (Deadline(day=day),), "kind": kind, "national": None}
    return make_call("amif", changes | fixed | {"criteria": said, "opening": None, "deadline_model": None})


@given(changes=changes_of_a_call(), programme=st.sampled_from(NEVER), day=PERIOD, kind=TOPICS)
def test_the_programmes_it_left_never_fund_it(changes, programme, day, kind, british, make_call, real):
    call = call_of(make_call, changes, programme, day, kind)
    for profile in british:
        verdicts = assess(profile, call, day, real)
        route = find_route(profile, call, verdicts, day, real)
        assert route.is_open is not True, route
        answer = next(verdict.answer for verdict in verdicts if verdict.rule == "country")
        assert answer is not Answer.MET
        if not any(one.kind == "country" for one in call.criteria):
            assert answer is Answer.NOT_MET
            assert route.kind in (RouteKind.ASSOCIATED_PARTNER, RouteKind.NOT_OPEN)


@given(changes=changes_of_a_call(), programme=st.sampled_from(sorted(FROM)), day=PERIOD, kind=TOPICS)
def test_those_it_joins_fund_it_from_their_day(changes, programme, day, kind, british, make_call, real):
    call = call_of(make_call, changes | {"criteria": ()}, programme, day, kind)
    for profile in british:
        verdicts = {verdict.rule: verdict for verdict in assess(profile, call, day, real)}
        assert (verdicts["country"].answer is Answer.MET) is (day >= FROM[programme])


@pytest.mark.parametrize("programme", NEVER)
def test_a_call_s_word_for_all_countries_leaves_it_open_and_never_yes(programme, british, make_call, real):
    said = {"kind": "country", "values": ["any"], "basis": "call_document"}
    call = make_call("amif", {"programme": programme, "criteria": [said]})
    for profile in british:
        country = next(v for v in assess(profile, call, date(2025, 5, 1), real) if v.rule == "country")
        assert country.answer is Answer.UNKNOWN


def test_before_2027_erasmus_is_conditional_on_the_agreement(british, make_call, real):
    call = make_call("amif", {"programme": "ERASMUS+", "opening": "2026-01-02", "deadlines": [{"day": "2026-10-01"}]})
    for profile in british:
        country = next(v for v in assess(profile, call, date(2026, 5, 1), real) if v.rule == "country")
        assert country.answer is Answer.UNKNOWN
        assert "Conditional" in country.reason
        assert country.remedy


def test_in_the_amif_call_of_2020_it_still_takes_part_and_the_source_says_why(british, make_call, real):
    call = make_call("amif-2020")
    for profile in british:
        country = next(v for v in assess(profile, call, date(2021, 1, 15), real) if v.rule == "country")
        assert country.answer is Answer.MET
        assert "Withdrawal Agreement" in country.reference
        assert "AMIF-2020-AG-CALL" in country.reference
