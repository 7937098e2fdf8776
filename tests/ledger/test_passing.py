"""What the calendar brings: each step once, a missed week made up for, nothing that is over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ledger import pass_time, urgent_sources
from matcher.model import HELD, CallStatus, Deadline, DeadlineModel, Event, EventKind, National, Observation, Precision
from tests.doubles.source_days import DAY, a_call, on

CLOSING, CLOSED, OPENING, OPENED = EventKind.CLOSING, EventKind.CLOSED, EventKind.OPENING, EventKind.OPENED


def steps(call, since, until, known=()):
    return [(event.kind, event.day, event.within) for event in pass_time([call], since, until, known)]


def day_by_day(call, since, until, stride=1):
    known, day = [], since
    while day < until:
        nxt = min(day + timedelta(days=stride), until)
        known += pass_time([call], day, nxt, known)
        day = nxt
    return [(event.kind, event.day, event.within, event.on) for event in known]


def test_a_call_through_its_life():
    call = a_call(opening=on(20), deadline=on(70), published_status=CallStatus.FORTHCOMING)
    assert day_by_day(call, DAY, on(80)) == [
        (OPENING, on(20), 14, on(6)),
        (OPENED, on(20), None, on(20)),
        (CLOSING, on(70), 30, on(40)),
        (CLOSING, on(70), 14, on(56)),
        (CLOSED, on(70), None, on(71)),
    ]


def test_a_missed_week_is_made_up_for():
    call = a_call(deadline=on(70))
    assert steps(call, on(36), on(44)) == [(CLOSING, on(70), 30)]


def test_of_two_steps_passed_in_one_go_only_the_nearer_is_still_true():
    assert steps(a_call(deadline=on(70)), on(30), on(60)) == [(CLOSING, on(70), 14)]


def test_what_closed_meanwhile_does_not_close_soon():
    assert steps(a_call(deadline=on(10)), on(-30), on(11)) == [(CLOSED, on(10), None)]


def test_what_was_near_before_is_no_step():
    assert steps(a_call(deadline=on(10)), DAY, on(1)) == []


def test_a_moved_deadline_is_counted_down_to_anew():
    known = pass_time([a_call(deadline=on(30))], on(-1), DAY)
    assert [event.within for event in known] == [30]
    assert steps(a_call(deadline=on(50)), DAY, on(20), known) == [(CLOSING, on(50), 30)]


def test_each_cut_off_is_counted_down_to():
    call = a_call(
        deadlines=(Deadline(day=on(20), stage=1), Deadline(day=on(80), stage=2)),
        deadline_model=DeadlineModel.MULTIPLE_CUT_OFF,
    )
    found = day_by_day(call, DAY, on(81))
    assert [(kind, day, within) for kind, day, within, _ in found] == [
        (CLOSING, on(20), 14),
        (CLOSING, on(80), 30),
        (CLOSING, on(80), 14),
        (CLOSED, on(80), None),
    ]


@pytest.mark.parametrize("precision", [Precision.MONTH, Precision.QUARTER, Precision.YEAR])
def test_a_day_that_is_not_known_is_not_counted_down_to(precision):
    vague = a_call(
        opening=date(2027, 4, 1),
        opening_precision=precision,
        deadlines=(Deadline(day=date(2027, 7, 1), precision=precision),),
    )
    assert [kind for kind, *_ in day_by_day(vague, DAY, date(2027, 6, 30))] == []


def test_a_plan_opens_and_closes_nothing():
    plan = a_call(opening=on(5), national=National(country="CZ"), published_status=CallStatus.FORTHCOMING)
    assert day_by_day(plan, on(-30), on(90)) == []


def known(kind, day=None, run="portal/x", changes=()):
    return Event(
        call="portal:1", source="portal", kind=kind, on=DAY, day=day, changes=changes, observation=Observation(run=run)
    )


def test_a_withdrawn_call_is_told_no_more_until_it_returns():
    gone = [known(EventKind.WITHDRAWN)]
    assert steps(a_call(deadline=on(30)), on(-1), DAY, gone) == []
    assert steps(a_call(deadline=on(30)), on(-1), DAY, [*gone, known(EventKind.RETURNED)]) == [(CLOSING, on(30), 30)]


def test_while_a_person_is_asked_whether_a_call_was_withdrawn_its_days_count():
    asked = known(EventKind.WITHDRAWN).model_copy(update={"silent": f"{HELD}most are missing"})
    assert steps(a_call(deadline=on(30)), on(-1), DAY, [asked]) == [(CLOSING, on(30), 30)]


def test_what_its_publisher_closed_is_not_closed_by_the_calendar_again():
    assert steps(a_call(deadline=on(30)), on(30), on(31), [known(CLOSED, day=on(20))]) == []
    moved = known(EventKind.CHANGED, changes=({"field": "deadlines", "was": ("2027-03-01",), "now": ("2027-03-31",)},))
    assert steps(a_call(deadline=on(30)), on(30), on(31), [known(CLOSED, day=on(20)), moved]) == [
        (CLOSED, on(30), None)
    ]


def test_sources_to_be_read_daily():
    calls = [
        a_call(1, source="near", deadline=on(3)),
        a_call(2, source="near", deadline=on(1)),
        a_call(3, source="today", deadline=DAY),
        a_call(4, source="far", deadline=on(4)),
        a_call(5, source="over", deadline=on(-1)),
        a_call(6, source="none", deadline=None),
        a_call(
            7,
            source="plan",
            deadline=on(2),
            national=National(country="CZ"),
            published_status=CallStatus.FORTHCOMING,
        ),
    ]
    assert urgent_sources(calls, DAY) == ("near", "today")


@given(
    opening=st.integers(-20, 60),
    length=st.integers(0, 90),
    stride=st.integers(1, 20),
    lag=st.integers(0, 40),
)
def test_however_often_it_is_asked_nothing_is_told_twice_and_nothing_false(opening, length, stride, lag):
    call = a_call(opening=on(opening), deadline=on(opening + length))
    found = day_by_day(call, on(-lag), on(200), stride)
    keys = [(kind, day, within) for kind, day, within, _ in found]
    assert len(set(keys)) == len(keys)
    assert (CLOSED, on(opening + length), None) in keys or opening + length < -lag
    for kind, day, within, told in found:
        status = call.status(told)
        if kind is CLOSING:
            assert status is not CallStatus.CLOSED
            assert timedelta(0) <= day - told <= timedelta(days=within)
        elif kind is OPENING:
            assert status is CallStatus.FORTHCOMING
            assert timedelta(0) < day - told <= timedelta(days=within)
        else:
            assert status is {OPENED: CallStatus.OPEN, CLOSED: CallStatus.CLOSED}[kind]
