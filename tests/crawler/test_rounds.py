"""Several sources side by side: two at a time, never two on one host, and what they came to in words."""

from datetime import UTC, date, datetime
from threading import Barrier, Lock

import pytest

from crawler.outcome import Outcome, Verdict, as_json, crawled, line, loaded, table
from crawler.rounds import AT_ONCE, side_by_side
from crawler.source import RunReport
from matcher.model import Issue, Run, RunOutcome, Stages

DAY = date(2026, 10, 8)
NOW = datetime(2026, 10, 8, tzinfo=UTC)


class Reader:
    """Reads sources and remembers which ones it read at the same time."""

    def __init__(self) -> None:
        self.together: list[frozenset[str]] = []
        self._running: set[str] = set()
        self._lock = Lock()

    def __call__(self, name: str) -> str:
        with self._lock:
            self._running.add(name)
            self.together.append(frozenset(self._running))
        with self._lock:
            self._running.remove(name)
        return name.upper()


def test_every_source_is_read_once_never_two_on_a_host_and_never_more_than_two():
    hosts = {f"{letter}{number}": frozenset({letter}) for letter in "abc" for number in range(20)}
    reader = Reader()
    results = dict(side_by_side(hosts, reader, hosts))
    assert results == {name: name.upper() for name in hosts}
    for names in reader.together:
        assert len(names) <= AT_ONCE
        assert len({host for name in names for host in hosts[name]}) == len(names)


def test_two_sources_are_really_read_at_the_same_time():
    meeting = Barrier(2, timeout=20)
    hosts = {"a": frozenset({"x"}), "b": frozenset({"x"}), "c": frozenset({"y"}), "d": frozenset({"y", "x"})}
    found = [name for name, _ in side_by_side(["a", "c"], lambda _: meeting.wait(), hosts)]
    assert sorted(found) == ["a", "c"]


def test_what_cannot_be_read_at_all_ends_the_round():
    def read(name: str) -> str:
        raise KeyError(name)

    with pytest.raises(KeyError):
        list(side_by_side(["a", "b"], read, {"a": frozenset(), "b": frozenset()}))


def a_run(**changes):
    facts = {"id": "s/1", "source": "s", "started": NOW, "as_of": DAY, "outcome": RunOutcome.OK, "calls": 12, "new": 3}
    return Run(**facts | {"stages": Stages(listed=12), "closed": 2, "issues": 1} | changes)


def test_a_row_for_each_source_with_the_first_reason_and_what_to_do():
    held = Outcome(source="longer_name", verdict=Verdict.HELD, folder="/r u n", reasons=("looks wrong", "and more"))
    rows = list(table([loaded(a_run(notes=("from a mirror",)), "f").model_copy(update={"seconds": 83.2}), held]))
    assert rows == [
        "source        listed      new  changed   closed   issues      duration  verdict",
        "s                 12        3        0        2        1    1 min 23 s  ok",
        "longer_name        –        –        –        –        –             –  held",
        "    looks wrong (and 1 more)",
        "    if the source itself changed so: funding load '/r u n' --accept 'how you know'",
        "1 note on how they were read: `funding sources` tells them",
    ]


def test_one_source_in_one_line():
    warned = loaded(a_run(outcome=RunOutcome.WARN, reasons=("more than usual",), notes=("a mirror",)), "f")
    assert line(warned) == "s: warn, 12 calls, 3 new, 0 changed, 2 closed, 1 issues; more than usual; a mirror"


def test_a_crawl_that_was_not_loaded():
    facts = {"run": "1", "source": "s", "started": NOW, "finished": NOW, "as_of": DAY, "records": 4, "listed": 5}
    whole = RunReport(**facts, complete=True, alarms=("200 to all",), issues=(Issue(field="page", problem="p"),))
    outcome = crawled(whole, "f")
    assert (outcome.verdict, outcome.listed, outcome.issues, outcome.reasons) == ("warn", 5, 1, ("200 to all",))
    broken = crawled(RunReport(**facts, complete=False, failures=("no list",)), "f")
    assert as_json(broken) == {
        **{"source": "s", "verdict": "failed", "folder": "f", "run": "1", "listed": 5, "records": 4, "issues": 0},
        **{"requests": 0, "seconds": 0.0, "reasons": ["no list"], "notes": [], "ok": False},
    }
