"""One worker: the order of a round, and what it does when the store is busy."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.scheduler.job import NOW, SLOT, Job
from matcher.scheduler.process import How
from matcher.scheduler.slots import Every
from matcher.scheduler.worker import Worker
from matcher.store import StoreLocked, open_store
from matcher.store.jobs import JobState, JobStore

MOMENT = datetime(2026, 11, 21, 6, 2, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def job(tmp_path, name, **more):
    return Job(name, Every(60), timedelta(hours=1), ("tests.doubles.job", str(tmp_path / "log"), name, SLOT), **more)


def worker(store, *jobs):
    return Worker(store, lambda store, now: jobs, clock=lambda: MOMENT)


def test_a_round_does_jobs_in_their_order_and_waits_for_nothing(tmp_path, store):
    waiting = job(tmp_path, "first", after=("second",), patience=timedelta(days=1))
    done = worker(store, waiting, job(tmp_path, "second")).do_all()
    assert [(one.name, slot.name, ended.how) for one, slot, ended in done] == [
        ("first", "2026-11-21T06:00Z", How.DONE),
        ("second", "2026-11-21T06:00Z", How.DONE),
    ]


def test_jobs_that_appear_through_a_job_are_done_in_the_same_round(tmp_path, store):
    """As the crawls do, once the registry is known."""

    def jobs(store, now):
        known = store.jobs.settled(now)
        return [job(tmp_path, "registry"), *([job(tmp_path, "crawl")] if "registry" in known else [])]

    done = Worker(store, jobs, clock=lambda: MOMENT).do_all()
    assert [one.name for one, _, _ in done] == ["registry", "crawl"]


def test_a_command_learns_moment_and_slot(tmp_path, store):
    command = ("tests.doubles.job", str(tmp_path / "log"), NOW, SLOT)
    worker(store, Job("any", Every(60), timedelta(hours=1), command)).do_all()
    assert (tmp_path / "log").read_text(encoding="utf-8") == f"done {MOMENT.isoformat()} 2026-11-21T06:00Z\n"


def test_the_end_of_a_job_is_written_when_the_store_is_free_again(tmp_path, store, monkeypatch):
    finish, busy = JobStore.finish, [True, True]

    def busy_at_first(*arguments):
        if busy:
            busy.pop()
            raise StoreLocked("store.sqlite", "another process is writing to the store")
        return finish(*arguments)

    monkeypatch.setattr(JobStore, "finish", busy_at_first)
    worker(store, job(tmp_path, "any")).do_all()
    assert [run.state for run in store.jobs.runs()] == [JobState.DONE]


def test_a_busy_store_does_not_end_a_job_that_gives_a_sign_of_life(tmp_path, store, monkeypatch):
    def busy(*arguments):
        raise StoreLocked("store.sqlite", "another process is writing to the store")

    monkeypatch.setattr(JobStore, "heartbeat", busy)
    monkeypatch.setattr("matcher.scheduler.process.POLL", 0.001)
    one = Worker(store, lambda store, now: [job(tmp_path, "any")], clock=lambda: MOMENT, lease=timedelta(0))
    assert [ended.how for _, _, ended in one.do_all()] == [How.DONE]
