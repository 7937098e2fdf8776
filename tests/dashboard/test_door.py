"""How often the pages look at the state of the store, and that no look is lost."""

from itertools import count

import pytest
import streamlit as st

from dashboard.queries import door
from matcher.store.worked_out import WorkedOutStore


@pytest.fixture
def clock(seen_world, monkeypatch):
    """A clock for the caches of this test: `clock(step)` makes each look at it so many seconds later than the one
    before."""

    def run(step):
        looks = count()
        for name in ("dashboard.queries.door.monotonic", "streamlit.runtime.caching.cache_utils.TTLCACHE_TIMER"):
            monkeypatch.setattr(name, lambda: next(looks) * step, raising=False)
        st.cache_resource.clear()

    yield run
    st.cache_resource.clear()


@pytest.fixture
def looks(monkeypatch):
    """The states that were read from the store."""
    found, really = [], WorkedOutStore.state

    def state(self):
        found.append(really(self))
        return found[-1]

    monkeypatch.setattr(WorkedOutStore, "state", state)
    return found


def test_pages_of_one_second_share_a_look(clock, looks):
    clock(step=0)
    assert {door.state() for _ in range(20)} == set(looks)
    assert len(looks) == 1


@pytest.mark.parametrize("step", [0.3, 0.7, 1.5])
def test_a_look_whose_time_ends_while_it_is_read_is_taken_anew(clock, looks, step):
    clock(step)
    assert {door.state() for _ in range(20)} == set(looks)
    assert 1 < len(looks) <= 20


def test_after_a_fault_the_store_is_looked_at_at_once(clock, looks):
    clock(step=0)
    door.state()
    door.look_again()
    door.state()
    assert len(looks) == 2
