"""Backups of a store in use, and the drill: back to one of them, without telling twice or forgetting who left."""

import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.model import Call, CallKind, Event, EventKind, Run, RunOutcome
from matcher.store import StoreError, StoreLocked, open_store
from matcher.store.backup import NoBackup, back_up, restore
from matcher.store.tables import suppression

NIGHT = datetime(2026, 11, 21, 0, 10, tzinfo=UTC)
DAY = date(2026, 11, 20)

HOLDER = """
import sys
from matcher.store import open_store

with open_store(sys.argv[1]) as store:
    print(len(store.calls()), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / "home" / "store.sqlite"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "backups"


def url(place):
    return f"sqlite:///{place}"


def load(place, numbers, title="A call"):
    calls = [
        Call(
            source="portal",
            reference=f"{number:03}",
            identifier=f"AMIF-{number}",
            title=f"{title} {number}",
            kind=CallKind.TOPIC,
            url="https://example.org",
            as_of=DAY,
        )
        for number in numbers
    ]
    events = [Event(call=call.id, source="portal", kind=EventKind.NEW, on=DAY) for call in calls]
    with open_store(url(place)) as store:
        run = Run(id=f"run-{title}-{numbers[0]}", source="portal", started=NIGHT, as_of=DAY, outcome=RunOutcome.OK)
        store.save_run(run, calls, events=events)


def ids(place):
    with open_store(url(place)) as store:
        return [call.id for call in store.calls()]


def suppressed(place):
    with closing_connection(place) as connection:
        return [row[0] for row in connection.execute("SELECT address_hash FROM suppression ORDER BY 1")]


def suppress(place, key):
    with open_store(url(place)) as store, store._access.writing() as connection:
        connection.execute(suppression.insert().values(address_hash=key, reason="complaint", at=NIGHT.isoformat()))


class closing_connection:
    def __init__(self, place):
        self.connection = sqlite3.connect(place)

    def __enter__(self):
        return self.connection

    def __exit__(self, *_):
        self.connection.close()


def test_a_backup_is_one_checked_file_that_only_its_owner_may_read(place, folder):
    load(place, range(1, 4))
    made = back_up(place, folder, NIGHT, keep=14)
    assert made.file.name == "store-2026-11-21T0010Z.sqlite"
    assert (made.rows["call"], made.rows["event"], made.rows["run"]) == (3, 3, 1)
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == [made.file.name]


def test_the_newest_backups_are_kept(place, folder):
    load(place, [1])
    made = [back_up(place, folder, NIGHT + timedelta(days=day), keep=3) for day in range(5)]
    assert sorted(folder.iterdir()) == [one.file for one in made[-3:]]
    assert [one.forgotten for one in made] == [0, 0, 0, 1, 1]


def test_a_backup_made_while_others_write_holds_one_state(place, folder):
    """Each run stores ten calls at once: a backup never holds a part of one."""
    load(place, [0])
    stop = threading.Event()

    def write():
        number = 1
        while not stop.is_set():
            load(place, range(number, number + 10))
            number += 10

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(place, folder, NIGHT + timedelta(minutes=n), keep=50) for n in range(15)]
    finally:
        stop.set()
        writer.join()
    counts = [one.rows["call"] for one in made]
    assert all(count % 10 == 1 for count in counts)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_failed_backup_leaves_the_older_ones(place, folder):
    load(place, [1])
    kept = back_up(place, folder, NIGHT, keep=1)
    damage(place)
    with pytest.raises(StoreError, match=r"store\.sqlite"):
        back_up(place, folder, NIGHT + timedelta(days=1), keep=1)
    assert list(folder.iterdir()) == [kept.file]


def damage(place):
    """Overwrite the middle of the file, as a failing disk does."""
    with closing_connection(place) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    size = place.stat().st_size
    with place.open("r+b") as file:
        file.seek(0)
        file.write(b"\xff" * (size // 2))


def test_restore_drill(place, folder):
    """What a person does after a bad night: back to the evening before, and everything works on."""
    load(place, range(1, 4))
    before = ids(place)
    made = back_up(place, folder, NIGHT, keep=14)
    load(place, range(1, 9), title="Nonsense")
    done = restore(made.file, place, folder, NIGHT + timedelta(hours=9))
    with open_store(url(place)) as store:
        assert [call.title for call in store.calls()] == ["A call 1", "A call 2", "A call 3"]
    assert ids(place) == before
    assert len(ids(done.aside)) == 8
    load(place, range(20, 22))
    assert len(ids(place)) == 5
    with closing_connection(place) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(one.name for one in place.parent.iterdir()) == ["backups", "store.sqlite"]


def test_what_was_agreed_and_told_since_the_backup_stays(place, folder):
    load(place, [1])
    suppress(place, "left before")
    made = back_up(place, folder, NIGHT, keep=14)
    suppress(place, "left since")
    load(place, range(2, 5))
    done = restore(made.file, place, folder, NIGHT + timedelta(hours=1))
    assert done.kept
    assert suppressed(place) == ["left before", "left since"]
    with open_store(url(place)) as store:
        assert (len(store.calls()), len(store.ledger.events()), store.ledger.head()) == (1, 4, 4)
        store.ledger.append([Event(call="portal:new", source="portal", kind=EventKind.NEW, on=DAY)])
        assert store.ledger.head() == 5


def test_everything_is_taken_from_the_backup_when_asked_for(place, folder):
    load(place, [1])
    made = back_up(place, folder, NIGHT, keep=14)
    suppress(place, "by mistake")
    done = restore(made.file, place, folder, NIGHT + timedelta(hours=1), everything=True)
    assert not done.kept
    assert suppressed(place) == []
    assert suppressed(done.aside) == ["by mistake"]


def test_a_damaged_store_is_replaced_and_laid_aside_as_it_is(place, folder):
    load(place, range(1, 4))
    made = back_up(place, folder, NIGHT, keep=14)
    damage(place)
    broken = place.read_bytes()
    done = restore(made.file, place, folder, NIGHT + timedelta(hours=1))
    assert not done.kept
    assert len(ids(place)) == 3
    assert done.aside.read_bytes() == broken


def test_a_store_whose_subscribers_cannot_be_read_is_replaced_only_when_told_to(place, folder):
    load(place, range(1, 4))
    made = back_up(place, folder, NIGHT, keep=14)
    with closing_connection(place) as connection:
        connection.execute("DROP TABLE choice")
    with pytest.raises(StoreError, match="--everything"):
        restore(made.file, place, folder, NIGHT)
    with closing_connection(place) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert restore(made.file, place, folder, NIGHT, everything=True).aside is not None
    assert len(ids(place)) == 3


def test_a_lost_store_is_brought_back(place, folder):
    load(place, range(1, 4))
    made = back_up(place, folder, NIGHT, keep=14)
    place.unlink()
    assert restore(made.file, place, folder, NIGHT).aside is None
    assert len(ids(place)) == 3


def test_a_restore_is_refused_while_another_process_has_the_store_open(place, folder):
    load(place, range(1, 4))
    made = back_up(place, folder, NIGHT, keep=14)
    load(place, [9])
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "4\n"
    try:
        with pytest.raises(StoreLocked, match="other `funding` process"):
            restore(made.file, place, folder, NIGHT + timedelta(hours=1))
        assert len(ids(place)) == 4
    finally:
        holder.communicate("")
    assert holder.returncode == 0
    assert restore(made.file, place, folder, NIGHT + timedelta(hours=1)).rows["call"] == 3


@pytest.mark.parametrize("content", [b"", b"no database at all " * 100])
def test_what_is_no_backup_is_refused_and_nothing_changes(place, folder, tmp_path, content):
    load(place, [1])
    other = tmp_path / "other.sqlite"
    other.write_bytes(content)
    with pytest.raises(NoBackup, match=r"other\.sqlite.*Name a backup"):
        restore(other, place, folder, NIGHT)
    assert len(ids(place)) == 1
    assert sorted(one.name for one in place.parent.iterdir() if "store" in one.name) == ["store.sqlite"]


def test_a_backup_that_is_not_there_is_refused_with_the_name_of_the_newest(place, folder):
    load(place, [1])
    made = back_up(place, folder, NIGHT, keep=14)
    with pytest.raises(NoBackup, match=made.file.name):
        restore(folder / "store-1999.sqlite", place, folder, NIGHT)


def test_a_damaged_backup_is_refused(place, folder):
    load(place, range(1, 200))
    made = back_up(place, folder, NIGHT, keep=14)
    middle = made.file.stat().st_size // 2
    with made.file.open("r+b") as file:
        file.seek(middle)
        file.write(b"\x00" * 8192)
    with pytest.raises(StoreError, match="damaged"):
        restore(made.file, place, folder, NIGHT)
    assert len(ids(place)) == 199


def test_another_programs_database_is_refused(place, folder, tmp_path):
    load(place, [1])
    with closing_connection(tmp_path / "other.sqlite") as connection:
        connection.execute("CREATE TABLE song (name TEXT)")
    with pytest.raises(NoBackup, match="no backup of a store"):
        restore(tmp_path / "other.sqlite", place, folder, NIGHT)
    assert len(ids(place)) == 1
