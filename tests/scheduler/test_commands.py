"""The commands: a round for cron, what the jobs did, backups and the way back."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.scheduler.job import SLOT, Job
from matcher.scheduler.serving import alone
from matcher.scheduler.slots import Every
from matcher.store import open_store

runner = CliRunner()
MAIN = "from matcher.cli import main; main()"
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
AGES = 60 * 24 * 1000
"""Minutes of a slot that does not end while a test runs."""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def only(home, monkeypatch):
    """Nothing but these jobs, by how they end."""

    def give(*hows):
        jobs = [
            Job(
                how or "good",
                Every(minutes=AGES),
                timedelta(minutes=AGES),
                ("tests.doubles.job", str(home / "log"), how or "good", SLOT, *([how] if how else [])),
            )
            for how in hows
        ]
        monkeypatch.setattr("matcher.scheduler.plan.StoredJobs", lambda: lambda store, now: jobs)

    return give


def test_a_round_that_went_well_ends_with_0(only, home):
    only("")
    done = runner.invoke(app, ["nightly"])
    assert (done.exit_code, done.stdout) == (0, "1 jobs, 0 failed\n")
    assert len((home / "log").read_text(encoding="utf-8").splitlines()) == 1


def test_a_second_round_finds_nothing_to_do(only, home):
    only("")
    runner.invoke(app, ["nightly"])
    done = runner.invoke(app, ["nightly"])
    assert (done.exit_code, done.stdout) == (0, "0 jobs, 0 failed\n")
    assert len((home / "log").read_text(encoding="utf-8").splitlines()) == 1


def test_a_round_with_a_failed_job_names_it_and_ends_with_1(only):
    only("fail", "")
    done = runner.invoke(app, ["nightly"])
    assert done.exit_code == 1
    assert done.stdout.startswith("2 jobs, 1 failed: fail 20")


def test_a_round_does_nothing_while_a_scheduler_leads(only, home):
    only("")
    with open_store(f"sqlite:///{home / 'store.sqlite'}"), alone(home / "store.sqlite"):
        done = runner.invoke(app, ["nightly"])
    assert done.exit_code == 0
    assert "another process does the jobs" in done.stderr
    assert not (home / "log").exists()


@pytest.mark.parametrize("command", ["nightly", "scheduler"])
def test_where_no_lock_can_be_kept_the_remedy_is_named(only, home, command):
    only("")
    (home / "store.sqlite.scheduler").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", MAIN, command], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "no lock can be kept beside the store" in done.stderr
    assert "FUNDING_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_jobs_did_and_what_comes_is_told(only):
    only("fail")
    assert runner.invoke(app, ["jobs"]).stdout.startswith("Last runs\n  none yet")
    runner.invoke(app, ["nightly"])
    told = runner.invoke(app, ["jobs"]).stdout
    assert "failed: exit code 1: the disk of the job is full" in told
    assert "Next, in the time of Brussels" in told


def test_what_is_done_every_five_minutes_hides_nothing_of_the_others(home):
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        assert store.jobs.claim("digest", "2026-W47", "a", NOW)
        for minutes in range(40):
            assert store.jobs.claim("deliver", f"2026-11-21T06:{minutes:02}Z", "a", NOW + timedelta(minutes=minutes))
    assert "digest  2026-W47" in runner.invoke(app, ["jobs"]).stdout
    assert "digest  2026-W47" not in runner.invoke(app, ["jobs", "--recent", "30"]).stdout


def test_jobs_as_json(only):
    only("")
    runner.invoke(app, ["nightly"])
    found = json.loads(runner.invoke(app, ["jobs", "--json"]).stdout)
    assert found["runs"][0] | {"job": "good", "state": "done", "outcome": "did good"} == found["runs"][0]
    assert found["next"][0].keys() == {"job", "slot", "begins", "due"}


def test_all_jobs_are_told_before_anything_was_crawled():
    told = runner.invoke(app, ["jobs"]).stdout
    assert "registry" in told
    assert "digest 20" in told


def test_a_backup_and_the_way_back(home):
    with open_store(f"sqlite:///{home / 'store.sqlite'}"):
        pass
    made = runner.invoke(app, ["backup"])
    assert made.exit_code == 0
    (file,) = (home / "backups").iterdir()
    assert made.stdout.startswith(f"{file}: 0 rows, checked")
    with closing(sqlite3.connect(home / "store.sqlite")) as connection, connection:
        connection.execute("INSERT INTO suppression VALUES ('hash', 'bounced', '2026-11-21')")
    done = runner.invoke(app, ["restore", str(file)])
    assert done.exit_code == 0
    assert "as they were in the store that was in use" in done.stdout
    assert "-replaced.sqlite" in done.stdout
    everything = runner.invoke(app, ["restore", str(file), "--everything"])
    assert "those of the backup" in everything.stdout


def test_no_restore_while_a_scheduler_runs(home):
    runner.invoke(app, ["backup"])
    (file,) = (home / "backups").iterdir()
    with alone(home / "store.sqlite"):
        done = runner.invoke(app, ["restore", str(file)])
    assert done.exit_code == 1
    assert "stop it first" in done.stderr
