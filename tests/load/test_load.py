"""A run's folder to the store: all in one transaction, or nothing; bad lines and doubles are named, never a crash."""

from datetime import date, time, timedelta

import pytest

from crawler.load import LoadRefused, Outdated, load_run
from matcher.model import DeadlineModel, RunOutcome
from matcher.store import StoreFull, engine, open_store

DAY = date(2026, 10, 8)
NEXT = DAY + timedelta(days=1)
LATER = "20261009T060000Z"


@pytest.fixture
def load(store, reference):
    return lambda folder: load_run(folder, store, reference)


def test_a_run_is_loaded_and_remembered_with_its_source(write_run, raw, store, load):
    run = load(write_run([raw(n) for n in range(4)], notes=("From the fallback.",)))
    assert (run.outcome, run.calls, run.new, run.changed, run.issues) == (RunOutcome.OK, 4, 4, 0, 0)
    assert (run.id, run.card.publisher, run.notes) == ("portal/20261008T060000Z", "Somebody", ("From the fallback.",))
    assert store.runs() == [run]
    assert [call.text for call in store.calls()] == ["Text 0", "Text 1", "Text 2", "Text 3"]


def test_the_same_run_again_changes_nothing(write_run, raw, store, load):
    folder = write_run([raw(n) for n in range(4)])
    load(folder)
    before = store.calls()
    again = load(folder / "raw.jsonl")
    assert (again.new, again.changed) == (0, 0)
    assert store.calls() == before
    assert len(store.runs()) == 1


def test_a_run_without_report_is_an_interrupted_one(write_run, raw, store, load):
    with pytest.raises(LoadRefused, match=r"report\.json cannot be read.*interrupted.*crawl again"):
        load(write_run([raw(n) for n in range(4)], report=None))
    (run,) = store.runs()
    assert (run.outcome, run.calls, run.source) == (RunOutcome.FAIL, 0, "portal")
    assert store.calls() == []


@pytest.mark.parametrize("report", ["", "{", '{"run": "x"}', "[]"])
def test_a_broken_report(tmp_path, write_run, raw, store, load, report):
    folder = write_run([raw(1)], report=report or None)
    (folder / "report.json").write_text(report)
    with pytest.raises(LoadRefused, match=r"report\.json is not the report of a run"):
        load(folder)
    assert [run.outcome for run in store.runs()] == [RunOutcome.FAIL]


def test_a_folder_that_is_not_there(tmp_path, store, load):
    with pytest.raises(LoadRefused, match="No such file"):
        load(tmp_path / "nowhere")
    assert store.runs() == []


def test_an_unknown_source_names_the_known_ones(write_run, raw, load):
    with pytest.raises(LoadRefused, match="names the source 'elsewhere', allowed: portal"):
        load(write_run([raw(1)], source="elsewhere"))


def test_an_incomplete_run_changes_nothing_and_says_why(write_run, raw, store, load):
    load(write_run([raw(n) for n in range(4)]))
    changed = [raw(n, day=NEXT, title="Changed") for n in range(4)]
    with pytest.raises(LoadRefused, match=r"did not read all.*stopped before the end: shutdown"):
        load(write_run(changed, LATER, NEXT, complete=False, failures=("stopped before the end: shutdown",)))
    assert {call.title for call in store.calls()} == {f"Topic {n}" for n in range(4)}
    assert {call.last_seen for call in store.calls()} == {DAY}
    assert [run.outcome for run in store.runs()] == [RunOutcome.FAIL, RunOutcome.OK]
    assert store.last_good_run("portal").as_of == DAY


def test_a_file_shorter_than_its_report(write_run, raw, load):
    with pytest.raises(LoadRefused, match="the file holds 4 records, its report says 9"):
        load(write_run([raw(n) for n in range(4)], records=9))


def test_bad_lines_are_named_and_the_others_loaded(write_run, raw, store, load):
    lines = [
        raw(0),
        "{",
        raw(1),
        '{"record": "call"}',
        '{"record": "poem"}',
        "",
        "\x00",
        raw(2),
        '"\ud800"',
        "[" * 9999,
    ]
    run = load(write_run(lines, records=5))
    assert run.calls == 3
    found = store.issues(run.id)
    assert [issue.reference for issue in found] == [f"raw.jsonl:{n}" for n in (2, 4, 5, 7, 9, 10)]
    assert all("is no record" in issue.problem for issue in found)


def test_of_two_records_of_one_call_the_richer_is_kept_whatever_the_order(write_run, raw, store, load):
    stub, full = raw(1, description="", deadlines=()), raw(1)
    for run, records in (("a", [stub, full]), ("b", [full, stub])):
        loaded = load(write_run([*records, raw(2), raw(3)], run))
        assert loaded.calls == 3
        assert [issue.field for issue in store.issues(loaded.id)] == ["reference"]
        assert store.call("portal:1TOPICSen").text == "Text 1"


def test_a_run_of_one_programme_is_no_yardstick_for_the_next_full_one(write_run, raw, store, load):
    load(write_run([raw(n) for n in range(8)], "a"))
    load(write_run([raw(1, day=NEXT)], "b", NEXT, programmes=("AMIF",)))
    with pytest.raises(LoadRefused, match="3 calls after 8"):
        load(write_run([raw(n, day=NEXT) for n in range(3)], "c", NEXT))


def test_issues_of_understanding_are_kept_with_the_run(write_run, raw, store, load):
    run = load(write_run([raw(0, status="31094599"), raw(1), raw(2)]))
    (issue,) = store.issues(run.id)
    assert (run.issues, issue.field, issue.found, issue.reference) == (1, "status", "31094599", "0TOPICSen")


def test_a_poorer_reading_keeps_what_it_cannot_know(write_run, raw, store, load):
    overview = '{"budgetTopicActionMap": {"1": [{"action": "AMIF-0 - X", "budgetYearMap": {"2026": "5000000"}}]}}'
    rich = raw(
        0,
        conditions="<p>Deadline: 17:00 Brussels time</p>",
        budget_overview=overview,
        applicants="NGOs",
        deadline_model="multiple cut-off",
        keywords=("Cities",),
    )
    load(write_run([rich, raw(1), raw(2)]))
    before = store.calls()

    poor = [raw(n, day=NEXT, description="") for n in range(2)]
    moved = raw(2, day=NEXT, description="", deadlines=("2026-12-01",), title="New title")
    run = load(write_run([*poor, moved], LATER, NEXT, partial=True))

    first, second, third = store.calls()
    assert run.changed == 1
    assert (first.text, first.conditions, first.budget, first.grant) == tuple(
        getattr(before[0], name) for name in ("text", "conditions", "budget", "grant")
    )
    assert first.deadlines[0].at == time(17)
    assert (first.deadline_model, first.keywords) == (DeadlineModel.MULTIPLE_CUT_OFF, ("Cities",))
    assert (first.criteria, first.last_seen) == (before[0].criteria, NEXT)
    assert second.text == "Text 1"
    assert (third.title, third.text, third.deadlines[0].day) == ("New title", "Text 2", date(2026, 12, 1))


def test_a_full_reading_may_take_a_text_away(write_run, raw, store, load):
    load(write_run([raw(n) for n in range(3)]))
    load(write_run([raw(n, day=NEXT, description="") for n in range(3)], LATER, NEXT))
    assert {call.text for call in store.calls()} == {""}


def test_a_full_disk_while_loading_leaves_no_trace_of_the_run(tmp_path, write_run, raw, reference, monkeypatch):
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, "PRAGMA max_page_count = 60"))
    with open_store(f"sqlite:///{tmp_path / 'small.sqlite'}") as store:
        load_run(write_run([raw(n) for n in range(3)]), store, reference)
        huge = [raw(n, day=NEXT, description="word " * 20_000) for n in range(9)]
        with pytest.raises(StoreFull, match=r"small\.sqlite: the disk is full"):
            load_run(write_run(huge, LATER, NEXT), store, reference)
        assert [run.as_of for run in store.runs()] == [DAY]
        assert len(store.calls()) == 3


@pytest.mark.parametrize("name", ["funding_tenders", "published_calls"])
def test_the_snapshot_goes_the_same_way(store, reference, monkeypatch, name):
    from pathlib import Path

    from crawler.source import sources

    monkeypatch.setattr("crawler.load.sources", sources)
    folder = Path(__file__).parents[2] / "data" / "snapshot" / name
    run = load_run(folder, store, reference)
    lines = (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines()
    assert (run.calls, run.new) == (len(lines), len(lines))
    assert run.outcome in (RunOutcome.OK, RunOutcome.WARN)
    assert load_run(folder, store, reference).changed == 0


def test_an_older_run_does_not_undo_a_newer_one(write_run, raw, store, load):
    load(write_run([raw(n) for n in range(4)]))
    before = store.calls()
    older = write_run(
        [raw(n, title="as it was") for n in range(4)], run="20260908T060000Z", day=DAY - timedelta(days=30)
    )
    with pytest.raises(Outdated, match=f"newer reading, of {DAY}"):
        load(older)
    assert store.calls() == before
    assert len(store.runs()) == 1


def test_a_snapshot_is_no_yardstick_for_a_crawl(write_run, raw, store, load):
    load(write_run([raw(n) for n in range(9)], snapshot=True))
    crawled = load(write_run([raw(n) for n in range(3)], run=LATER, day=NEXT))
    assert crawled.outcome is RunOutcome.OK
