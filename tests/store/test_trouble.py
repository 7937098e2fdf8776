"""Locked, read-only, full, foreign, newer, killed: a clear message, nothing half-written, always readable."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from matcher.model import DocumentRole, DocumentText
from matcher.store import (
    NewerStore,
    NotAStore,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnreachable,
    engine,
    open_store,
)
from matcher.store.errors import plain_words

KILLS = 10
CHILD = """
import sys
from datetime import UTC, date, datetime, timedelta
from matcher.model import Call, CallKind, Run, RunOutcome
from matcher.store import open_store

store = open_store(sys.argv[1])
first = len(store.runs())
print("ready", flush=True)
for number in range(first, first + 500):
    day = date(2026, 1, 1) + timedelta(days=number)
    calls = [
        Call(source="portal", reference=str(n), identifier=f"C-{n}", title=f"Run {number}", kind=CallKind.TOPIC,
             url="https://example.org", text="text " * 400, as_of=day)
        for n in range(150)
    ]
    started = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    store.save_run(Run(id=f"run-{number}", source="portal", started=started, as_of=day, outcome=RunOutcome.OK), calls)
    print(number, flush=True)
"""


def path_of(url):
    return url.removeprefix("sqlite:///")


def test_every_store_has_a_write_ahead_log_and_checks_its_keys(store):
    with store._access.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10000}


def test_opening_twice_and_at_the_same_time(url):
    with open_store(url), open_store(url) as second:
        assert second.calls() == []


def test_a_writer_who_waits_too_long_is_told_what_to_do(url, make_call, make_run, monkeypatch):
    monkeypatch.setattr(engine, "PRAGMAS", ("PRAGMA busy_timeout = 50", *engine.PRAGMAS[1:]))
    with open_store(url) as store:
        other = sqlite3.connect(path_of(url), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match=r"store\.sqlite: another process is writing.*try again"):
            store.save_run(make_run(), [make_call()])
        assert store.calls() == []  # readers do not wait for a writer
        other.execute("ROLLBACK")
        other.close()
        assert store.save_run(make_run(), [make_call()]).new == 1


def test_a_store_that_may_only_be_read_can_be_read(url, make_call, make_run):
    with open_store(url) as store:
        store.save_run(make_run(), [make_call()])
    with open_store(f"sqlite:///file:{path_of(url)}?mode=ro&uri=true") as store:
        assert len(store.calls()) == 1
        with pytest.raises(StoreReadOnly, match=r"store\.sqlite.*may only be read.*FUNDING_HOME"):
            store.save_run(make_run("b"), [make_call(2)])
        assert len(store.runs()) == 1


def test_a_full_disk_leaves_the_last_good_state(url, make_call, make_run, monkeypatch):
    """SQLite answers a disk without space with the same code as a file at its page limit: SQLITE_FULL."""
    with open_store(url) as store:
        store.save_run(make_run("good"), [make_call(1)])
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, "PRAGMA max_page_count = 60"))
    with open_store(url) as store:
        with pytest.raises(StoreFull, match=r"store\.sqlite: the disk is full.*Free space"):
            store.save_run(make_run("big"), [make_call(n, text="text " * 500) for n in range(500)])
        assert [run.id for run in store.runs()] == ["good"]
        assert [call.title for call in store.calls()] == ["Call number 1"]
        assert store.save_run(make_run("small"), [make_call(2)]).new == 1


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a POSIX matter")
def test_a_file_that_may_not_grow(url, tmp_path):
    """The real error of the operating system, through a limit on file sizes: EFBIG is a failed write like ENOSPC."""
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n" + CHILD
    )
    child = subprocess.run([sys.executable, "-c", limited, url], capture_output=True, text=True, timeout=120)
    assert child.returncode == 1
    assert "StoreFull" in child.stderr
    with open_store(url) as store:
        assert len(store.runs()) == len(child.stdout.split()) - 1
        assert {call.title for call in store.calls()} == {f"Run {n}" for n in [len(store.runs()) - 1] if n >= 0}


@pytest.mark.parametrize("content", [b"this is no database at all, only a text file " * 50, os.urandom(4096)])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    with pytest.raises(NotAStore, match=r"store\.sqlite: this is not a database.*Move the file away"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    with pytest.raises(NotAStore, match=r"another program's database .tables: bookmarks"):
        open_store(f"sqlite:///{path}")


def test_a_store_of_a_newer_version_is_refused(url):
    open_store(url).close()
    with sqlite3.connect(path_of(url)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(NewerStore, match=r"a newer version wrote this store .schema 9999.*Install the newer version"):
        open_store(url)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnreachable, match=r"file/home: the folder cannot be made.*FUNDING_HOME"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'home' / 'store.sqlite'}")


def test_a_place_that_is_a_folder(tmp_path):
    with pytest.raises(StoreUnreachable, match="cannot be opened or made"):
        open_store(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("address", ["nonsense", "mysql://host/db"])
def test_an_address_of_another_kind(address):
    with pytest.raises(StoreError, match="sqlite"):
        open_store(address)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX matter")
def test_kill_at_any_moment_leaves_whole_runs_only(url):
    """A child writes run after run, each of 150 calls with its number; after each kill one number stands everywhere."""
    chance = random.Random(20261121)
    acknowledged = -1
    for _ in range(KILLS):
        child = subprocess.Popen([sys.executable, "-c", CHILD, url], stdout=subprocess.PIPE, text=True)
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.4))  # the moment of the kill, not a wait for something
        child.send_signal(signal.SIGKILL)
        numbers = [int(line) for line in child.stdout.read().split()]
        child.wait()
        child.stdout.close()
        acknowledged = max([acknowledged, *numbers])
        with open_store(url) as store:
            runs, titles = store.runs(), {call.title for call in store.calls()}
            assert len(titles) <= 1
            assert titles == {f"Run {len(runs) - 1}" for _ in runs}
            assert len(runs) - 1 >= acknowledged, "what was acknowledged is there"
    assert acknowledged >= 5, "the kills left time for some runs"
    with sqlite3.connect(path_of(url)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


@pytest.mark.parametrize("code", ["SQLITE_IOERR", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"])
def test_a_disk_too_full_even_to_read_is_told_with_the_remedy(code):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = code
    with pytest.raises(StoreFull, match=r"full or failing.*Free space"), plain_words("store.sqlite"):
        raise error


SHA256 = "a" * 64


@pytest.mark.parametrize(
    ("table", "column", "content", "read"),
    [
        ("reading", "criteria", "{broken", lambda store: store.readings([SHA256])),
        ("reading", "criteria", '[{"kind": "none"}]', lambda store: store.readings([SHA256])),
        ("document_text", "body", '{"text":', lambda store: store.text(SHA256)),
        ("document_text", "body", "{}", lambda store: store.text(SHA256)),
        ("call", "body", "[]", lambda store: store.calls()),
        ("call", "body", "{", lambda store: store.calls()),
    ],
)
def test_a_row_that_something_else_changed_is_told_with_what_to_do(
    url, make_call, make_run, table, column, content, read
):
    with open_store(url) as store:
        store.save_run(make_run(), [make_call()])
        role = DocumentRole.OTHER
        store.save_texts([DocumentText(sha256=SHA256, reader="r", role=role, text="", pages=())])
        store.save_readings("r", {SHA256: ()})
        read(store)
        other = sqlite3.connect(path_of(url))
        with other:
            other.execute(f"UPDATE {table} SET {column} = ?", (content,))
        other.close()
        with pytest.raises(StoreDamaged, match=r"a row cannot be understood .* move it away") as told:
            read(store)
    assert path_of(url) in str(told.value)
