"""The ledger of job runs: claimed once, taken over only from the dead, never more often than allowed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from matcher.store import open_store
from matcher.store.access import Access
from matcher.store.engine import make_engine
from matcher.store.jobs import PAUSE, TRIES, JobState, JobStore
from matcher.store.tables import job_run

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
LEASE = timedelta(minutes=2)
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def jobs(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        yield store.jobs


def only(jobs):
    (run,) = jobs.runs()
    return run


def test_a_slot_is_claimed_once(jobs):
    assert jobs.claim("crawl", "2026-11-21", "a", NOW)
    assert not jobs.claim("crawl", "2026-11-21", "b", NOW)
    assert jobs.claim("crawl", "2026-11-22", "b", NOW)
    assert jobs.claim("embed", "2026-11-21", "b", NOW)


def test_of_many_that_ask_at_once_one_gets_it(jobs):
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda number: jobs.claim("crawl", "1", str(number), NOW), range(40)))
    assert won.count(True) == 1
    assert only(jobs).worker == str(won.index(True))


def test_a_run_is_taken_over_only_when_its_worker_gave_no_sign_for_a_lease(jobs):
    assert jobs.claim("crawl", "1", "a", NOW)
    assert jobs.heartbeat("crawl", "1", "a", NOW + timedelta(minutes=1))
    assert not jobs.claim("crawl", "1", "b", LATER, LEASE)
    assert jobs.claim("crawl", "1", "b", LATER + timedelta(minutes=1), LEASE)
    assert (only(jobs).worker, only(jobs).tries) == ("b", 2)


def test_a_worker_learns_that_its_run_is_anothers(jobs):
    assert jobs.claim("crawl", "1", "a", NOW)
    assert jobs.claim("crawl", "1", "b", LATER, LEASE)
    assert not jobs.heartbeat("crawl", "1", "a", LATER)
    assert not jobs.finish("crawl", "1", "a", LATER, "done by a")
    assert not jobs.fail("crawl", "1", "a", LATER, "failed by a")
    assert not jobs.release("crawl", "1", "a", LATER)
    assert jobs.finish("crawl", "1", "b", LATER, "done by b")
    assert only(jobs).outcome == "done by b"


def test_what_is_done_stays_done(jobs):
    assert jobs.claim("crawl", "1", "a", NOW)
    assert jobs.finish("crawl", "1", "a", NOW)
    assert not jobs.claim("crawl", "1", "b", NOW + timedelta(days=30))


def test_a_failed_try_rests_and_the_last_one_gives_up(jobs):
    now = NOW
    for number in range(1, TRIES + 1):
        assert jobs.claim("crawl", "1", "a", now)
        assert jobs.fail("crawl", "1", "a", now, f"reason {number}")
        assert not jobs.claim("crawl", "1", "a", now + PAUSE - timedelta(seconds=1))
        now += PAUSE
    assert not jobs.claim("crawl", "1", "a", now + timedelta(days=1))
    assert (only(jobs).state, only(jobs).tries, only(jobs).outcome) == (JobState.GIVEN_UP, TRIES, f"reason {TRIES}")


def test_a_job_whose_workers_always_vanish_is_given_up(jobs):
    now = NOW
    for _ in range(TRIES):
        assert jobs.claim("crawl", "1", "a", now, LEASE)
        now += 2 * LEASE
    assert not jobs.claim("crawl", "1", "a", now, LEASE)
    assert only(jobs).state is JobState.GIVEN_UP
    assert "vanished" in only(jobs).outcome


def test_a_released_slot_is_open_at_once_and_no_try_was_used(jobs):
    for _ in range(2 * TRIES):
        assert jobs.claim("crawl", "1", "a", NOW)
        assert jobs.release("crawl", "1", "a", NOW)
    assert jobs.claim("crawl", "1", "b", NOW)
    assert only(jobs).tries == 1


def test_the_newest_settled_slot_of_each_job_is_known(jobs):
    for slot in ("2026-11-19", "2026-11-20", "2026-11-21"):
        assert jobs.claim("crawl", slot, "a", NOW)
    jobs.finish("crawl", "2026-11-19", "a", NOW)
    jobs.finish("crawl", "2026-11-20", "a", NOW)
    assert jobs.settled(NOW) == {"crawl": "2026-11-20"}


def test_runs_of_a_clock_that_went_ahead_keep_nothing_from_being_done(jobs):
    ahead = NOW + timedelta(days=900)
    assert jobs.claim("crawl", "2029-05-09", "a", ahead)
    assert jobs.finish("crawl", "2029-05-09", "a", ahead)
    assert jobs.settled(NOW) == {}
    assert jobs.settled(ahead) == {"crawl": "2029-05-09"}


def test_old_runs_are_forgotten(jobs):
    for days in range(5):
        moment = NOW + timedelta(days=days)
        assert jobs.claim("crawl", str(days), "a", moment)
        assert jobs.finish("crawl", str(days), "a", moment)
    assert jobs.forget(NOW + timedelta(days=3)) == 3
    assert [run.slot for run in jobs.runs()] == ["4", "3"]


def test_the_last_run_of_each_job_is_found_however_many_others_have_since(jobs):
    jobs.claim("digest", "2026-W46", "a", NOW - timedelta(days=7))
    jobs.claim("digest", "2026-W47", "a", NOW)
    for minutes in range(5):
        jobs.claim("deliver", f"2026-11-21T06:{minutes:02}Z", "a", NOW + timedelta(minutes=minutes))
    assert [(run.job, run.slot) for run in jobs.last()] == [("deliver", "2026-11-21T06:04Z"), ("digest", "2026-W47")]


def test_runs_can_be_chosen(jobs):
    assert jobs.claim("crawl", "1", "a", NOW)
    assert jobs.finish("crawl", "1", "a", NOW)
    assert jobs.claim("embed", "1", "a", NOW + timedelta(hours=1))
    assert [run.job for run in jobs.runs()] == ["embed", "crawl"]
    assert [run.job for run in jobs.runs("crawl")] == ["crawl"]
    assert [run.job for run in jobs.runs(states=[JobState.RUNNING])] == ["embed"]
    assert [run.job for run in jobs.runs(since=NOW + timedelta(minutes=1))] == ["embed"]
    assert [run.job for run in jobs.runs(limit=1)] == ["embed"]


class Workers(RuleBasedStateMachine):
    """Workers claim, live, vanish and return in any order: a slot is finished at most once, by whoever holds it."""

    names = st.sampled_from("abc")

    def __init__(self):
        super().__init__()
        self.engine = make_engine("sqlite://")
        job_run.create(self.engine)
        self.jobs = JobStore(Access(self.engine, "memory"))
        self.now, self.holders, self.finished, self.tries = NOW, {}, 0, 0

    def teardown(self):
        self.engine.dispose()

    @rule(minutes=st.integers(0, 15))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(name=names)
    def claim(self, name):
        vanished = all(self.now - seen > LEASE for seen in self.holders.values())
        if self.jobs.claim("crawl", "1", name, self.now, LEASE):
            assert self.finished == 0
            assert vanished
            self.holders = {name: self.now}
            self.tries += 1
        elif vanished and self.tries == TRIES:
            self.holders = {}

    @rule(name=names)
    def give_a_sign(self, name):
        assert self.jobs.heartbeat("crawl", "1", name, self.now) == (name in self.holders)
        if name in self.holders:
            self.holders[name] = self.now

    @rule(name=names)
    def finish(self, name):
        assert self.jobs.finish("crawl", "1", name, self.now) == (name in self.holders)
        self.finished += name in self.holders
        self.holders.pop(name, None)

    @rule(name=names)
    def fail(self, name):
        assert self.jobs.fail("crawl", "1", name, self.now, "no") == (name in self.holders)
        self.holders.pop(name, None)

    @rule(name=names)
    def release(self, name):
        assert self.jobs.release("crawl", "1", name, self.now) == (name in self.holders)
        self.tries -= name in self.holders
        self.holders.pop(name, None)

    @invariant()
    def no_more_than_allowed(self):
        assert self.finished <= 1
        assert self.tries <= TRIES


TestWorkers = Workers.TestCase
TestWorkers.settings = settings(max_examples=60, stateful_step_count=25)
