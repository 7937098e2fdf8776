"""Nothing that was put aside returns unless something that matters about it changed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher.model import Event, EventKind, Pursuit, Stage
from matcher.workspaces.our_calls import by_stage, events, joined, read_returned
from matcher.workspaces.returning import MATERIAL, records, returned

CALL = "portal:women"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def pursuit(call=CALL, stage=Stage.DISMISSED, seen=5, **facts):
    return Pursuit(organisation="riga", call=call, stage=stage, seen_event=seen, changed=NOW, **facts)


def event(seq, kind=EventKind.CHANGED, call=CALL, **facts):
    return Event(seq=seq, call=call, source="portal", kind=kind, on=date(2026, 3, 1), **facts)


@pytest.mark.parametrize("kind", EventKind)
def test_only_what_changes_the_call_itself_brings_it_back(kind):
    comes_back = returned({CALL: pursuit()}, {CALL: [event(6, kind)]})
    assert comes_back == ({CALL} if kind in (EventKind.CHANGED, EventKind.ELIGIBILITY, EventKind.RETURNED) else set())


def test_what_it_was_dismissed_in_view_of_does_not_count():
    assert not returned({CALL: pursuit(seen=6)}, {CALL: [event(5), event(6)]})
    assert returned({CALL: pursuit(seen=6)}, {CALL: [event(5), event(7)]})


def test_news_that_is_told_to_nobody_brings_nothing_back():
    assert not returned({CALL: pursuit()}, {CALL: [event(6, silent="a back-fill")]})


seqs = some.integers(0, 9)
ledgers = some.lists(some.builds(event, seqs, some.sampled_from(EventKind)), max_size=6)


@given(stage=some.sampled_from(Stage), seen=seqs, ledger=ledgers)
def test_it_returns_exactly_when_it_was_dismissed_and_something_material_came_later(stage, seen, ledger):
    later = any(one.seq > seen and one.kind in MATERIAL for one in ledger)
    found = returned({CALL: pursuit(stage=stage, seen=seen)}, {CALL: ledger})
    assert (CALL in found) == (stage is Stage.DISMISSED and later)


def test_the_news_of_every_record_of_a_call_is_its_news(make_call, store, desk, now):
    """The portal's call is listed elsewhere, too, and there its deadline moved."""
    call = make_call(sightings=("list:7",))
    assert records("list:7", call) == ("list:7", call.id), "saved under the name of a record that was merged since"
    assert records("gone:1", None) == ("gone:1",)
    desk().dismiss("riga", call.id, "other", "", now)
    store.ledger.append([event(0, call="list:7")])
    assert read_returned(desk(), "riga", lambda ids: dict.fromkeys(ids, call)) == {call.id}
    assert [one.call for one in events(store, {call.id: call})[call.id]] == ["list:7"]


def test_calls_stand_under_their_stage_and_those_due_first_come_first(make_call):
    calls = {
        key: make_call(key.partition(":")[2], days=days)
        for key, days in {"portal:late": 90, "portal:soon": 3, "portal:none": None, "portal:over": -3}.items()
    }
    pursuits = {key: pursuit(key, Stage.SAVED) for key in [*calls, "portal:gone"]} | {
        "portal:aside": pursuit("portal:aside")
    }
    stages = by_stage(joined(pursuits, calls, (), {}), NOW.date())
    assert list(stages) == [Stage.SAVED, Stage.DISMISSED]
    keys = [one.pursuit.call for one in stages[Stage.SAVED]]
    assert keys[:2] == ["portal:soon", "portal:late"]
    assert set(keys[2:]) == {"portal:none", "portal:over", "portal:gone"}
    assert stages[Stage.DISMISSED][0].title == "portal:aside", "a call that is listed no more still has a name"


@pytest.fixture
def make_call():
    from datetime import timedelta

    from matcher.model import Call, CallKind, Deadline, Sighting, Tier

    def make(reference="women", days=30, sightings=()):
        seen = {"source": "list", "tier": Tier.OFFICIAL_RECORD, "url": "https://list.example", "as_of": NOW.date()}
        return Call(
            source="portal",
            reference=reference,
            identifier=reference.upper(),
            title=f"Call {reference}",
            kind=CallKind.TOPIC,
            url="https://example.org",
            deadlines=() if days is None else (Deadline(day=NOW.date() + timedelta(days=days)),),
            sightings=tuple(Sighting(id=id, confidence=1, basis="identifier", **seen) for id in sightings),
            as_of=NOW.date(),
        )

    return make
