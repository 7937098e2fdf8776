"""Sources, call documents and bodies come back as they went in; states of a document stay, readings are not undone."""

from datetime import date, timedelta

import pytest

from matcher.model import Body, Document, Issue, Run, RunOutcome, SourceCard, Tier
from matcher.store import StoreError

DAY = date(2026, 10, 8)
NEXT = DAY + timedelta(days=1)


def a_card(name, **changes):
    facts = {"title": name.title(), "publisher": "p", "url": "u", "licence": "l", "tier": Tier.OFFICIAL_RECORD}
    return SourceCard(name=name, **facts | changes)


def a_document(content="a", url="https://example.org/call.pdf", day=DAY, **changes):
    facts = {"source": "portal", "found_on": "https://example.org", "media_type": "application/pdf", "size": 9}
    return Document(url=url, sha256=content * 64, first_fetched=day, last_fetched=day, **facts | changes)


def a_body(reference="de", day=DAY, **changes):
    facts = {"source": "contacts", "role": "national_contact_point", "programme": "CERV", "country": "DE", "name": "n"}
    return Body(reference=reference, as_of=day, **facts | changes)


@pytest.fixture
def save(store, make_run):
    """Save a run of a source that is read for documents."""

    def run(documents=(), bodies=(), day=DAY):
        one = make_run(f"run of {day}", day).model_copy(update={"card": a_card("portal", yields="documents")})
        return store.save_run(one, (), (), documents, bodies)

    return run


def test_cards_come_back_in_the_registrys_order_and_follow_it(store):
    cards = [a_card("zebra", expected=(1, 9), gaps=("Much.",)), a_card("ape")]
    store.save_cards(cards)
    assert store.cards() == cards
    store.save_cards(cards[1:])
    assert store.cards() == cards[1:]


def test_a_document_fetched_again_is_one_document_with_two_days(store, save):
    save([a_document()])
    again = save([a_document(day=NEXT)], day=NEXT)
    assert (again.calls, again.new, again.changed) == (1, 0, 0)
    assert store.documents() == [a_document().model_copy(update={"last_fetched": NEXT})]


def test_another_content_at_the_same_address_is_a_change_and_both_stay(store, save):
    save([a_document("a")])
    saved = save([a_document("b", day=NEXT)], day=NEXT)
    assert (saved.new, saved.changed) == (0, 1)
    assert [one.sha256[0] for one in store.documents("https://example.org/call.pdf")] == ["b", "a"]


def test_an_older_reading_moves_only_the_first_day(store, save):
    save([a_document(day=NEXT)], day=NEXT)
    save([a_document(day=DAY)])
    (document,) = store.documents()
    assert (document.first_fetched, document.last_fetched) == (DAY, NEXT)


def test_documents_are_found_by_address_and_source(store, save):
    save([a_document(), a_document(url="https://example.org/guide.pdf")])
    assert len(store.documents(source="portal")) == 2
    assert len(store.documents("https://example.org/guide.pdf", "portal")) == 1
    assert store.documents(source="elsewhere") == []


def test_bodies_are_found_by_what_they_do_and_where(store, save):
    saved = save(bodies=[a_body("de"), a_body("gr", country="GR"), a_body("all", country=None, programme=None)])
    assert (saved.calls, saved.new) == (3, 3)
    assert [body.reference for body in store.bodies()] == ["all", "de", "gr"]
    assert [body.reference for body in store.bodies("national_contact_point", "CERV", "GR")] == ["gr"]
    assert store.bodies(role="managing_authority") == []


def test_a_body_is_replaced_by_a_newer_reading_only(store, save):
    save(bodies=[a_body(name="new", day=NEXT)], day=NEXT)
    assert save(bodies=[a_body(name="old")]).changed == 0
    assert [body.name for body in store.bodies()] == ["new"]
    assert save(bodies=[a_body(name="newest", day=NEXT)], day=NEXT).changed == 1
    assert [body.name for body in store.bodies()] == ["newest"]


def test_a_source_of_calls_counts_no_documents(store, make_run, make_call):
    saved = store.save_run(make_run(), [make_call()], documents=[a_document()], bodies=[a_body()])
    assert (saved.calls, saved.new) == (1, 1)
    assert len(store.documents()) == 1


def test_a_run_whose_issues_fail_leaves_no_document(store, make_run):
    broken = Issue.model_construct(field=None, problem="p", found="", allowed="", reference="")
    with pytest.raises(StoreError, match="NOT NULL"):
        store.save_run(make_run(), issues=[broken], documents=[a_document()], bodies=[a_body()])
    assert (store.documents(), store.bodies(), store.runs()) == ([], [], [])


def test_a_failed_run_stores_no_document(store, make_run):
    failed: Run = make_run(outcome=RunOutcome.FAIL)
    with pytest.raises(ValueError, match="1 records must not be stored"):
        store.save_run(failed, documents=[a_document()])
