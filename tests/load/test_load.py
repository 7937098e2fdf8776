"""A run's folder to the store: all in one transaction, or nothing; bad lines and doubles are named, never a crash."""

from datetime import date, time, timedelta

import pytest

from crawler.load import Held, LoadRefused, Outdated, load_run, remember_failure
from crawler.source import RawBody, RawDocument
from matcher.model import DeadlineModel, Issue, RunOutcome
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
    with pytest.raises(LoadRefused, match=r"stopped before the end: shutdown.*did not read all"):
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
    with pytest.raises(LoadRefused, match="3 records after 8"):
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
    load(write_run([raw(0, day=NEXT, description=""), raw(1, day=NEXT), raw(2, day=NEXT)], LATER, NEXT))
    assert [call.text for call in store.calls()] == ["", "Text 1", "Text 2"]


def test_a_full_disk_while_loading_leaves_no_trace_of_the_run(tmp_path, write_run, raw, reference, monkeypatch):
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, "PRAGMA max_page_count = 120"))
    with open_store(f"sqlite:///{tmp_path / 'small.sqlite'}") as store:
        load_run(write_run([raw(n) for n in range(3)]), store, reference)
        huge = [raw(n, day=NEXT, description=f"word {n} " * 20_000) for n in range(5)]
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


def test_what_the_crawl_could_not_read_stands_with_what_could_not_be_understood(write_run, raw, store, load):
    page = Issue(field="page", problem="answered 500", reference="https://example.org/9")
    run = load(write_run([raw(0, status="31094599"), raw(1), raw(2)], issues=(page,)))
    assert [issue.field for issue in store.issues(run.id)] == ["page", "status"]


def test_documents_and_bodies_of_a_run_are_kept_with_its_calls(write_run, raw, store, load):
    common = {"source": "portal", "fetched_at": raw().fetched_at}
    address = "https://example.org/call.pdf"
    found = {"reference": address, "found_on": "https://example.org", "media_type": "application/pdf", "size": 9}
    body = RawBody(**common, reference="DE", role="national_contact_point", programme="CERV", country="DE", name="NCP")
    lines = [raw(0), RawDocument(**common, **found, sha256="a" * 64), raw(1), body, raw(2)]
    run = load(write_run(lines))
    assert (run.calls, run.new, run.stages.parsed) == (3, 3, 3)
    assert [document.url for document in store.documents()] == [address]
    assert [one.country for one in store.bodies(role="national_contact_point")] == ["DE"]


def test_a_run_that_looks_wrong_is_held_until_a_person_lets_it_in(write_run, raw, store, reference, load):
    load(write_run([raw(n) for n in range(8)], "a"))
    folder = write_run([raw(n, day=NEXT) for n in range(3)], "b", NEXT)
    with pytest.raises(Held, match="3 records after 8"):
        load(folder)
    assert store.call("portal:0TOPICSen").last_seen == DAY

    run = load_run(folder, store, reference, accept="the site dropped its archive")
    assert (run.outcome, run.accepted, run.calls) == (RunOutcome.WARN, "the site dropped its archive", 3)
    assert "let in by hand: the site dropped its archive" in run.notes
    assert any("3 records after 8" in reason for reason in run.reasons)

    again = load(write_run([raw(n, day=NEXT) for n in range(3)], "c", NEXT))
    assert again.outcome is RunOutcome.OK, "what was let in is the new measure"


def test_an_incomplete_run_cannot_be_let_in(write_run, raw, store, reference):
    folder = write_run([raw(n) for n in range(4)], complete=False)
    with pytest.raises(LoadRefused, match="did not read all") as refused:
        load_run(folder, store, reference, accept="it is fine")
    assert not isinstance(refused.value, Held)
    assert store.calls() == []


def test_a_reason_given_for_a_healthy_run_changes_nothing(write_run, raw, store, reference):
    run = load_run(write_run([raw(n) for n in range(4)]), store, reference, accept="just in case")
    assert (run.outcome, run.accepted, run.notes) == (RunOutcome.OK, "", ())


def test_calls_that_closed_since_the_last_good_run_are_counted(write_run, raw, load):
    """One by its own date, one by a deadline moved forward; one was closed before, one is new."""
    ends = ["2026-10-08", "2026-12-01", "2026-10-07", "2026-12-01"]
    load(write_run([raw(n, deadlines=(end,)) for n, end in enumerate(ends)], "a"))
    ends[1] = "2026-10-08"
    lines = [raw(n, day=NEXT, deadlines=(end,)) for n, end in enumerate([*ends, "2026-10-01"])]
    assert load(write_run(lines, "b", NEXT)).closed == 2


def test_stages_and_filling_are_remembered_also_of_a_failed_run(write_run, raw, store, load):
    with pytest.raises(Held):
        load(write_run([raw(0), raw(1, description="")], listed=4, fetched=2))
    (run,) = store.runs()
    assert (run.stages.listed, run.stages.fetched, run.stages.normalised) == (4, 2, 2)
    assert (run.filled["text"], run.filled["title"], run.filled["budget"]) == (0.5, 1, 0)


def test_a_run_of_one_programme_never_becomes_the_measure(write_run, raw, store, load):
    for number in range(6):
        load(write_run([raw(1)], f"a{number}", programmes=("AMIF",)))
    assert store.runs()[0].programmes == ("AMIF",)
    assert load(write_run([raw(n) for n in range(9)], "b")).outcome is RunOutcome.OK


def test_every_source_of_the_registry_is_known_to_the_store_even_when_the_run_is_refused(tmp_path, store, load):
    with pytest.raises(LoadRefused):
        load(tmp_path / "nowhere")
    assert [(card.name, card.frequency, card.expected) for card in store.cards()] == [("portal", "daily", (3, 10))]


def test_a_crawl_that_died_is_remembered_with_its_cause(tmp_path, store):
    folder = tmp_path / "runs" / "portal" / "20261008T060000Z"
    folder.mkdir(parents=True)
    remember_failure(folder, "the crawl died with exit code 1", store)
    remember_failure(tmp_path / "elsewhere", "no run of ours", store)
    assert [(run.outcome, run.reasons) for run in store.runs()] == [
        (RunOutcome.FAIL, ("the crawl died with exit code 1",))
    ]
