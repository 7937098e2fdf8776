"""What pages read is what looking at each call by itself would say, and is worked out once."""

from datetime import date, timedelta

import numpy as np
import pytest

from matcher.eligibility.crowd import judge
from matcher.eligibility.situation import Situation
from matcher.embedding import embed_calls, embed_profile
from matcher.merging import merge
from matcher.model import Answer, CallStatus
from matcher.ranking import Index, rank
from matcher.readings import with_readings
from matcher.selection import by_use, usability
from matcher.standing.library import SHELF
from tests.standing.conftest import ON


@pytest.fixture(scope="module")
def every(service):
    """Each call in full by id, merged without the library's files."""
    return {call.id: call for call in with_readings(merge(service.store.calls()), service.store)}


@pytest.mark.parametrize("profile", ["riga", "birmingham", "new-women-connectors"])
def test_scores_and_order_are_those_of_ranking_all_calls_in_full(service, every, profile):
    organisation, calls = service.profile(profile), list(every.values())
    index = Index.of(calls, embed_calls(calls, service.encoder, service.store))
    ranking = rank(organisation, index, embed_profile(organisation, service.encoder, service.store), service.weights)
    table = service.standing(profile, ON)
    assert sorted(table.index) == sorted(ranking.ids)
    for name in ("dense", "lexical"):
        values = {id: part.value for id in ranking for part in ranking[id] if part.name == name}
        np.testing.assert_allclose(table[name], [values[id] for id in table.index], atol=1e-6)
    running = table[table["status"] != CallStatus.CLOSED].index
    entries = service.entries(profile, list(running), ON)
    assert [one.call.id for one in sorted(entries, key=by_use)] == list(running)


def test_a_row_says_what_the_rules_say_of_a_call_that_runs(service):
    table = service.standing("riga", ON)
    running = table[table["status"] != CallStatus.CLOSED]
    assert len(running) > 20
    for match in service.entries("riga", list(running.index), ON):
        verdicts, route = judge(Situation.of(service.profile("riga"), match.call, ON, service.reference))
        answers, row = [one.answer for one in verdicts], running.loc[match.call.id]
        assert (match.verdicts, match.route) == (verdicts, route)
        assert (row["route"], row["also"]) == (route.kind, " ".join(route.also))
        assert (row["failed"], row["unknown"]) == (answers.count(Answer.NOT_MET), answers.count(Answer.UNKNOWN))
        assert row["usability"] == usability(match)
        assert row["score"] == pytest.approx(match.score, rel=1e-6)


def test_closed_calls_come_last_and_are_not_judged(service):
    table = service.standing("riga", ON)
    closed = table[table["status"] == CallStatus.CLOSED]
    assert set(closed["route"]) == {"not_open"}
    assert closed["usability"].eq(3).all()
    assert closed["place"].min() == len(table) - len(closed) + 1


def test_a_call_that_is_read_by_itself_is_the_call_that_is_read_with_all_others(service, every):
    assert service._library.read(every) == every
    for id in list(every)[::40]:
        assert service.call(id) == every[id]


def test_what_another_process_worked_out_is_taken_and_no_call_is_read(service, anew, monkeypatch):
    before = service.standing("utrecht", ON)
    another = anew()
    for name in ("calls", "calls_of"):
        monkeypatch.setattr(another.store, name, lambda *_: pytest.fail("calls were read"))
    assert another.standing("utrecht", ON).equals(before)


def test_what_was_kept_of_another_state_is_not_taken(service):
    service.standing("riga", ON)
    store = service.store.worked_out
    assert store.kept(SHELF, service._library.state) is not None
    assert store.kept(SHELF, "another state") is None


def test_another_day_is_worked_out_and_does_not_replace_the_day_that_is_kept(service, anew):
    service.prepare(ON)
    service.standing("riga", date(2025, 5, 1))
    state = service._standings._state(service.profile("riga"), ON)
    assert service.store.worked_out.kept("standing:riga", state) is not None
    assert anew().standing("riga", ON + timedelta(days=1))["place"].is_monotonic_increasing


def test_what_was_worked_out_for_the_night_is_not_worked_out_again(service):
    service.prepare(ON)
    assert service.prepare(ON) == 0
