"""Calls come back as they went in, their history is kept, and loading the same twice changes nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.model import Call, Fund, Issue, Link, RunOutcome
from matcher.store import open_store

DAY = date(2026, 10, 8)
NEXT = DAY + timedelta(days=1)


def test_a_call_comes_back_with_the_days_it_was_seen(store, make_call, make_run):
    call = make_call(fund=Fund.AMIF, documents=(Link(url="https://example.org/call.pdf"),))
    saved = store.save_run(make_run(), [call], [Issue(field="status", problem="unknown status", found="?")])

    assert (saved.calls, saved.new, saved.changed, saved.issues) == (1, 1, 0, 1)
    assert store.call(call.id) == call.model_copy(update={"first_seen": DAY, "last_seen": DAY})
    assert store.calls("elsewhere") == []
    assert store.call("portal:nothing") is None


def test_a_topic_code_is_found_in_any_case_with_the_sub_grants_under_it(store, make_call, make_run):
    store.save_run(make_run(), [make_call(1), make_call(2, identifier="AMIF-2026-1"), make_call(3)])
    assert [call.reference for call in store.find("amif-2026-1")] == ["000001TOPICSen", "000002TOPICSen"]


def test_the_same_run_again_writes_no_version(store, make_call, make_run):
    calls = [make_call(n) for n in range(5)]
    store.save_run(make_run(), calls)
    again = store.save_run(make_run(), calls)

    assert (again.new, again.changed) == (0, 0)
    assert [store.versions(call.id) for call in calls] == [[]] * 5
    assert len(store.runs()) == 1


def test_a_change_keeps_what_was_said_before_and_since_when(store, make_call, make_run):
    before, after = make_call(title="First"), make_call(title="Second", day=NEXT)
    store.save_run(make_run("a"), [before])
    saved = store.save_run(make_run("b", NEXT), [after])

    assert saved.changed == 1
    assert store.call(before.id).title == "Second"
    (version,) = store.versions(before.id)
    assert (version.call.title, version.valid_from, version.valid_until) == ("First", DAY, NEXT)
    assert version.call == before


def test_three_versions_come_newest_first_without_a_gap(store, make_call, make_run):
    days = [DAY + timedelta(days=n) for n in range(4)]
    for number, day in enumerate(days):
        store.save_run(make_run(f"run-{number}", day), [make_call(title=f"Title {number}", day=day)])

    versions = store.versions(make_call().id)
    assert [v.call.title for v in versions] == ["Title 2", "Title 1", "Title 0"]
    assert [(v.valid_from, v.valid_until) for v in versions] == [
        (days[2], days[3]),
        (days[1], days[2]),
        (days[0], days[1]),
    ]


def test_a_call_that_was_not_listed_stays_and_keeps_its_last_day(store, make_call, make_run):
    store.save_run(make_run("a"), [make_call(1), make_call(2)])
    store.save_run(make_run("b", NEXT), [make_call(1, day=NEXT)])

    listed, missing = store.calls()
    assert (listed.first_seen, listed.last_seen, listed.as_of) == (DAY, NEXT, NEXT)
    assert (missing.first_seen, missing.last_seen, missing.as_of) == (DAY, DAY, DAY)


def test_an_older_reading_moves_first_seen_back_and_changes_nothing_else(store, make_call, make_run):
    store.save_run(make_run("today", NEXT), [make_call(title="Today's", day=NEXT)])
    saved = store.save_run(make_run("snapshot", DAY), [make_call(title="Old")])

    call = store.call(make_call().id)
    assert saved.changed == 0
    assert (call.title, call.first_seen, call.last_seen, call.as_of) == ("Today's", DAY, NEXT, NEXT)
    assert store.versions(call.id) == []


@pytest.mark.parametrize("field", ["keywords", "types_of_action"])
def test_the_order_of_a_list_is_no_change(store, make_call, make_run, field):
    store.save_run(make_run("a"), [make_call(**{field: ("b", "a")})])
    assert store.save_run(make_run("b", NEXT), [make_call(day=NEXT, **{field: ("a", "b")})]).changed == 0


def test_the_order_of_deadlines_is_content(store, make_call, make_run):
    first, second = make_call().deadlines[0], make_call().deadlines[0].model_copy(update={"stage": 2})
    store.save_run(make_run("a"), [make_call(deadlines=(first, second))])
    assert store.save_run(make_run("b", NEXT), [make_call(deadlines=(second, first), day=NEXT)]).changed == 1


def test_a_failed_run_is_remembered_and_may_bring_no_calls(store, make_call, make_run):
    store.save_run(make_run("good"), [make_call()])
    failed = make_run("bad", NEXT, RunOutcome.FAIL)
    with pytest.raises(ValueError, match="must not be stored"):
        store.save_run(failed, [make_call(title="Broken")])
    store.save_run(failed)

    assert [run.id for run in store.runs()] == ["bad", "good"]
    assert store.last_good_run("portal").id == "good"
    assert store.call(make_call().id).title == "Call number 1"


def test_what_fails_midway_leaves_nothing_of_the_run(store, make_call, make_run):
    def calls():
        yield make_call(1)
        raise RuntimeError("the source of calls broke")

    with pytest.raises(RuntimeError):
        store.save_run(make_run(), calls())
    assert (store.calls(), store.runs()) == ([], [])


def test_issues_keep_their_order(store, make_run):
    issues = [Issue(field=f"field {n}", problem="p", found="\x00", allowed="a", reference=str(n)) for n in range(12)]
    store.save_run(make_run(), issues=issues)
    assert store.issues("run-1") == issues


def test_more_calls_than_a_batch(store, make_call, make_run):
    calls = [make_call(n) for n in range(4500)]
    assert store.save_run(make_run("a"), calls).new == 4500
    changed = [make_call(n, day=NEXT, title="New") for n in range(0, 4500, 2)]
    assert store.save_run(make_run("b", NEXT), changed).changed == 2250
    assert len(store.calls()) == 4500


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
titles = words.filter(str.strip).map(str.strip)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_call_makes_the_round_trip(tmp_path_factory, make_call, make_run, data):
    call = make_call(
        title=data.draw(titles),
        text=data.draw(words),
        conditions=data.draw(words),
        keywords=tuple(data.draw(st.lists(words, max_size=4))),
        opening=data.draw(st.none() | st.dates()),
        language=data.draw(st.none() | words),
    )
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite'}") as store:
        store.save_run(make_run(), [call])
        found = store.call(call.id)
        assert found == Call.model_validate(call.model_dump() | {"first_seen": DAY, "last_seen": DAY})
        assert store.save_run(make_run("again", NEXT), [found]).changed == 0
