"""What stands in documents, and the criteria read from texts: kept by the reader that made them, put to their calls."""

from datetime import date

import pytest

from matcher.model import (
    DOCUMENT,
    Basis,
    Criterion,
    CriterionKind,
    Document,
    DocumentRole,
    DocumentText,
    Heading,
    Link,
    Quote,
)
from matcher.readings import field_keys, reading_key, with_readings

FICHE = "https://example.org/call-fiche.pdf"
OLD, NEW = "a" * 64, "b" * 64
TEXT = DocumentText(
    sha256=NEW,
    reader="first",
    role=DocumentRole.CALL_DOCUMENT,
    text="6 Eligibility\nAt least three applicants.\nElsewhere\n",
    pages=(0, 14),
    headings=(Heading(level=1, start=0, end=13), Heading(level=1, start=41, end=50)),
)


def state(sha256, day):
    return Document(
        source="portal",
        url=FICHE,
        found_on="https://example.org/1",
        media_type="application/pdf",
        sha256=sha256,
        size=1000,
        first_fetched=day,
        last_fetched=day,
    )


def least(number, basis=Basis.CALL_DOCUMENT, **changes):
    return Criterion(kind=CriterionKind.MIN_APPLICANTS, values=(number,), basis=basis, **changes)


@pytest.fixture
def call(make_call):
    return make_call(documents=(Link(url=FICHE),), conditions="At least two applicants.", identifier="AMIF-2026-ONE")


def test_a_text_comes_back_as_it_was_kept(store):
    store.save_texts([TEXT])

    assert store.text(NEW) == TEXT
    assert store.text(OLD) is None


def test_an_offset_has_a_page_and_the_headings_above_it():
    assert [TEXT.page_at(0), TEXT.page_at(13), TEXT.page_at(14)] == [1, 1, 2]
    assert TEXT.section_at(20) == ("6 Eligibility",)
    assert TEXT.section_at(60) == ("Elsewhere",)


def test_each_content_is_read_once_by_each_reader(store, make_run):
    store.save_run(make_run(), documents=[state(OLD, date(2026, 1, 1)), state(NEW, date(2026, 2, 1))])
    store.save_texts([TEXT])

    assert [one.sha256 for one in store.unread_documents("first")] == [OLD]
    assert {one.sha256 for one in store.unread_documents("second")} == {OLD, NEW}


def test_a_later_reader_replaces_what_was_read(store):
    store.save_readings("first", {"key": (least("2"),)})
    store.save_readings("second", {"key": (least("3"),)})

    assert store.readings(["key", "never"]) == {"key": (least("3"),)}
    assert store.keys_read_by("first") == set()
    assert store.keys_read_by("second") == {"key"}


def test_a_call_carries_what_its_texts_and_the_newest_state_of_its_documents_say(store, make_run, call):
    store.save_run(make_run(), [call], documents=[state(OLD, date(2026, 1, 1)), state(NEW, date(2026, 2, 1))])
    quote = Quote(text="At least two applicants.", place="conditions", start=0, end=24)
    own = least("2", Basis.TOPIC_CONDITIONS, quote=quote)
    stated = least("3", quote=Quote(text="At least three", place=f"{DOCUMENT}{NEW}", start=14, end=28, page=2))
    store.save_readings("first", {OLD: (least("9"),), NEW: (stated,), field_keys(call)[0]: (own,)})

    (read,) = with_readings([call], store)

    assert set(read.criteria) == {own, stated}
    assert stated.quote.document == NEW
    assert own.quote.document is None


def test_what_a_document_says_of_another_topic_is_not_the_call_s(store, make_run, call):
    store.save_run(make_run(), [call], documents=[state(NEW, date(2026, 2, 1))])
    mine, other = least("3", topics=("amif-2026-one",)), least("5", topics=("AMIF-2026-TWO",))
    store.save_readings("first", {NEW: (mine, other)})

    (read,) = with_readings([call], store)

    assert read.criteria == (mine,)


def test_the_same_words_in_another_field_are_another_reading(call):
    assert reading_key("text", "words") != reading_key("conditions", "words")
    assert field_keys(call) == [reading_key("conditions", call.conditions)]
