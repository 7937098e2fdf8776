"""Reading what is new in a store: once, in steps that can be broken off, and told where a file is missing."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from crawler import criteria, documents, reading
from crawler.load_outcome import load_folder
from crawler.outcome import line, loaded, with_reading
from crawler.reading import READER, Read, read_new
from matcher.model import Basis, CriterionKind, Document, DocumentRole, Link
from matcher.readings import reading_key, with_readings
from matcher.settings import Settings
from matcher.store import StoreLocked, open_store
from tests.doubles import faulty_papers
from tests.doubles.blank_store import lay_blank_store
from tests.doubles.call_fiche import LEAST, fiche

PROJECT = Path(__file__).parents[2]
DAY = date(2026, 10, 1)
URL = "https://example.org/call-fiche.pdf"


@pytest.fixture
def store(tmp_path):
    lay_blank_store(tmp_path)
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        yield store


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "documents"


@pytest.fixture
def keep(store, folder, make_run):
    """Put documents into the store and their files into the folder; gives their SHA-256."""

    def keep_documents(*contents: bytes, files=True, url=URL) -> list[str]:
        states = []
        for number, content in enumerate(contents):
            sha256 = hashlib.sha256(content).hexdigest()
            place = folder / sha256[:2] / sha256
            place.parent.mkdir(parents=True, exist_ok=True)
            if files:
                place.write_bytes(content)
            facts = {
                "source": "portal",
                "url": url.replace("call", f"{number}-call"),
                "found_on": "https://example.org/",
            }
            facts |= {"language": "en", "media_type": "application/pdf", "sha256": sha256, "size": len(content)}
            states.append(Document(**facts, first_fetched=DAY, last_fetched=DAY))
        store.save_run(make_run(), documents=states)
        return [one.sha256 for one in states]

    return keep_documents


def test_documents_become_texts_and_criteria(store, folder, keep, make_call):
    [sha256] = keep(fiche())
    read = read_new(store, folder)

    assert (read.documents, read.troubled, read.issues) == (1, 0, ())
    assert LEAST in store.text(sha256).text
    call = make_call(documents=(Link(url=URL.replace("call", "0-call")),))
    [attached] = with_readings([call], store)
    least = next(one for one in attached.criteria if one.kind is CriterionKind.MIN_APPLICANTS)
    assert (least.values, least.basis, least.quote.document) == (("3",), Basis.CALL_DOCUMENT, sha256)
    assert read.criteria == len(store.readings([sha256])[sha256])


def test_what_was_read_is_left_alone(store, folder, keep, monkeypatch):
    keep(fiche(), faulty_papers.plain())
    assert read_new(store, folder).documents == 2

    monkeypatch.setattr(documents.Guarded, "call", None)
    assert read_new(store, folder) == Read()


def test_another_version_of_the_readers_reads_anew(store, folder, keep, monkeypatch):
    [sha256] = keep(fiche())
    read_new(store, folder)
    monkeypatch.setattr(reading, "READER", "criteria 999")
    again = read_new(store, folder)
    assert again.documents == 0
    assert again.criteria > 0
    assert store.keys_read_by("criteria 999") == {sha256}


def test_what_was_broken_off_goes_on(store, folder, keep, monkeypatch):
    keys = keep(fiche(), faulty_papers.plain())

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(store, "save_readings", killed)
        with pytest.raises(KeyboardInterrupt):
            read_new(store, folder)
    assert all(store.text(key) for key in keys)
    assert store.keys_read_by(READER) == set()

    again = read_new(store, folder)
    assert (again.documents, again.criteria > 0) == (0, True)
    assert store.keys_read_by(READER) == set(keys)


def test_texts_are_saved_batch_by_batch(store, folder, keep, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 1)
    keys = keep(faulty_papers.plain(), fiche())
    saved = []
    monkeypatch.setattr(store, "save_texts", lambda texts: saved.append([one.sha256 for one in texts]))
    read_new(store, folder)
    assert sorted(saved) == sorted([key] for key in keys)


def test_a_file_that_is_missing_is_an_issue_and_is_looked_for_again(store, folder, keep):
    [sha256] = keep(fiche(), files=False)
    [issue] = read_new(store, folder).issues
    assert issue.reference.endswith("0-call-fiche.pdf")
    assert "cannot be opened (No such file or directory); the next crawl of portal" in issue.problem
    assert sha256 in issue.found

    keep(fiche())
    assert read_new(store, folder).documents == 1


def test_a_file_that_holds_something_else_than_was_fetched_is_an_issue_and_not_read(store, folder, keep):
    [sha256] = keep(faulty_papers.plain())
    (folder / sha256[:2] / sha256).write_bytes(fiche())
    read = read_new(store, folder)
    assert (read.documents, read.criteria) == (0, 0)
    [issue] = read.issues
    assert issue.problem == "its file holds something else than was fetched; delete it, and crawl portal again"
    assert store.text(sha256) is None
    assert store.text(hashlib.sha256(fiche()).hexdigest()) is None


def test_troubled_documents_are_counted_and_keep_their_issues(store, folder, keep):
    _, locked = keep(faulty_papers.plain(), faulty_papers.with_password())
    read = read_new(store, folder)
    assert (read.documents, read.troubled) == (2, 1)
    assert store.text(locked).issues
    assert store.text(locked).role is DocumentRole.CALL_DOCUMENT


def test_a_template_gives_no_criteria(store, folder, keep):
    [sha256] = keep(fiche(), url="https://example.org/temp-form/call-af.pdf")
    read = read_new(store, folder)
    assert store.text(sha256).role is DocumentRole.TEMPLATE
    assert (read.documents, read.criteria) == (1, 0)
    assert store.readings([sha256]) == {sha256: ()}


def test_texts_of_calls_are_read_in_english_only(store, folder, make_call, make_run):
    said = {"conditions": "The consortium must have at least three applicants from three different countries."}
    calls = [
        make_call(reference="en", language="en", **said),
        make_call(reference="none", language=None, text=said["conditions"]),
        make_call(reference="de", language="de", conditions=f"{said['conditions']} Auf Deutsch."),
    ]
    store.save_run(make_run(), calls)
    read = read_new(store, folder)

    keys = {reading_key(field, said["conditions"]) for field in ("conditions", "text")}
    assert store.keys_read_by(READER) >= keys
    assert reading_key("conditions", calls[2].conditions) not in store.keys_read_by(READER)
    found = store.readings(keys)[reading_key("conditions", said["conditions"])]
    assert {(one.basis, one.quote.place, one.quote.page) for one in found} == {
        (Basis.TOPIC_CONDITIONS, "conditions", None)
    }
    assert read.texts == len(store.keys_read_by(READER))


def test_a_text_that_breaks_a_limit_counts_as_read_and_is_told(store, folder, keep, monkeypatch):
    [sha256] = keep(fiche())

    def broken(self, work, *arguments):
        if work is reading._find:
            raise documents.LimitBroken("it took too long and was ended", "180 seconds")
        return work(*arguments)

    monkeypatch.setattr(documents.Guarded, "call", broken)
    [issue] = read_new(store, folder).issues
    assert issue.problem == "no criteria were read from it: it took too long and was ended"
    assert store.readings([sha256]) == {sha256: ()}


def test_a_store_that_fails_while_texts_are_read_fails_no_load(tmp_path, monkeypatch):
    def locked(*_):
        raise StoreLocked("store.sqlite", "it is locked")

    monkeypatch.setattr(reading, "read_new", locked)
    settings = Settings(home=tmp_path)
    outcome = load_folder(PROJECT / "data" / "snapshot" / "published_calls", settings)
    assert outcome.ok
    assert outcome.calls > 0
    assert "the next load goes on: store.sqlite: it is locked" in outcome.notes[-1]


def test_the_line_of_a_load_tells_what_was_read(make_run):
    outcome = with_reading(loaded(make_run(), "folder"), Read(documents=3, troubled=1, texts=9, criteria=40))
    told = line(outcome)
    assert "3 documents, 40 criteria" in told
    assert "1 of 3 call documents have issues: `funding documents CALL` tells them" in told


def test_every_reader_has_a_version():
    assert criteria.READER in READER
    assert documents.READER in READER
