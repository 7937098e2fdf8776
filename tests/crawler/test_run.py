"""Runs in a process of their own, and the command line over them."""

import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from crawler.__main__ import app
from crawler.run import CannotCrawl, CrawlFailed, Job, crawl, crawl_in_this_process, only_crawl, write_report
from crawler.source import RunReport, sources
from matcher.model import Issue
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.portal import Portal, Trap
from tests.doubles.replay import Replay, pages_of


def settings(home: Path, portal: Portal) -> Settings:
    return Settings(home=home, host_map=portal.host_map)


def run_folders(home: Path) -> list[Path]:
    return list((home / "runs" / "funding_tenders").glob("*"))


def test_an_unknown_source_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(CannotCrawl, match=r"'fundingtenders'.*funding_tenders"):
        crawl("fundingtenders", Settings(home=tmp_path))


def test_a_curated_source_is_not_crawled(tmp_path):
    with pytest.raises(CannotCrawl, match="published_calls"):
        crawl("published_calls", Settings(home=tmp_path))


def test_an_unknown_programme_is_refused_before_anything_is_asked(tmp_path):
    with Portal() as portal:
        with pytest.raises(CannotCrawl, match=r"'AMIFF'.*AMIF"):
            crawl("funding_tenders", settings(tmp_path, portal), ["AMIFF"], delay=0.0)
        assert portal.visits == []
    assert run_folders(tmp_path) == []


def test_a_killed_crawl_leaves_no_report(tmp_path):
    with Portal(robots=(200, "User-agent: *\nCrawl-delay: 30\n")) as portal:
        killer = threading.Thread(target=_kill_when_asked, args=(portal,))
        killer.start()
        with pytest.raises(CrawlFailed, match="died"):
            crawl("funding_tenders", settings(tmp_path, portal), delay=0.0)
        killer.join()
    (folder,) = run_folders(tmp_path)
    assert not (folder / "report.json").exists()


def _kill_when_asked(portal: Portal) -> None:
    while not portal.asked("/search-api"):
        time.sleep(0.01)
    for child in multiprocessing.active_children():
        os.kill(child.pid, signal.SIGKILL)


def test_a_folder_that_takes_no_runs_is_named_with_the_remedy(tmp_path):
    (tmp_path / "runs").write_text("a file where a folder should be", encoding="utf-8")
    with Portal() as portal:
        with pytest.raises(CrawlFailed, match=r"runs/funding_tenders/.*no run can be kept there.*FUNDING_HOME"):
            crawl("funding_tenders", settings(tmp_path, portal), delay=0.0)
        assert portal.visits == []


def _no_space(job: Job) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(job.folder))


def test_a_full_disk_ends_the_crawl_with_its_own_exit_code(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.run._run_spider", _no_space)
    monkeypatch.setattr("logging.raiseExceptions", True)
    with pytest.raises(SystemExit) as ended:
        crawl_in_this_process(a_job(tmp_path))
    assert ended.value.code == errno.ENOSPC


class Dead:
    """A process that has ended as one does on a full disk."""

    exitcode = errno.ENOSPC

    def start(self) -> None: ...

    def join(self, timeout: float | None = None) -> None: ...

    def is_alive(self) -> bool:
        return False


def test_a_full_disk_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.run.PROCESSES.Process", lambda **_: Dead())
    with Portal() as portal, pytest.raises(CrawlFailed, match=r"the disk is full.*FUNDING_HOME.*crawl\.log"):
        crawl("funding_tenders", settings(tmp_path, portal), delay=0.0)


def test_a_crawl_ends_with_the_command_that_started_it(tmp_path):
    with Portal(robots=(200, "User-agent: *\nCrawl-delay: 30\n")) as portal:
        hosts = os.environ | {"FUNDING_HOME": str(tmp_path), "FUNDING_HOST_MAP": portal.host_map}
        started = [sys.executable, "-m", "crawler", "crawl", "funding_tenders", "--delay", "0"]
        with subprocess.Popen(started, env=hosts, stdout=subprocess.PIPE) as process:
            while not portal.asked("/search-api"):
                time.sleep(0.01)
            process.kill()
            said, _ = process.communicate(timeout=20)  # all that could write to the pipe have ended
    assert said == b""


def test_a_crawl_that_takes_too_long_is_stopped_and_says_so(tmp_path):
    with Portal(robots=(200, "User-agent: *\nCrawl-delay: 2\n")) as portal:
        _, report = crawl("funding_tenders", settings(tmp_path, portal), delay=0.0, time_limit=1.0)
    assert not report.complete
    assert "closespider_timeout" in report.failures[0]


def test_two_crawls_of_the_same_day_read_the_same(crawl_portal):
    with Portal() as portal:
        first, second = crawl_portal(portal, programmes=["AMIF"]), crawl_portal(portal, programmes=["AMIF"])
    assert first.records == [record | {"fetched_at": first.records[0]["fetched_at"]} for record in second.records]


def a_job(folder: Path) -> Job:
    return Job(sources()["funding_tenders"], folder, folder, datetime.now(UTC), (), (), "", {}, 1.0, 60.0)


class Ended:
    """A spider after its crawl, as far as the report asks."""

    finished, partial = True, False
    listed, fetched = 2, 2
    failures: ClassVar[list[str]] = []
    alarms: ClassVar[list[str]] = []
    issues: ClassVar[list[Issue]] = []
    notes: ClassVar[list[str]] = []
    announced: ClassVar[dict[str, int]] = {}


@pytest.mark.parametrize(
    ("written", "finished", "reason", "said"),
    [
        ("{}\n{}\n", True, "finished", None),
        ("{}\n{", True, "finished", "holds 1 of 2 records"),
        (None, True, "finished", "holds 0 of 2 records"),
        ("{}\n{}\n", False, "finished", "broke off"),
        ("{}\n{}\n", True, "memusage_exceeded", "memusage_exceeded"),
    ],
)
def test_a_report_vouches_only_for_what_is_on_disk(tmp_path, written, finished, reason, said):
    if written is not None:
        (tmp_path / "raw.jsonl").write_text(written, encoding="utf-8")
    spider = Ended()
    spider.finished = finished
    write_report(a_job(tmp_path), spider, {"finish_reason": reason, "item_scraped_count": 2})
    report = RunReport.model_validate_json((tmp_path / "report.json").read_bytes())
    assert report.complete == (said is None)
    assert said is None or said in report.failures[0]
    assert not (tmp_path / "report.json.part").exists()


def command(home: Path, *arguments: str, hosts: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"FUNDING_HOME": str(home), "FUNDING_HOST_MAP": hosts}
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )


def test_a_source_may_take_as_long_as_its_entry_says(tmp_path, monkeypatch):
    entry = sources()["funding_tenders"]
    hasty = entry.model_copy(update={"time_limit_minutes": 1 / 60})
    monkeypatch.setattr("crawler.run.find_source", lambda name: hasty)
    with Portal(robots=(200, "User-agent: *\nCrawl-delay: 2\n")) as portal:
        _, report = crawl("funding_tenders", settings(tmp_path, portal), delay=0.0)
    assert "closespider_timeout" in report.failures[0]
    assert entry.time_limit_minutes == 120


def test_the_command_ends_with_a_table_and_a_broken_site_blocks_no_other(tmp_path):
    names = ["urbact", "eui_portico", "funding_tenders"]
    with Portal() as portal, Replay(pages_of("eui_portico"), hosts=sources()["urbact"].hosts) as sites:
        hosts = f"{portal.host_map},{sites.host_map}"
        done = command(tmp_path, "crawl", *names, "--delay", "0", hosts=hosts)
        again = command(tmp_path, "crawl", *names, "--delay", "0", "--json", hosts=hosts)
    assert done.returncode == 1
    assert done.stderr == "reading from mirrors, not from the sites, because FUNDING_HOST_MAP is set\n"
    heading, *rows, notes = done.stdout.splitlines()
    assert "`funding sources`" in notes
    assert heading.split() == ["source", "listed", "new", "changed", "closed", "issues", "duration", "verdict"]
    told = {row.split()[0]: row for row in rows if not row.startswith(" ")}
    assert list(told) == names
    assert len({row.index(row.split()[1]) + len(row.split()[1]) for row in told.values()}) == 1, "columns are aligned"
    assert told["urbact"].endswith("failed")
    assert "answered 404" in rows[1] or "did not read all" in rows[1]
    assert told["eui_portico"].split()[-1] in ("ok", "warn")
    assert told["funding_tenders"].endswith("ok")
    outcomes = {outcome["source"]: outcome for outcome in json.loads(again.stdout)}
    assert outcomes["funding_tenders"]["calls"] == 231
    assert (outcomes["funding_tenders"]["new"], outcomes["funding_tenders"]["changed"]) == (0, 0)
    assert outcomes["eui_portico"]["new"] == 0
    assert (outcomes["urbact"]["ok"], outcomes["urbact"]["verdict"]) == (False, "failed")
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        assert [card.name for card in store.cards()] == list(sources())
        assert store.last_good_run("urbact") is None


def test_a_crawl_without_report_is_remembered_in_the_store(tmp_path, monkeypatch, capsys):
    left = tmp_path / "runs" / "urbact" / "20261008T060000Z"
    left.mkdir(parents=True)
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    monkeypatch.setattr("crawler.__main__.crawl", lambda *_: _died(left))
    with pytest.raises(SystemExit) as ended:
        app(["crawl", "urbact"])
    assert ended.value.code == 1
    assert "the crawl died with exit code 9" in capsys.readouterr().out
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        assert store.runs("urbact")[0].reasons == ("urbact: the crawl died with exit code 9",)


def _died(folder: Path):
    raise CrawlFailed("urbact: the crawl died with exit code 9", folder)


def test_a_failed_source_is_named_with_its_reason(tmp_path):
    with Portal(robots=(503, "")) as portal:
        done = command(
            tmp_path, "crawl", "funding_tenders", "--no-load", "--delay", "0", "--json", hosts=portal.host_map
        )
    assert done.returncode == 1
    (result,) = json.loads(done.stdout)
    assert (result["source"], result["ok"], result["records"]) == ("funding_tenders", False, 0)
    assert "robots.txt could not be read" in result["reasons"][0]
    assert portal.address in result["notes"][0]  # the user may have forgotten that FUNDING_HOST_MAP is set


@pytest.mark.parametrize(
    ("arguments", "hosts", "said"),
    [
        (["crawl", "funding_tenders", "--programme", "AMIFF"], "", "AMIFF"),
        (["crawl", "funding_tenders", "--delay", "0"], "", "127.0.0.1"),
        (["crawl", "funding_tenders"], "ec.europa.eu", "FUNDING_HOST_MAP"),
        (["crawl", "funding_tenders", "published_calls"], "", "published_calls"),
        (["load", "no-such-folder"], "", "no-such-folder"),
    ],
)
def test_wrong_usage(tmp_path, monkeypatch, arguments, hosts, said):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    monkeypatch.setenv("FUNDING_HOST_MAP", hosts)
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)
    assert said in done.stderr


def test_wrong_usage_of_the_process_is_told_in_words(tmp_path):
    done = command(tmp_path, "crawl", "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_double_can_be_started_by_hand(tmp_path):
    arguments = [sys.executable, "-m", "tests.doubles.portal", "--port", "0", "--trap", Trap.STUBS.value]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as double:
        address = double.stdout.readline().strip()
        hosts = double.stdout.readline().strip().removeprefix("FUNDING_HOST_MAP=")
        done = command(
            tmp_path, "crawl", "funding_tenders", "--programme", "AMIF", "--no-load", "--delay", "0", hosts=hosts
        )
        double.terminate()
    assert address.startswith("http://127.0.0.1:")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_second_crawl_into_the_same_home_is_refused_and_asks_nothing(tmp_path):
    with Portal(robots=(200, "User-agent: *\nCrawl-delay: 30\n")) as portal:
        hosts = os.environ | {"FUNDING_HOME": str(tmp_path), "FUNDING_HOST_MAP": portal.host_map}
        started = [sys.executable, "-m", "crawler", "crawl", "funding_tenders", "--delay", "0"]
        with subprocess.Popen(started, env=hosts, stdout=subprocess.DEVNULL) as first:
            while not portal.asked("/search-api"):
                time.sleep(0.01)
            asked = list(portal.visits)
            second = subprocess.run(started, env=hosts, capture_output=True, text=True, check=False, timeout=60)
            first.kill()
        assert second.returncode == 2
        assert f"another crawl into {tmp_path} is running" in second.stderr
        assert portal.visits == asked
        assert len(run_folders(tmp_path)) == 1
    with only_crawl(Settings(home=tmp_path)):  # who was killed holds nothing any more
        pass


def test_crawls_of_the_scheduler_wait_for_one_that_a_person_started(tmp_path):
    """Refused, they would be given up for the night."""
    asked = ["crawl", "funding_tenders", "--programme", "AMIF", "--no-load", "--delay", "0"], ["check-links"]
    with Portal() as portal:
        env = os.environ | {"FUNDING_HOME": str(tmp_path), "FUNDING_HOST_MAP": portal.host_map}
        with only_crawl(Settings(home=tmp_path)):
            waiting = [
                subprocess.Popen([sys.executable, "-m", "crawler", *one, "--wait"], env=env, stderr=subprocess.PIPE)
                for one in asked
            ]
            for one in waiting:
                while b"waits until another crawl" not in (line := one.stderr.readline()):
                    assert line, "it did not wait"
            assert portal.visits == []
        for one in waiting:
            one.communicate(timeout=60)
    assert [one.returncode for one in waiting] == [0, 0]


def test_a_home_that_takes_no_lock_is_named_with_the_remedy(tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be", encoding="utf-8")
    with (
        pytest.raises(CannotCrawl, match=r"home: nothing can be kept there.*FUNDING_HOME"),
        only_crawl(Settings(home=tmp_path / "home")),
    ):
        pass
