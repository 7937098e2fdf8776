"""What the nightly jobs do by themselves: what is deleted when, the days since the calendar was asked, a clean end."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.alerts.mailing.fates import Answer, Fate, ServerTrouble
from matcher.scheduler.plan import jobs
from matcher.scheduler.process import Stop
from matcher.scheduler.retention import KEEP_JOB_RUNS, retain
from matcher.scheduler.work import last_passed, main, stoppable
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.subscribers import mail, subscribe

NOW = datetime(2026, 11, 21, 0, 20, tzinfo=UTC)
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, model="hashing")


@pytest.fixture
def store(settings):
    with open_store(settings.database_url) as opened:
        yield opened


def crawl_folder(settings, source, name, days):
    folder = settings.runs / source / name
    folder.mkdir(parents=True)
    (folder / "raw.jsonl").write_text("{}\n", encoding="utf-8")
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(folder, (moment, moment))
    return folder


def test_old_folders_of_crawls_are_deleted_but_the_newest_two_of_a_source(settings, store):
    portal = [crawl_folder(settings, "portal", f"2026{n}", days) for n, days in enumerate((200, 150, 100, 95, 10))]
    city = [crawl_folder(settings, "city", f"2026{n}", days) for n, days in enumerate((300, 200))]
    told = retain(store, settings, NOW)
    assert [folder.exists() for folder in portal] == [False, False, False, True, True]
    assert [folder.exists() for folder in city] == [True, True]
    assert "3 folders of crawls" in told


def test_runs_of_jobs_are_kept_longer_than_any_slot_is_caught_up(settings, store):
    assert max(job.window for job in jobs([])) < KEEP_JOB_RUNS
    for days in (40, 30):
        moment = NOW - timedelta(days=days)
        assert store.jobs.claim("crawl", moment.date().isoformat(), "a", moment)
        assert store.jobs.finish("crawl", moment.date().isoformat(), "a", moment)
    assert "1 runs of jobs" in retain(store, settings, NOW)
    assert len(store.jobs.runs()) == 1


def test_the_calendar_is_asked_for_all_days_since_it_was_asked_last(store):
    assert last_passed(store, NOW) == date(2026, 11, 20)
    asked = datetime(2026, 11, 13, 23, 30, tzinfo=UTC)  # the 14th in Brussels
    assert store.jobs.claim("ledger", "2026-11-14", "a", asked)
    assert store.jobs.finish("ledger", "2026-11-14", "a", asked)
    assert store.jobs.claim("ledger", "2026-11-21", "a", NOW)
    assert last_passed(store, NOW) == date(2026, 11, 14)


class Sender:
    stays_here = False
    connected = 0

    def connect(self):
        self.connected += 1

    def send(self, envelope, hand_over):
        return Answer(Fate.ACCEPTED)

    def close(self):
        pass


def test_a_round_of_mails_that_is_to_stop_ends_before_the_next_mail():
    stop, inner = Stop(), Sender()
    transport = stoppable(inner, stop)
    transport.connect()
    assert transport.send(None, lambda: True).fate is Fate.ACCEPTED
    stop.asked = True
    with pytest.raises(ServerTrouble, match="told to stop"):
        transport.connect()
    assert inner.connected == 1


def test_more_mails_than_a_run_may_send_are_told_with_what_to_do(store, settings, monkeypatch, capsys):
    monkeypatch.setenv("FUNDING_HOME", str(settings.home))
    monkeypatch.setenv("FUNDING_MAIL_CAP", "1")
    for number in (1, 2):
        subscribe(store, number)
    store.outbox.plan([mail(f"s{number:04}", events=(1,), upto=1) for number in (1, 2)])
    assert main(["deliver", LONG_AFTER.isoformat()]) == 1
    told = capsys.readouterr().err
    assert "2 mails are due and one run may send 1 (FUNDING_MAIL_CAP)" in told
    assert "funding outbox send --cap 2" in told
    assert "@" not in told


def test_a_fault_of_ours_is_told_without_its_message(monkeypatch, capsys):
    def fault(service, now):
        raise RuntimeError("no mail to reader@example.org")

    monkeypatch.setitem(sys.modules["matcher.scheduler.work"].WORK, "digest", fault)
    assert main(["digest", NOW.isoformat()]) == 1
    told = capsys.readouterr().err
    assert "unexpected RuntimeError in" in told
    assert "test_work.py" in told
    assert "@" not in told


def test_what_a_person_can_mend_is_told_in_a_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "store.sqlite").write_bytes(b"no database at all " * 100)
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    assert main(["ledger", NOW.isoformat()]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'store.sqlite'}: this is not a database")


def test_a_child_without_parent_ends(tmp_path):
    """The parent's end of the pipe is closed as the system closes it when the parent is killed."""
    command = ["tests.doubles.job", str(tmp_path / "log"), "job", "slot", "wait", str(tmp_path / "never")]
    child = subprocess.Popen([sys.executable, "-P", "-m", "matcher.scheduler.child", *command], stdin=subprocess.PIPE)
    child.stdin.close()
    assert child.wait(60) == 75
