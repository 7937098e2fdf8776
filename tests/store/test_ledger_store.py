"""What the ledger is asked: from the oldest on, of several records at once, and whom places are about."""

from datetime import date

import pytest

from matcher.model import Event, EventKind
from matcher.store.ledger import AT_ONCE

DAY = date(2026, 11, 20)


def event(call, kind=EventKind.NEW, silent=""):
    return Event(call=call, source=call.partition(":")[0], kind=kind, on=DAY, silent=silent)


@pytest.fixture
def ledger(store):
    store.ledger.append(
        [
            event("a:1"),
            event("a:2", silent="first reading"),
            event("b:1"),
            event("a:1", EventKind.WITHDRAWN),
            event("b:2"),
        ]
    )
    return store.ledger


def test_the_oldest_come_first_and_go_on_from_a_place(ledger):
    first = ledger.events(first=2)
    assert [one.seq for one in first] == [1, 3]
    assert [one.seq for one in ledger.events(after=3, first=2)] == [4, 5]
    assert [one.seq for one in ledger.events(first=2, silent=True)] == [1, 2]
    assert [one.seq for one in ledger.events(limit=2)] == [4, 5]
    assert ledger.events(after=5, first=2) == []


def test_the_history_of_several_records_with_what_was_told_to_nobody(ledger):
    found = ledger.events_of(["a:1", "a:2", "c:1"])
    assert {call: [one.kind for one in events] for call, events in found.items()} == {
        "a:1": ["new", "withdrawn"],
        "a:2": ["new"],
    }
    assert ledger.events_of([]) == {}


def test_what_was_told_to_nobody_by_its_reason_and_what_was_learnt_since_a_day(ledger):
    assert [one.call for one in ledger.events(reason="first")] == ["a:2"]
    assert ledger.events(reason="%") == []
    assert len(ledger.events(since=DAY)) == 4
    assert ledger.events(since=date(2026, 11, 21)) == []


def test_the_place_before_a_day(ledger):
    later = event("c:1").model_copy(update={"on": date(2026, 11, 21)})
    ledger.append([later])
    assert (ledger.head(before=DAY), ledger.head(before=later.on), ledger.head()) == (0, 5, 6)


def test_whom_places_are_about(ledger):
    assert ledger.calls_at([1, 4, 5, 99]) == {"a:1", "b:2"}
    assert ledger.calls_at([]) == set()


def test_more_than_one_statement_takes(store):
    calls = [f"a:{number}" for number in range(2 * AT_ONCE + 1)]
    store.ledger.append(event(call) for call in calls)
    assert store.ledger.events_of(calls).keys() == set(calls)
    assert store.ledger.calls_at(range(1, len(calls) + 1)) == set(calls)
