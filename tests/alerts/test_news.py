"""Events of records become the news of calls: each call once, what was undone left out."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.alerts.digests.moves import days_moved, net_changes
from matcher.alerts.digests.news import by_call, call_news, listed_by_record
from matcher.model import (
    CallStatus,
    Deadline,
    EventKind,
    FieldChange,
    MaterialField,
    Observation,
    Origin,
    Sighting,
    Tier,
)
from tests.doubles.news_world import MONDAY, made_call, made_event, moved

K = EventKind
DAYS = [MONDAY + timedelta(days=days) for days in (9, 16, 23, 30)]


def placed(*events):
    return [event.model_copy(update={"seq": seq}) for seq, event in enumerate(events, 1)]


def news(calls, *events, on=MONDAY, firsts=None):
    events = placed(*events)
    known = {event.call: event.seq for event in reversed(events) if event.kind is K.NEW}
    places = known | (firsts or {})
    found = (call_news(call, told, places, on) for call, told in by_call(events, listed_by_record(calls)))
    return [one for one in found if one]


def changed(call, *changes, kind=K.CHANGED):
    return made_event(call, kind, changes=changes)


def seen(call, basis="identifier", source="mirror"):
    sighting = Sighting(
        id=f"{source}:{call.reference}",
        source=source,
        tier=Tier.OFFICIAL_POINTER,
        url="https://mirror.example",
        as_of=MONDAY,
        confidence=1.0,
        basis=basis,
    )
    return call.model_copy(update={"sightings": (*call.sightings, sighting)})


def test_a_new_call_is_news_once():
    call = made_call("A")
    (one,) = news([call], made_event(call, K.NEW))
    assert (one.call, one.kind, one.events) == (call.id, K.NEW, (1,))


@pytest.mark.parametrize(
    "facts",
    [
        {"deadlines": (Deadline(day=MONDAY - timedelta(days=1)),)},
        {"published_status": CallStatus.CLOSED, "deadlines": (Deadline(day=MONDAY - timedelta(days=30)),)},
    ],
)
def test_a_new_call_that_has_closed_since_is_no_news(facts):
    call = made_call("A", **facts)
    assert news([call], made_event(call, K.NEW)) == []


def test_several_events_of_one_call_are_one_news_with_all_changes():
    call = made_call("A", deadlines=(Deadline(day=DAYS[1]),))
    budget = FieldChange(field=MaterialField.BUDGET, was=("EUR 1000",), now=("EUR 2000",))
    rule = FieldChange(field=MaterialField.CRITERIA, now=("Public bodies may apply.",))
    closing = made_event(call, K.CLOSING, day=DAYS[1], within=30)
    (one,) = news(
        [call],
        changed(call, moved(DAYS[0], DAYS[1])),
        changed(call, budget),
        closing,
        changed(call, rule, kind=K.ELIGIBILITY),
    )
    assert one.kinds == (K.CLOSING, K.ELIGIBILITY, K.CHANGED)
    assert set(one.changes) == {moved(DAYS[0], DAYS[1]), budget, rule}
    assert one.events == (1, 2, 3, 4)


def test_what_changed_on_a_call_that_is_new_is_no_change():
    call = made_call("A")
    (one,) = news([call], made_event(call, K.NEW), changed(call, moved(DAYS[0], DAYS[1])))
    assert (one.kinds, one.changes) == ((K.NEW,), ())


def test_moves_of_a_field_are_one_move_and_moved_back_is_none():
    call = made_call("A")
    there, on = changed(call, moved(DAYS[0], DAYS[1])), changed(call, moved(DAYS[1], DAYS[2]))
    back = changed(call, moved(DAYS[1], DAYS[0]))
    (one,) = news([call], there, on)
    assert one.changes == (moved(DAYS[0], DAYS[2]),)
    assert news([call], there, back) == []


def test_added_removed_and_added_again_in_one_window_is_nothing():
    call = made_call("A")
    there = [made_event(call, K.WITHDRAWN), made_event(call, K.RETURNED)]
    assert news([call], *there) == []
    assert news([call], made_event(call, K.NEW), made_event(call, K.WITHDRAWN)) == []
    (one,) = news([call], made_event(call, K.NEW), *there)
    assert one.kinds == (K.NEW,)


def test_of_a_withdrawn_call_nothing_else_is_told():
    call = made_call("A")
    (one,) = news([call], changed(call, moved(DAYS[0], DAYS[1])), made_event(call, K.WITHDRAWN))
    assert (one.kinds, one.changes, one.events) == ((K.WITHDRAWN,), (), (2,))


def test_a_call_known_from_another_source_is_not_new():
    call = seen(made_call("A"))
    late = made_event(call, K.NEW)
    assert news([call], late, firsts={"mirror:A": 0}) == []
    (one,) = news([call], made_event("mirror:A", K.NEW), late)
    assert one.events == (1,)


def test_a_page_that_names_a_call_does_not_make_it_known_before():
    call = seen(made_call("A"), basis="names it")
    (one,) = news([call], made_event(call, K.NEW), firsts={"mirror:A": 0})
    assert one.kind is K.NEW


def test_a_record_from_before_the_ledger_is_not_new():
    call = seen(made_call("A"))
    assert news([call], made_event(call, K.NEW)) == []


def test_only_the_record_that_gives_a_field_changes_it():
    call = seen(made_call("A"))
    change = moved(DAYS[0], DAYS[1])
    assert news([call], changed("mirror:A", change)) == []
    filled = call.model_copy(update={"origins": (Origin(field="deadlines", source="mirror"),)})
    (one,) = news([filled], changed("mirror:A", change))
    assert one.changes == (change,)
    assert news([filled], changed(call, change)) == []


def test_a_reminder_of_a_deadline_that_moved_since_is_no_news():
    call = made_call("A", deadlines=(Deadline(day=DAYS[2]),))
    assert news([call], made_event(call, K.CLOSING, day=DAYS[0], within=30)) == []
    (one,) = news([call], made_event(call, K.CLOSING, day=DAYS[2], within=30))
    assert one.kind is K.CLOSING


def test_what_the_publisher_says_counts_from_the_call_s_own_record():
    call = seen(made_call("A", opening=None)).model_copy(
        update={"origins": (Origin(field="opening", source="mirror"),)}
    )
    by_word = Observation(run="r1")
    (one,) = news([call], made_event(call, K.OPENED, observation=by_word))
    assert one.kind is K.OPENED
    assert news([call], made_event("mirror:A", K.OPENED, observation=by_word)) == []


def test_no_news_without_events_and_none_of_calls_that_are_not_listed():
    assert news([made_call("A")]) == []
    assert news([], made_event("portal:A", K.NEW)) == []


VALUES = st.sampled_from(["2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01"])


@given(st.lists(VALUES, min_size=2, max_size=8))
def test_a_chain_of_moves_is_its_first_and_last_value(values):
    chain = [FieldChange(field=MaterialField.DEADLINES, was=(a,), now=(b,)) for a, b in itertools.pairwise(values)]
    whole = net_changes(chain)
    expected = FieldChange(field=MaterialField.DEADLINES, was=(values[0],), now=(values[-1],))
    assert whole == ((expected,) if values[0] != values[-1] else ())


TEXTS = st.frozensets(st.sampled_from("abcdef"), max_size=4)


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_sentences_that_came_and_went_are_the_difference_of_first_and_last_text(texts):
    chain = [
        FieldChange(field=MaterialField.CRITERIA, was=tuple(sorted(a - b)), now=tuple(sorted(b - a)))
        for a, b in itertools.pairwise(texts)
    ]
    whole = net_changes(chain)
    went, came = texts[0] - texts[-1], texts[-1] - texts[0]
    assert {(frozenset(one.was), frozenset(one.now)) for one in whole} == ({(went, came)} if went or came else set())


def test_days_moved_counts_to_the_next_deadline():
    assert days_moved(moved(DAYS[0], DAYS[1]), MONDAY) == 7
    assert days_moved(moved(DAYS[1], DAYS[0]), MONDAY) == -7
    assert days_moved(moved(MONDAY - timedelta(days=3), DAYS[0]), MONDAY) is None
    month = FieldChange(field=MaterialField.DEADLINES, was=("2027-03",), now=("2027-04",))
    assert days_moved(month, MONDAY) is None
