"""What loads tell the ledger: in the run's own transaction, once, and nothing of a run that is not loaded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from crawler.__main__ import app
from crawler.document_news import note_documents
from crawler.load import LoadRefused, Outdated, load_run
from matcher.cli import app as funding
from matcher.model import (
    Call,
    Document,
    DocumentRole,
    DocumentText,
    EventKind,
    Heading,
    Link,
    PageAnswer,
    PageCheck,
    Run,
    RunOutcome,
)
from matcher.store import StoreError, open_store

DAY = date(2026, 10, 8)
MOVED = ("2026-12-05T00:00:00.000+0000",)
NEW, CHANGED, WITHDRAWN = EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN


def after(days):
    return DAY + timedelta(days=days)


@pytest.fixture
def load(store, reference, write_run):
    """Load records as the reading of a day."""

    def run(records, days=0, name="", silent="", accept="", into=store, **said):
        folder = write_run(records, f"{after(days):%Y%m%d}T060000Z{name}", after(days), **said)
        return load_run(folder, into, reference, accept, silent)

    return run


def told(store):
    return [
        (event.kind, event.call.removeprefix("portal:").removesuffix("TOPICSen")) for event in store.ledger.events()
    ]


def test_the_first_load_is_silent_and_the_next_is_told(store, raw, load):
    load([raw(n) for n in range(4)])
    assert told(store) == []
    assert len(store.ledger.events(silent=True)) == 4
    run = load([raw(0, deadlines=MOVED), *(raw(n) for n in range(1, 5))], 1)
    assert told(store) == [(NEW, "4"), (CHANGED, "0")]
    event = store.ledger.events()[1]
    assert (event.observation.run, event.observation.seen_before) == (run.id, DAY)
    assert event.changes[0].was + event.changes[0].now == ("2026-11-05", "2026-12-05")
    (version,) = store.versions("portal:0TOPICSen")
    assert event.observation.content_before == version.content_hash
    assert event.observation.content_now not in ("", version.content_hash)


def test_the_same_run_again_tells_nothing(store, raw, reference, write_run, load):
    load([raw(n) for n in range(4)])
    folder = write_run([raw(n) for n in range(5)], "20261009T060000Z", after(1))
    for _ in range(3):
        load_run(folder, store, reference)
    assert told(store) == [(NEW, "4")]


def test_a_run_that_is_not_loaded_tells_nothing(store, raw, load):
    load([raw(n) for n in range(4)])
    with pytest.raises(LoadRefused):
        load([raw(n) for n in range(9)], 1, complete=False)
    assert told(store) == []


def test_what_was_told_is_not_told_again_by_a_store_put_back_to_a_backup(store, raw, load, tmp_path):
    """Restored is what the sources said; the ledger is kept (matcher/store/backup.py)."""
    first, second = [raw(n) for n in range(4)], [raw(0, deadlines=MOVED), *(raw(n) for n in range(1, 5))]
    load(first)
    with open_store(f"sqlite:///{tmp_path / 'restored.db'}") as restored:
        load(first, into=restored, name="-b")
        load(second, 1)
        restored.ledger.append(store.ledger.events())
        load(second, 2, into=restored)
        assert told(restored) == told(store) == [(NEW, "4"), (CHANGED, "0")]
        load(first, 3, into=restored)
        load(second, 4, into=restored)
        assert told(restored)[2:] == [(CHANGED, "0"), (CHANGED, "0")]


def test_what_cannot_be_stored_is_not_told(store, raw, load, monkeypatch):
    load([raw(n) for n in range(4)])

    def broken(connection, events):
        raise StoreError("the file", "the disk broke")

    with monkeypatch.context() as patched:
        patched.setattr("matcher.store.store.append_events", broken)
        with pytest.raises(StoreError):
            load([raw(n) for n in range(5)], 1)
    assert len(store.calls()) == 4
    load([raw(n) for n in range(5)], 1, "again")
    assert told(store) == [(NEW, "4")]


def overtaken_by(store, monkeypatch, other):
    """Have another load come in just before the first one stores what it found."""
    save, done = type(store).save_run, []

    def saving(self, *given, **named):
        if not done:
            done.append(True)
            other()
        return save(self, *given, **named)

    monkeypatch.setattr(type(store), "save_run", saving)
    return done


def test_two_loads_that_race_tell_each_thing_once(store, raw, load, monkeypatch):
    load([raw(n) for n in range(4)])
    found = [raw(0, deadlines=MOVED), *(raw(n) for n in range(1, 5))]
    with open_store(f"sqlite:///{store.place}") as second:
        done = overtaken_by(store, monkeypatch, lambda: load(found, 1, "-first", into=second))
        load(found, 1, "-second")
    assert done
    assert told(store) == [(NEW, "4"), (CHANGED, "0")]
    assert len(store.runs()) == 3


def test_a_load_overtaken_by_a_newer_reading_is_outdated(store, raw, load, monkeypatch):
    load([raw(n) for n in range(4)])
    with open_store(f"sqlite:///{store.place}") as second:
        overtaken_by(store, monkeypatch, lambda: load([raw(n) for n in range(6)], 2, into=second))
        with pytest.raises(Outdated):
            load([raw(n) for n in range(5)], 1)
    assert told(store) == [(NEW, "4"), (NEW, "5")]


def test_withdrawn_after_a_week_or_when_the_page_is_gone(store, raw, load):
    load([raw(n) for n in range(6)])
    load([raw(n) for n in range(5)], 1)
    assert told(store) == []
    load([raw(n) for n in range(5)], 8)
    assert told(store) == [(WITHDRAWN, "5")]
    store.pages.save(
        [
            PageCheck(
                url="https://example.org/4", checked=after(8), answer=PageAnswer.MISSING, strikes=(after(7), after(8))
            )
        ]
    )
    load([raw(n) for n in range(4)], 9)
    assert told(store)[1:] == [(WITHDRAWN, "4")]
    load([raw(n) for n in range(6)], 10)
    assert [kind for kind, _ in told(store)[2:]] == [EventKind.RETURNED] * 2


def test_a_poorer_reading_says_so_and_its_silence_counts_for_nothing(store, raw, load):
    load([raw(n) for n in range(6)])
    assert load([raw(n) for n in range(5)], 1, partial=True).partial
    load([raw(n) for n in range(5)], 8)
    assert told(store) == []


def test_a_group_that_is_not_believed_is_named_in_the_run(store, raw, load):
    load([raw(n) for n in range(10)])
    run = load([raw(n) for n in range(5)], 1, accept="a person let it in")
    assert run.doubted == ("kind topic",)
    assert "kind topic: most of the running calls are missing" in run.notes[-1]
    assert store.runs()[0].doubted == ("kind topic",)


def test_a_silent_load_by_command(store, raw, load, write_run, monkeypatch, tmp_path):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    load([raw(n) for n in range(4)])
    folder = write_run([raw(n) for n in range(6)], "20261009T060000Z", after(1))
    result = CliRunner().invoke(app, ["load", str(folder), "--silent"])
    assert result.exit_code == 0, result.output
    assert told(store) == []
    assert {event.silent for event in store.ledger.events(silent=True)} >= {"loaded with --silent"}
    shown = CliRunner().invoke(funding, ["ledger", "show", "portal:5TOPICSen"])
    assert "told to nobody: loaded with --silent" in shown.output


def test_a_back_fill_is_held_and_released_by_command(store, raw, load, monkeypatch, tmp_path):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    load([raw(n) for n in range(4)])
    run = load([raw(n) for n in range(504)], 1, accept="the site publishes all its calls now")
    assert (run.new, told(store)) == (500, [])
    runner = CliRunner()
    assert "nothing is held of 'portal/other'" in runner.invoke(funding, ["ledger", "release", "portal/other"]).stderr
    for count in (500, 0):
        result = runner.invoke(funding, ["ledger", "release", run.id])
        assert result.output == f"{run.id}: {count} of 500 entries are let out now\n"
    assert sorted(told(store)) == sorted((NEW, str(number)) for number in range(4, 504))
    shown = runner.invoke(funding, ["ledger", "show", "--since", after(1).isoformat()])
    assert shown.output.count("held: 500 entries of kind new") == 500


URL = "https://example.org/fiche.pdf"


def state(letter, day, sentence):
    heading = "6. Eligibility"
    text = f"Call fiche\n{heading}\n{sentence}\nAll this is in force.\n"
    at = text.index(heading)
    document = Document(
        source="portal",
        url=URL,
        found_on="https://example.org/1",
        media_type="application/pdf",
        sha256=letter * 64,
        size=9,
        first_fetched=day,
        last_fetched=day,
    )
    return document, DocumentText(
        sha256=letter * 64,
        reader="reader 1",
        role=DocumentRole.CALL_DOCUMENT,
        text=text,
        pages=(0,),
        headings=(Heading(level=1, start=at, end=at + len(heading)),),
    )


@pytest.fixture
def fiche(store):
    """Another state of a call document fetched on a day; returns the events that were noted."""

    def fetch(letter, day, sentence, now=None, **said):
        document, text = state(letter, day, sentence)
        facts = {"source": "portal", "kind": "topic", "url": "https://example.org", "as_of": day}
        calls = [
            Call(reference=str(n), identifier=f"AMIF-{n}", title="A", documents=(Link(url=URL),), **facts)
            for n in (1, 2)
        ]
        started = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        run = Run(id=f"portal/{day}", source="portal", started=started, as_of=now or day, outcome=RunOutcome.OK, **said)
        store.save_run(run, calls, documents=[document])
        store.save_texts([text])
        head = store.ledger.head()
        note_documents(store, run)
        return store.ledger.events(head, silent=True)

    return fetch


def test_another_state_of_a_call_document_is_news_of_each_of_its_calls(fiche):
    assert fiche("a", DAY, "Private non-profits may apply to this call.") == []
    events = fiche("b", after(30), "Public and private non-profits may apply to this call.")
    assert [(event.call, event.kind, event.on, event.silent) for event in events] == [
        ("portal:1", EventKind.ELIGIBILITY, after(30), ""),
        ("portal:2", EventKind.ELIGIBILITY, after(30), ""),
    ]
    (change,) = events[0].changes
    assert change.was == ("Private non-profits may apply to this call.",)
    assert change.now == ("Public and private non-profits may apply to this call.",)
    assert change.where == f"{URL} > 6. Eligibility"
    assert (events[0].observation.content_before, events[0].observation.content_now) == ("a" * 64, "b" * 64)


def test_a_document_is_told_once_however_often_it_is_looked_at(store, fiche):
    fiche("a", DAY, "Private non-profits may apply to this call.")
    fiche("b", after(30), "Public and private non-profits may apply to this call.")
    assert fiche("b", after(31), "Public and private non-profits may apply to this call.") == []
    # another version of our reader cuts it otherwise
    assert fiche("b", after(32), "Public, private and other non-profits may apply to this call.") == []


def test_what_was_met_long_ago_and_is_read_now_is_told_to_nobody(fiche):
    fiche("a", DAY, "Private non-profits may apply to this call.")
    events = fiche("b", after(1), "Public and private non-profits may apply to this call.", now=after(60))
    assert {event.silent for event in events} == {"met more than four weeks before it could be read"}


def test_documents_of_a_snapshot_are_told_to_nobody(fiche):
    fiche("a", DAY, "Private non-profits may apply to this call.")
    events = fiche("b", after(1), "Public and private non-profits may apply to this call.", snapshot=True)
    assert len(events) == 2
    assert all(event.silent for event in events)
