"""What a reading makes news: new, changed, withdrawn, there again; and what it does not."""

from datetime import date

import pytest

from matcher.ledger import released
from matcher.ledger.silence import USUAL_WEEK
from matcher.model import CallKind, CallStatus, Deadline, EventKind, National, Precision, RunOutcome, Stages
from tests.doubles.source_days import DAY, Ledger, a_call, on

NEW, CHANGED, WITHDRAWN, RETURNED = EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN, EventKind.RETURNED
ONE, TWO = a_call(1), a_call(2)


def told(events):
    return [(event.kind, event.call.removeprefix("portal:")) for event in events if not event.silent]


def kinds(events):
    return [event.kind for event in events if not event.silent]


# --- new -------------------------------------------------------------------------------------------------------------


def test_the_first_good_reading_of_a_source_is_told_to_nobody():
    ledger = Ledger()
    events = ledger.read(DAY, ONE, TWO)
    assert [(event.kind, event.silent) for event in events] == [(NEW, "first reading of the source")] * 2


def test_a_call_met_later_is_news_with_its_reading(ledger):
    (event,) = ledger.read(on(1), ONE, TWO, a_call(3))
    assert (event.kind, event.call, event.on, event.silent) == (NEW, "portal:3", on(1), "")
    assert (event.observation.run, event.observation.url) == (f"portal/{on(1)}", "https://example.org/3")


@pytest.mark.parametrize(
    "closed", [a_call(3, deadline=on(-1)), a_call(3, published_status=CallStatus.CLOSED)], ids=["by day", "by word"]
)
def test_a_call_that_was_closed_when_it_was_first_met_is_told_to_nobody(ledger, closed):
    (event,) = ledger.read(on(1), ONE, TWO, closed)
    assert (event.kind, event.silent) == (NEW, "closed before it was first met")


@pytest.mark.parametrize(
    "first", [{"snapshot": True}, {"programmes": ("AMIF",)}, {"outcome": RunOutcome.FAIL}, {"unledgered": True}]
)
def test_what_came_before_the_first_good_reading_of_the_whole_source_is_none(first):
    ledger = Ledger()
    ledger.read(DAY, ONE, **first)
    assert told(ledger.read(on(1), ONE, TWO)) == []
    assert told(ledger.read(on(2), ONE, TWO, a_call(3))) == [(NEW, "3")]


def test_a_snapshot_is_told_to_nobody(ledger):
    assert told(ledger.read(on(1), ONE, a_call(3), snapshot=True)) == []


def test_what_is_loaded_silently_stays_silent(ledger):
    (event,) = ledger.read(on(1), ONE, TWO, a_call(3), silent="a back-fill")
    assert event.silent == "a back-fill"
    assert told(ledger.read(on(2), ONE, TWO, a_call(3))) == []


# --- changes ---------------------------------------------------------------------------------------------------------


def test_a_moved_deadline_is_told_once(ledger):
    later = a_call(1, deadline=on(90))
    (event,) = ledger.read(on(1), later, TWO)
    assert (event.kind, event.changes[0].was, event.changes[0].now) == (
        CHANGED,
        (on(60).isoformat(),),
        (on(90).isoformat(),),
    )
    assert event.observation.seen_before == DAY
    assert told(ledger.read(on(2), later, TWO)) == []


def test_who_may_apply_is_an_event_of_its_own(ledger):
    changed = a_call(1, title="Renamed", applicants="Towns.")
    assert told(ledger.read(on(1), changed, TWO)) == [(CHANGED, "1"), (EventKind.ELIGIBILITY, "1")]


def test_a_value_that_flaps_is_no_news_and_one_that_came_back_changed_is(ledger):
    ledger.read(on(1), a_call(1, deadline=None), a_call(2, deadline=None))
    events = ledger.read(on(2), ONE, a_call(2, deadline=on(70)))
    assert told(events) == [(CHANGED, "2")]
    assert events[0].changes[0].was == (on(60).isoformat(),)


def test_after_a_poorer_reading_what_it_could_not_know_is_no_news(ledger):
    ledger.read(on(1), ONE, TWO, a_call(3), partial=True)
    assert told(ledger.read(on(2), ONE, TWO, a_call(3, applicants="Towns."))) == []


# --- the publisher's word --------------------------------------------------------------------------------------------


def test_a_call_declared_open_is_opened(ledger):
    planned = a_call(3, published_status=CallStatus.FORTHCOMING, opening=None)
    ledger.read(on(1), ONE, TWO, planned)
    events = ledger.read(on(2), ONE, TWO, a_call(3, opening=None))
    assert [(event.kind, event.day) for event in events] == [(EventKind.OPENED, None)]


def test_a_label_that_follows_the_calendar_is_no_news(ledger):
    ledger.read(on(1), ONE, TWO, a_call(3, published_status=CallStatus.FORTHCOMING, opening=on(3)))
    assert told(ledger.read(on(4), ONE, TWO, a_call(3, opening=on(3)))) == []
    assert told(ledger.read(on(60), a_call(1, published_status=CallStatus.CLOSED), TWO)) == []


def test_a_national_call_closed_by_its_authority_is_closed(ledger):
    national = {"national": National(country="CZ"), "kind": CallKind.CALL}
    ledger.read(on(1), ONE, TWO, a_call(3, **national))
    events = ledger.read(on(2), ONE, TWO, a_call(3, published_status=CallStatus.CLOSED, as_of=on(2), **national))
    assert [(event.kind, event.day) for event in events] == [(EventKind.CLOSED, on(2))]


def test_a_label_against_the_calendar_that_is_taken_back_is_told_as_well(ledger):
    ledger.read(on(1), a_call(1, published_status=CallStatus.CLOSED), TWO)
    (event,) = ledger.read(on(2), ONE, TWO)
    assert (event.changes[0].was, event.changes[0].now) == (("closed",), ("open",))


def test_a_label_against_the_calendar_is_a_change_of_state(ledger):
    (event,) = ledger.read(on(1), a_call(1, published_status=CallStatus.CLOSED), TWO)
    assert (event.kind, event.changes[0].field, event.changes[0].was, event.changes[0].now) == (
        CHANGED,
        "state",
        ("open",),
        ("closed",),
    )


# --- absence ---------------------------------------------------------------------------------------------------------


def test_withdrawn_is_said_a_week_after_the_first_complete_reading_without_it(ledger):
    for day in range(1, 8):
        assert ledger.read(on(day), ONE) == []
    (event,) = ledger.read(on(8), ONE)
    assert (event.kind, event.call, event.observation.seen_before) == (WITHDRAWN, "portal:2", DAY)
    assert event.observation.note == "absent from 8 complete readings since 2027-03-02"
    assert ledger.read(on(9), ONE) == []


def test_two_readings_a_week_apart_are_enough(ledger):
    assert ledger.read(on(7), ONE) == []
    assert told(ledger.read(on(14), ONE)) == [(WITHDRAWN, "2")]


def test_days_on_which_nothing_was_read_confirm_nothing(ledger):
    """A daily source after an outage: on both sides of it a call was away, as one in a hundred is on any day."""
    for day in range(1, 5):
        ledger.read(on(day), ONE, TWO)
    for day in (5, *range(25, 31)):
        assert ledger.read(on(day), ONE) == []
    (event,) = ledger.read(on(31), ONE)
    assert event.observation.note == "absent from 8 complete readings since 2027-03-06"


def test_a_source_that_is_read_weekly_after_it_was_read_daily(ledger):
    for day in range(1, 8):
        ledger.read(on(day), ONE, TWO)
    assert [len(ledger.read(on(day), ONE)) for day in (14, 21, 28, 35)] == [0, 0, 1, 0]


def test_a_call_that_returns_in_time_makes_no_event(ledger):
    for day in range(1, 8):
        ledger.read(on(day), ONE)
    assert ledger.read(on(8), ONE, TWO) == []
    assert ledger.read(on(15), ONE) == []  # the week begins anew


def test_after_withdrawn_it_returns(ledger):
    ledger.read(on(1), ONE)
    ledger.read(on(8), ONE)
    assert told(ledger.read(on(9), ONE, a_call(2, deadline=on(70)))) == [(CHANGED, "2"), (RETURNED, "2")]
    for day in range(10, 17):
        assert ledger.read(on(day), ONE) == []
    assert told(ledger.read(on(17), ONE)) == [(WITHDRAWN, "2")]
    assert told(ledger.read(on(18), ONE, a_call(2, deadline=on(70)))) == [(RETURNED, "2")]


@pytest.mark.parametrize(
    "reading",
    [
        {"outcome": RunOutcome.FAIL},
        {"programmes": ("AMIF",)},
        {"partial": True},
        {"snapshot": True},
        {"stages": Stages(listed=9, fetched=8, parsed=8, normalised=8, valid=8)},
        {"stages": Stages(listed=9, fetched=9, parsed=9, normalised=8, valid=8)},
    ],
)
def test_only_healthy_complete_readings_count(ledger, reading):
    ledger.read(on(1), ONE, **reading)
    assert told(ledger.read(on(9), ONE)) == []  # the first that counts
    assert told(ledger.read(on(16), ONE, **reading)) == []
    assert told(ledger.read(on(17), ONE)) == [(WITHDRAWN, "2")]


@pytest.mark.parametrize("last_day", [on(7), on(8)])
def test_a_call_whose_last_day_came_was_not_withdrawn(last_day):
    ledger = Ledger()
    ledger.read(DAY, ONE, a_call(2, deadline=last_day))
    ledger.read(on(1), ONE)
    assert ledger.read(on(8), ONE) == []


def test_a_page_that_is_gone_confirms_the_absence_at_once(ledger):
    (event,) = ledger.read(on(1), ONE, gone=["portal:2", "portal:1"])
    assert (event.kind, event.call) == (WITHDRAWN, "portal:2")
    assert "its own page is gone" in event.observation.note


def test_a_row_that_leaves_a_timetable_was_not_withdrawn():
    planned = a_call(2, published_status=CallStatus.FORTHCOMING, national=National(country="CZ"), opening=on(20))
    ledger = Ledger()
    ledger.read(DAY, ONE, planned)
    ledger.read(on(1), ONE)
    assert ledger.read(on(9), ONE) == []


def family(kind, count, first=100):
    return [a_call(first + number, kind=kind) for number in range(count)]


def test_a_family_that_vanishes_at_once_is_not_believed():
    topics, external = family(CallKind.TOPIC, 12), family(CallKind.EXTERNAL_ACTION, 12, first=200)
    ledger = Ledger()
    ledger.read(DAY, *topics, *external)
    for day in range(1, 12):
        assert ledger.read(on(day), *topics[1:], *external[:2]) == [] or day == 8
    assert ledger.runs[-1].doubted == ("kind external_action",)
    assert [event.call for event in ledger.events if event.kind is WITHDRAWN] == ["portal:100"]
    # some never come back: their week begins on the day on which the family is there again
    for day in range(12, 19):
        assert ledger.read(on(day), *topics[1:], *external[:9]) == []
    assert told(ledger.read(on(19), *topics[1:], *external[:9])) == [
        (WITHDRAWN, "209"),
        (WITHDRAWN, "210"),
        (WITHDRAWN, "211"),
    ]


def a_family_that_ends():
    """Twelve calls of a kind, gone on the second day; read until a person is asked."""
    ledger, external = Ledger(), family(CallKind.EXTERNAL_ACTION, 12)
    ledger.read(DAY, ONE, *external)
    for day in range(1, 29):
        assert ledger.read(on(day), ONE) == []
    return ledger, external


def test_of_a_family_that_stays_away_a_person_is_asked():
    ledger, external = a_family_that_ends()
    asked = ledger.read(on(29), ONE)
    assert [(event.kind, event.call) for event in asked] == [(WITHDRAWN, call.id) for call in external]
    assert {event.silent for event in asked} == {
        "held: most running calls of kind external_action are missing for weeks; "
        f"funding ledger release portal/{on(29)}"
    }
    assert asked[0].observation.note == "absent from 29 complete readings since 2027-03-02"
    assert ledger.read(on(30), ONE) == []
    assert told(ledger.add(released(ledger.events, f"portal/{on(29)}"))) == [
        (WITHDRAWN, str(number)) for number in range(100, 112)
    ]
    assert told(ledger.read(on(31), ONE, external[0])) == [(RETURNED, "100")]


def test_what_came_back_before_a_person_judged_is_told_neither_as_gone_nor_as_back():
    ledger, external = a_family_that_ends()
    ledger.read(on(29), ONE)
    assert told(ledger.read(on(30), ONE, *external[1:])) == []
    assert told(released(ledger.events, f"portal/{on(29)}")) == [(WITHDRAWN, "100")]


@pytest.mark.parametrize("count", [8, 9])
def test_many_withdrawn_at_once_are_told_only_when_a_person_looked(count):
    """A page of a listing that stays lost takes a part of every kind and programme."""
    ledger, calls = Ledger(), family(CallKind.TOPIC, 30)
    ledger.read(DAY, *calls)
    for day in range(1, 8):
        assert ledger.read(on(day), *calls[count:]) == []
    events = ledger.read(on(8), *calls[count:])
    assert [event.kind for event in events] == [WITHDRAWN] * count
    assert [event.is_held for event in events] == [count > 8] * count


def test_in_a_family_that_is_not_believed_a_page_that_is_gone_is():
    external = family(CallKind.EXTERNAL_ACTION, 12)
    ledger = Ledger()
    ledger.read(DAY, ONE, *external)
    assert told(ledger.read(on(1), ONE, gone=["portal:103"])) == [(WITHDRAWN, "103")]


def test_a_lost_page_of_the_listing_for_a_day_is_no_news():
    calls = family(CallKind.TOPIC, 80)
    ledger = Ledger()
    ledger.read(DAY, *calls)
    assert ledger.read(on(1), *calls[:10]) == []
    assert ledger.read(on(2), *calls) == []


# --- a mass ----------------------------------------------------------------------------------------------------------


def test_a_back_fill_is_held_with_its_figures_until_a_person_lets_it_out(ledger):
    many = [a_call(number) for number in range(10, 510)]
    events = ledger.read(on(1), ONE, TWO, *many)
    assert told(events) == []
    assert {event.silent for event in events} == {
        "held: 500 entries of kind new in one reading, a week brings 106 at most; "
        f"funding ledger release portal/{on(1)}"
    }
    assert len(ledger.add(released(ledger.events, f"portal/{on(1)}"))) == 500
    assert len(told(ledger.events)) == 500
    assert ledger.add(released(ledger.events, f"portal/{on(1)}")) == []
    assert released(ledger.events, "portal/other") == ()


def test_after_an_outage_of_weeks_more_may_be_new(ledger):
    many = [a_call(number, deadline=on(90)) for number in range(10, 10 + 2 * USUAL_WEEK)]
    assert len(told(ledger.read(on(14), ONE, TWO, *many))) == 2 * USUAL_WEEK


def test_a_reader_of_ours_that_reads_a_field_otherwise_is_held_too():
    calls = family(CallKind.TOPIC, 200)
    ledger = Ledger()
    ledger.read(DAY, *calls)
    assert told(ledger.read(on(1), *[call.model_copy(update={"applicants": "Towns."}) for call in calls])) == []


def test_a_day_known_more_precisely_is_told():
    ledger = Ledger()
    ledger.read(DAY, a_call(1, deadlines=(Deadline(day=date(2027, 6, 1), precision=Precision.MONTH),)))
    (event,) = ledger.read(on(1), a_call(1, deadline=date(2027, 6, 15)))
    assert (event.changes[0].was, event.changes[0].now) == (("2027-06",), ("2027-06-15",))


def test_a_call_that_changes_twice_on_one_day_has_changed_each_time(ledger):
    later = a_call(1, deadline=on(90))
    for number, call in enumerate([later, ONE, later]):
        assert kinds(ledger.read(on(1), call, TWO, id=f"portal/{number}")) == [CHANGED]
