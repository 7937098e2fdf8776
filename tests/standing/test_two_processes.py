"""Several processes on one store, and a store that moves: what one worked out serves all, and undoes nothing."""

import os
import shutil
import threading
from datetime import date, timedelta

import pytest

from matcher.service import Outdated, Service
from matcher.standing import index_files
from matcher.standing.library import INDEX
from matcher.store import open_store
from tests.doubles import small_store
from tests.doubles.small_store import CARDS, DAY, MUNICIPALITY, OUTSIDE, TOWNS, WOMEN, good_run, made_call


@pytest.fixture
def world(tmp_path):
    return small_store.made_world(tmp_path)


@pytest.fixture
def process(world):
    """Another process that begins: it has read nothing yet."""
    made = []

    def run(settings=world):
        made.append(Service(settings))
        return made[-1]

    yield run
    for one in made:
        one.store.close()


def load(world, *references):
    """What a crawl of the portal finds a day later."""
    day = DAY + timedelta(days=1)
    with open_store(world.database_url) as store:
        store.save_run(good_run(CARDS[0], day), [made_call(one, as_of=day, first_seen=day) for one in references])


def test_a_copy_at_another_place_has_all_that_was_worked_out(world, process, tmp_path, monkeypatch):
    process().prepare(DAY)
    before = process().standing(MUNICIPALITY, DAY)
    copy = world.model_copy(update={"home": shutil.copytree(world.home, tmp_path / "copy")})
    moved = process(copy)
    for name in ("calls", "calls_of"):
        monkeypatch.setattr(moved.store, name, lambda *_: pytest.fail("calls were read"))
    assert moved.standing(MUNICIPALITY, DAY).equals(before)
    assert moved.search("housing of refugees")
    assert moved.prepare(DAY) == 0


def test_an_index_that_another_process_deletes_is_read_on(world, process):
    process().search("housing")
    reader = process()
    assert reader._library.index.vectors.size
    shutil.rmtree(world.home / INDEX)
    assert reader.search("housing of refugees")
    assert process().search("housing of refugees"), "made anew where it is gone"


def test_an_index_of_another_state_stays_until_nobody_can_be_about_to_open_it(world, process):
    process().search("housing")
    (old,) = (world.home / INDEX).iterdir()
    crashed = world.home / INDEX / ".crashed"
    crashed.mkdir()
    load(world, "new-one")
    process().search("housing")
    assert {old, crashed} < set((world.home / INDEX).iterdir())

    for one in (old, crashed):
        os.utime(one, (0, 0))
    load(world, "new-one", "new-two")
    process().search("housing")
    left = set((world.home / INDEX).iterdir())
    assert len(left) == 2
    assert not {old, crashed} & left


def test_half_an_index_is_none(world, process):
    process().search("housing")
    (folder,) = (world.home / INDEX).iterdir()
    (folder / f"{index_files.OF_WORDS[0]}.npy").unlink()
    assert process().search("housing of refugees")


def test_who_asks_for_calls_of_another_state_is_told_so_and_a_new_service_answers(world, process):
    before = process()
    before.standing(MUNICIPALITY, DAY)
    load(world, "new-one")
    after = process()
    assert "portal:new-one" in after.standing(MUNICIPALITY, DAY).index
    with pytest.raises(Outdated, match="portal:new-one"):
        before.entries(MUNICIPALITY, ["portal:new-one"], DAY)
    assert [one.call.id for one in after.entries(MUNICIPALITY, ["portal:new-one"], DAY)] == ["portal:new-one"]


def test_a_record_that_is_gone_is_told_as_such(world, process):
    """As after a backup was put in place of the store."""
    service = process()
    ids = list(service.standing(MUNICIPALITY, DAY).index)
    with service.store._access.writing() as connection:
        connection.exec_driver_sql("DELETE FROM call WHERE id = ?", (WOMEN,))
    with pytest.raises(Outdated, match=WOMEN):
        service.listed_many(ids)
    assert WOMEN not in process().standing(MUNICIPALITY, DAY).index


def test_many_calls_are_looked_up_in_as_many_statements_as_one(process, monkeypatch):
    service, read = process(), []
    ids = list(service.standing(MUNICIPALITY, DAY).index)
    calls_of = service.store.calls_of
    monkeypatch.setattr(service.store, "calls_of", lambda wanted: read.append(wanted) or calls_of(wanted))
    found = service.listed_many([*ids, "cerv-2026-towns", "portal:nothing"])
    assert len(read) == 1
    assert found == {id: service.call(id) for id in ids} | {"cerv-2026-towns": service.call(TOWNS)}


def test_who_asks_for_another_organisation_does_not_wait(process, monkeypatch):
    service = process()
    service.prepare(DAY)
    standings, begun, go_on = service._standings, threading.Event(), threading.Event()
    work_out = standings.work_out

    def slowly(profiles, on):
        begun.set()
        assert go_on.wait(30)
        return work_out(profiles, on)

    monkeypatch.setattr(standings, "work_out", slowly)
    slow = threading.Thread(target=service.standing, args=(OUTSIDE, date(2020, 1, 1)))
    slow.start()
    assert begun.wait(30)
    done = threading.Event()
    quick = threading.Thread(target=lambda: service.standing(MUNICIPALITY, DAY).size and done.set())
    quick.start()
    waited = not done.wait(20)
    go_on.set()
    slow.join()
    quick.join()
    assert not waited


def test_of_those_who_ask_for_the_same_one_works_it_out(process, monkeypatch):
    service, made = process(), []
    standings, work_out = service._standings, service._standings.work_out
    monkeypatch.setattr(standings, "work_out", lambda *asked: made.append(asked) or work_out(*asked))
    asking = [threading.Thread(target=service.standing, args=(MUNICIPALITY, DAY)) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    service.standing(MUNICIPALITY, DAY)
    assert len(made) == 1


def test_today_is_kept_also_where_the_night_did_not_prepare_it(process):
    process().prepare(DAY)
    service, today = process(), DAY + timedelta(days=1)
    service._standings.today = lambda: today
    service.standing(MUNICIPALITY, today)
    service.standing(OUTSIDE, today + timedelta(days=1))
    kept = process()._standings.missing(service.profiles(), today)
    assert MUNICIPALITY not in {one.id for one in kept}
    assert OUTSIDE not in {one.id for one in process()._standings.missing(service.profiles(), DAY)}


def test_what_is_remembered_is_bounded_and_begins_with_what_was_asked_last(process, monkeypatch):
    monkeypatch.setattr("matcher.standing.standings.REMEMBERED", 3)
    service = process()
    days = [DAY + timedelta(days=one) for one in range(4)]
    profile = service.profile(MUNICIPALITY)
    for day in (*days[:3], days[0], days[3]):
        service.standing(MUNICIPALITY, day)
    state = service._standings._state
    assert list(service._standings._stances) == [state(profile, days[at]) for at in (2, 0, 3)]


def test_the_last_runs_are_those_that_all_runs_tell(world, process):
    store = process().store
    for at, outcome in enumerate(("fail", "ok", "fail")):
        store.save_run(good_run(CARDS[1], DAY + timedelta(days=at + 1), outcome=outcome))
    last = store.last_runs()
    assert set(last) == {one.source for one in store.runs()}
    for source, runs in last.items():
        assert runs[0] == store.runs(source)[0]
        assert [one for one in runs if one.outcome != "fail"] == [store.last_good_run(source)]
