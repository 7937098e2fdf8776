"""Deadlines: what a date means per kind of record, stages and cut-offs, and dates that are none."""

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.dates import parse_clock, parse_day, parse_moment
from matcher.model import CallKind, DeadlineModel, Precision

MIDNIGHT = "2026-11-05T00:00:00.000+0000"


def actions(*days, model="single-stage", opening="2026-06-10"):
    procedure = {"id": 1, "abbreviation": model, "description": model}
    return json.dumps(
        [{"types": [], "plannedOpeningDate": opening, "submissionProcedure": procedure, "deadlineDates": list(days)}]
    )


def test_a_topic_states_the_day_only(understand):
    call, problems = understand(
        deadlines=(MIDNIGHT,), deadline_model="single-stage", opening="2026-06-10T00:00:00.000+0000"
    )
    (deadline,) = call.deadlines
    assert (deadline.day, deadline.precision, deadline.at, deadline.zone) == (
        date(2026, 11, 5),
        Precision.DAY,
        None,
        None,
    )
    assert (deadline.stage, call.opening, problems) == (None, date(2026, 6, 10), [])


@pytest.mark.parametrize(
    ("kind", "text", "at", "zone"),
    [
        (CallKind.EXTERNAL_ACTION, "2026-10-21T10:00:18.000+0000", time(10, 0), "UTC"),
        (CallKind.CASCADE, "2026-10-10T17:00:00.000+0000", time(17, 0), None),
        (CallKind.CASCADE, "2026-12-31T23:59:23.000+0000", time(23, 59), None),
        (CallKind.TOPIC, "2026-10-10T17:00:00.000+0000", time(17, 0), None),
    ],
)
def test_a_time_of_day_is_cut_to_the_minute_and_its_zone_not_claimed(understand, kind, text, at, zone):
    call, _ = understand(kind=kind, deadlines=(text,))
    (deadline,) = call.deadlines
    assert (deadline.at, deadline.zone, deadline.precision) == (at, zone, Precision.MINUTE)


def test_seconds_that_change_on_every_refresh_are_no_change(understand):
    first, _ = understand(kind=CallKind.EXTERNAL_ACTION, deadlines=("2026-10-21T10:00:18.000+0000",))
    second, _ = understand(kind=CallKind.EXTERNAL_ACTION, deadlines=("2026-10-21T10:00:43.000+0000",))
    assert first == second


def test_a_time_given_apart(understand):
    call, problems = understand(deadlines=("2025-09-16",), deadline_time="17:00 Europe/Brussels")
    assert (call.deadlines[0].at, call.deadlines[0].zone, problems) == (time(17, 0), "Europe/Brussels", [])


@pytest.mark.parametrize("text", ["five o'clock", "25:00 Europe/Brussels", "17:00 Brussels-ish", "17:61"])
def test_a_time_that_is_none_is_an_issue(understand, text):
    call, problems = understand(deadlines=("2025-09-16",), deadline_time=text)
    assert call.deadlines[0].precision is Precision.DAY
    assert [field for field, _ in problems] == ["deadline_time"]


@pytest.mark.parametrize(
    ("conditions", "at"),
    [
        ("<p>Deadline for submitting applications: 17 September 2026 17:00 (Brussels time).</p>", time(17, 0)),
        ("<p>Deadline for submission: 06/10/2026 – 17:00:00 CET (Brussels)</p>", time(17, 0)),
        ("<p>Call opening: 09:00 Brussels time.</p>", None),
        ("<p>Deadline: 17:00 Brussels time.</p><p>Deadline for stage 2: 12:00 Brussels time.</p>", None),
        ("<p>The deadline is 17:00.</p>", None),
    ],
)
def test_the_hour_may_stand_in_the_conditions(understand, conditions, at):
    call, _ = understand(deadlines=(MIDNIGHT,), conditions=conditions)
    assert call.deadlines[0].at == at
    assert call.deadlines[0].zone == ("Europe/Brussels" if at else None)


def test_two_stages_are_numbered_by_day(understand):
    dates = ("2027-02-16T00:00:00.000+0000", "2026-09-16T00:00:00.000+0000")
    call, problems = understand(deadlines=dates, deadline_model="two-stage")
    assert [(d.day, d.stage) for d in call.deadlines] == [(date(2026, 9, 16), 1), (date(2027, 2, 16), 2)]
    assert (call.deadline_model, call.final_day, problems) == (DeadlineModel.TWO_STAGE, date(2026, 9, 16), [])


def test_seven_cut_offs(understand):
    dates = tuple(f"202{n}-03-01T00:00:00.000+0000" for n in range(7))
    call, problems = understand(deadlines=dates[::-1] + dates[:2], deadline_model="multiple cut-off")
    assert [d.stage for d in call.deadlines] == [1, 2, 3, 4, 5, 6, 7]
    assert problems == []


def test_seven_deadlines_of_a_single_stage_are_kept_and_recorded(understand):
    dates = tuple(f"202{n}-03-01T00:00:00.000+0000" for n in range(7))
    call, problems = understand(deadlines=dates, deadline_model="single-stage")
    assert len(call.deadlines) == 7
    assert problems == [("deadlines", "several deadlines, but no model with several")]


def test_actions_fill_what_the_record_lacks_in_english_dates_too(understand):
    call, problems = understand(
        actions=actions("23 November 2023", "2024-03-07", model="two-stage", opening="4 May 2023")
    )
    assert [(d.day, d.stage) for d in call.deadlines] == [(date(2023, 11, 23), 1), (date(2024, 3, 7), 2)]
    assert (call.opening, call.deadline_model, problems) == (date(2023, 5, 4), DeadlineModel.TWO_STAGE, [])


def test_actions_add_the_second_stage(understand):
    call, problems = understand(
        deadlines=(MIDNIGHT,),
        deadline_model="two-stage",
        actions=actions("2026-11-05", "2027-03-01", model="two-stage"),
    )
    assert [d.day for d in call.deadlines] == [date(2026, 11, 5), date(2027, 3, 1)]
    assert problems == []


def test_the_record_wins_over_other_days_in_its_actions(understand):
    call, problems = understand(deadlines=(MIDNIGHT,), actions=actions("2026-12-01"))
    assert [d.day for d in call.deadlines] == [date(2026, 11, 5)]
    assert [field for field, _ in problems] == ["deadlines"]


@pytest.mark.parametrize(
    "text", ["soon", "2026-02-30T00:00:00.000+0000", "05/06/2026", "2026-13-01", "0000-00-00", "99999"]
)
def test_a_date_that_is_none_is_an_issue_and_the_others_stay(understand, text):
    call, problems = understand(deadlines=(text, MIDNIGHT))
    assert [d.day for d in call.deadlines] == [date(2026, 11, 5)]
    assert [field for field, _ in problems] == ["deadlines"]


def test_no_deadline_is_silence(understand):
    call, problems = understand()
    assert (call.deadlines, problems) == ((), [])


def test_an_unknown_model_is_an_issue_with_the_allowed_ones(make_raw, source, reference):
    from crawler.normalise import normalise

    ((call, (issue,)),) = normalise([make_raw(deadline_model="three-stage")], source, reference)
    assert call.deadline_model is None
    assert (issue.field, issue.found) == ("deadline_model", "three-stage")
    assert "two-stage" in issue.allowed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-10", date(2025, 6, 10)),
        ("23 November 2023", date(2023, 11, 23)),
        ("November 23, 2023", date(2023, 11, 23)),
        ("1st Sept. 2026", date(2026, 9, 1)),
        ("02 September 2026", date(2026, 9, 2)),
        ("publication of the call 30 September 2026", date(2026, 9, 30)),
        ("23/11/2023", date(2023, 11, 23)),
        ("3/4/2023", None),
        ("not before 2 September 2026", None),
        ("31 February 2026", None),
        ("Q3 2026", None),
    ],
)
def test_days_as_sources_write_them(text, day):
    assert parse_day(text) == day


@given(st.datetimes())
def test_the_portals_form_comes_back(moment):
    text = f"{moment:%Y-%m-%dT%H:%M:%S}.000+0000".rjust(28, "0")
    assert parse_moment(text) == moment.replace(second=0, microsecond=0)


@given(st.text(alphabet="0123456789-/.:TZ+ abcJanuary"))
def test_any_text_is_a_date_to_the_minute_or_none(text):
    moment, at = parse_moment(text), parse_clock(text)
    assert moment is None or (moment.tzinfo, moment.second, moment.microsecond) == (None, 0, 0)
    assert at is None or (at.second, at.microsecond) == (0, 0)
