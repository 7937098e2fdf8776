"""A job as a child process: what it says, how long it may take, and that it ends when it has to."""

import os
import time
from datetime import timedelta

import pytest

from matcher.scheduler.process import How, Stop, run

LONG = timedelta(minutes=5)
SHORT = timedelta(seconds=0.3)


def job(tmp_path, *how):
    return ("tests.doubles.job", str(tmp_path / "log"), "job", "slot", *how)


def forever(tmp_path):
    return job(tmp_path, "wait", str(tmp_path / "never"))


def pid(tmp_path):
    """Of a child that has begun, whose first line holds it."""
    end = time.monotonic() + 60
    while not (tmp_path / "log").exists() or not (tmp_path / "log").read_text(encoding="utf-8").endswith("\n"):
        assert time.monotonic() < end
        time.sleep(0.02)
    return int((tmp_path / "log").read_text(encoding="utf-8").split()[3])


def test_a_job_that_is_done_tells_its_last_line(tmp_path):
    ended = run(job(tmp_path), LONG, LONG, lambda: True, Stop())
    assert (ended.how, ended.words) == (How.DONE, "did job")


def test_a_job_that_fails_tells_its_exit_code_and_why(tmp_path):
    ended = run(job(tmp_path, "fail"), LONG, LONG, lambda: True, Stop())
    assert (ended.how, ended.words) == (How.FAILED, "exit code 1: the disk of the job is full")


def test_a_module_that_does_not_exist_is_a_failure(tmp_path):
    ended = run(("no.such.module",), LONG, LONG, lambda: True, Stop())
    assert ended.how is How.FAILED
    assert "no.such" in ended.words


def test_a_job_that_takes_too_long_is_ended_and_has_failed(tmp_path):
    ended = run(forever(tmp_path), SHORT, LONG, lambda: True, Stop())
    assert (ended.how, ended.words) == (How.FAILED, "ended after its time limit of 0:00:00.300000")


def test_a_job_whose_slot_another_worker_has_is_ended(tmp_path):
    signs = []

    def alive():
        signs.append(pid(tmp_path))
        return len(signs) < 3

    ended = run(forever(tmp_path), LONG, timedelta(0), alive, Stop())
    assert ended.how is How.LOST
    assert len(signs) == 3
    with pytest.raises(ProcessLookupError):
        os.kill(signs[0], 0)


def test_a_job_is_ended_when_its_worker_is_to_stop(tmp_path):
    stop, child = Stop(), []

    def alive():
        child.append(pid(tmp_path))
        stop.asked = True
        return True

    assert run(forever(tmp_path), LONG, timedelta(0), alive, stop).how is How.STOPPED
    with pytest.raises(ProcessLookupError):
        os.kill(child[0], 0)


def test_a_job_that_does_not_hear_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("matcher.scheduler.process.GRACE", 0.3)
    stop, child = Stop(), []

    def alive():
        child.append(pid(tmp_path))
        stop.asked = True
        return True

    deaf = job(tmp_path, "deaf", str(tmp_path / "never"))
    assert run(deaf, LONG, timedelta(0), alive, stop).how is How.STOPPED
    with pytest.raises(ProcessLookupError):
        os.kill(child[0], 0)


def test_much_output_blocks_nothing_and_is_told_short(tmp_path, monkeypatch):
    module = tmp_path / "loud.py"
    module.write_text('print("x" * 5_000_000)\nprint("\\x1b[31mred " + "y" * 1000)\n', encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    ended = run(("loud",), LONG, LONG, lambda: True, Stop())
    assert ended.how is How.DONE
    assert "\x1b" not in ended.words
    assert len(ended.words) <= 300
