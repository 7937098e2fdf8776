"""Real processes that do the same jobs: each slot once, whoever is killed, stopped or late. Nothing waits for a time:
the clock is a file, and a test waits until something is so."""

import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.store import open_store
from matcher.store.jobs import JobState
from tests.doubles.scheduling import LEASE, START, tell_time

PATIENCE = 60
"""Seconds after which what a test waits for will never be."""
SLOTS = 3


@pytest.fixture
def folder(tmp_path):
    tell_time(tmp_path, START)
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}"):
        return tmp_path


@pytest.fixture
def start(folder):
    """Start a scheduler on the folder's store; what still runs at the end is killed by its own process id."""
    running = []

    def run(chosen, *more):
        command = [sys.executable, "-m", "tests.doubles.scheduling", str(folder), chosen, *more]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def until(condition):
    """Wait for a condition and return its value; fail when it never comes true."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)
    return value


def log(folder, word="done"):
    lines = (folder / "log").read_text(encoding="utf-8").splitlines() if (folder / "log").exists() else []
    return [line.split()[1:] for line in lines if line.startswith(word)]


def runs(folder):
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        return store.jobs.runs()


def states(folder):
    return {(run.job, run.slot): run.state for run in runs(folder)}


def is_there(pid):
    """Whether a process of that id still does something; one that nobody has fetched does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def end(process):
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=PATIENCE)
    return process.returncode, told


def test_three_processes_do_each_slot_exactly_once(folder, start):
    """Without the leader's lock, all three race for every slot: the ledger alone decides."""
    crowd = [start("many", "crowd") for _ in range(3)]
    for number in range(SLOTS):
        tell_time(folder, START + number * timedelta(hours=1))
        done = 3 * (number + 1)
        until(lambda done=done: list(states(folder).values()).count(JobState.DONE) == done)
    ended = [end(process) for process in crowd]
    assert [code for code, _ in ended] == [0, 0, 0]
    slots = [f"2026-11-21T{6 + number:02}:00Z" for number in range(SLOTS)]
    expected = {(job, slot) for job in ("crawl", "embed", "mail") for slot in slots}
    assert Counter(map(tuple, log(folder))) == Counter(expected)
    assert {run.tries for run in runs(folder)} == {1}
    assert len({run.worker for run in runs(folder)}) > 1


def test_mail_waits_for_what_it_tells_of(folder, start):
    process = start("many")
    until(lambda: len(states(folder)) == 3 and set(states(folder).values()) == {JobState.DONE})
    end(process)
    assert [name for name, _ in log(folder)] == ["crawl", "embed", "mail"]


def test_one_leads_and_the_others_wait_for_its_place(folder, start):
    leader = start("many")
    until(lambda: list(states(folder).values()).count(JobState.DONE) == 3)
    standby = start("many")
    assert "waiting to take its place" in standby.stderr.readline()
    tell_time(folder, START + timedelta(hours=1))
    until(lambda: list(states(folder).values()).count(JobState.DONE) == 6)
    assert len({run.worker for run in runs(folder)}) == 1
    leader.kill()
    leader.wait()
    tell_time(folder, START + timedelta(hours=2))
    until(lambda: list(states(folder).values()).count(JobState.DONE) == 9)
    assert len({run.worker for run in runs(folder)}) == 2
    assert end(standby)[0] == 0


def test_a_standby_that_waits_stops_at_once(folder, start):
    start("many")
    until(lambda: list(states(folder).values()).count(JobState.DONE) == 3)
    standby = start("many")
    assert "waiting" in standby.stderr.readline()
    assert end(standby)[0] == 0


def test_a_killed_leaders_job_ends_with_it_and_is_taken_over_after_the_lease(folder, start):
    leader = start("long")
    _, slot, pid = until(lambda: log(folder, "began"))[0]
    standby = start("long")
    assert "waiting" in standby.stderr.readline()
    leader.kill()
    leader.wait()
    until(lambda: not is_there(int(pid)))
    assert "does the jobs" in standby.stderr.readline()
    assert states(folder) == {("long", slot): JobState.RUNNING}
    assert len(log(folder, "began")) == 1
    tell_time(folder, START + LEASE + timedelta(seconds=1))
    until(lambda: len(log(folder, "began")) == 2)
    (folder / "go").touch()
    until(lambda: states(folder) == {("long", slot): JobState.DONE})
    assert log(folder) == [["long", slot]]
    assert [run.tries for run in runs(folder)] == [2]
    assert end(standby)[0] == 0


def test_a_stop_ends_the_job_and_gives_the_slot_back(folder, start):
    process = start("long")
    _, slot, pid = until(lambda: log(folder, "began"))[0]
    assert end(process)[0] == 0
    assert not is_there(int(pid))
    assert states(folder) == {("long", slot): JobState.RELEASED}
    (folder / "go").touch()
    start("long")
    until(lambda: states(folder) == {("long", slot): JobState.DONE})
    assert [run.tries for run in runs(folder)] == [1]
    assert log(folder) == [["long", slot]]


def test_a_job_that_fails_is_tried_three_times_and_told(folder, start):
    process = start("failing")
    minutes = 0

    def given_up():
        nonlocal minutes
        if {JobState.FAILED, JobState.GIVEN_UP} & set(states(folder).values()):
            minutes += 1
            tell_time(folder, START + timedelta(minutes=min(minutes, 50)))
        return JobState.GIVEN_UP in states(folder).values()

    until(given_up)
    tell_time(folder, START + timedelta(minutes=55))
    until(lambda: ("other", "2026-11-21T06:00Z") in states(folder))
    _, told = end(process)
    failing = next(run for run in runs(folder) if run.job == "failing")
    assert (failing.state, failing.tries) == (JobState.GIVEN_UP, 3)
    assert failing.outcome == "exit code 1: the disk of the job is full"
    assert log(folder).count(["failing", "2026-11-21T06:00Z"]) == 3
    assert told.count("failing 2026-11-21T06:00Z: failed, exit code 1") == 3
    assert states(folder)["other", "2026-11-21T06:00Z"] is JobState.DONE


def test_a_job_that_was_given_up_is_done_again_in_its_next_slot(folder, start):
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        assert store.jobs.claim("crawl", "2026-11-21T06:00Z", "somebody", START, tries=1)
        assert store.jobs.fail("crawl", "2026-11-21T06:00Z", "somebody", START, "no", tries=1)
    tell_time(folder, START + timedelta(hours=1))
    start("many")
    until(lambda: states(folder).get(("crawl", "2026-11-21T07:00Z")) is JobState.DONE)
    assert ["crawl", "2026-11-21T06:00Z"] not in log(folder)


def test_the_process_id_of_a_worker_is_told(folder, start):
    process = start("many")
    until(lambda: states(folder))
    assert {run.worker.split(":")[1] for run in runs(folder)} == {str(process.pid)}
