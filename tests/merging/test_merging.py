"""Which records become one call, and what the call then says, case by case."""

from datetime import date
from decimal import Decimal

import pytest

from matcher.merging import merge
from matcher.model import (
    ApplicantKind,
    Basis,
    Budget,
    CallKind,
    Criterion,
    CriterionKind,
    Deadline,
    DeadlineModel,
    Link,
    Money,
    Origin,
    Quote,
    Tier,
)

WOMEN = "AMIF-2026-TF2-AG-INTE-01-WOMEN"
HEALTH = "AMIF-2026-TF2-AG-INTE-02-HEALTH"
WHOLE = "AMIF-2026-TF2-AG-INTE"
PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"


def joined(calls):
    """Listed id -> ids of its sightings, with their basis."""
    return {call.id: {seen.id: seen.basis for seen in call.sightings} for call in merge(calls)}


def budget(amount, shared=False):
    return Budget(total=Money(amount=Decimal(amount)), shared=shared)


def test_the_same_code_is_the_same_call_whatever_the_rest_says(record):
    official = record("portal", identifier=WOMEN, title="Women")
    restated = record("restated", identifier=WOMEN.lower(), title="Another title", deadlines=())
    (call,) = merge([restated, official])
    assert call.id == official.id
    (seen,) = call.sightings
    assert (seen.id, seen.source, seen.tier) == (restated.id, "restated", Tier.CURATED)
    assert (seen.confidence, seen.basis) == (1.0, "identifier")


def test_the_name_of_a_page_is_no_code(record):
    pages = [record(source, reference="x", identifier="calls/first-call") for source in ("programme_site", "list")]
    pages = [page.model_copy(update={"reference": "calls/first-call", "title": page.source}) for page in pages]
    assert len(merge(pages)) == 2


@pytest.mark.parametrize(
    "linking",
    [
        {"url": f"{PORTAL}/topic-details/{WOMEN.lower()}?programmePeriod=2021-2027"},
        {
            "sources": (
                f"http://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/{WOMEN}",
            )
        },
        {"documents": (Link(url=f"{PORTAL}/topic-details/{WOMEN}"),)},
    ],
)
def test_a_record_that_gives_the_official_page_is_of_that_call(record, linking):
    official = record("portal", identifier=WOMEN, url=f"{PORTAL}/topic-details/{WOMEN}")
    other = record("list", title="Frauen", deadlines=(), **linking)
    assert joined([official, other]) == {official.id: {other.id: "address"}}


def test_a_page_that_is_rewritten_for_each_call_does_not_join_the_next_with_the_last(record):
    page = "https://urbact.eu/get-involved"
    running = record(
        "programme_site", title="Call for Transfer Networks", url=page, deadlines=(Deadline(day=date(2027, 1, 15)),)
    )
    earlier = record(
        "list",
        title="Call for Action Planning Networks",
        url=page,
        tier=Tier.OFFICIAL_POINTER,
        deadlines=(Deadline(day=date(2027, 3, 31)),),
    )
    assert joined([running, earlier]) == {running.id: {}, earlier.id: {}}
    extended = earlier.model_copy(update={"title": "Transfer Networks"})
    assert joined([running, extended]) == {running.id: {extended.id: "address"}}


def test_addresses_are_compared_without_language_query_and_www(record):
    official = record("programme_site", url="https://www.site.example/en/calls/fourth_en", title="Fourth")
    other = record("list", url="http://site.example/calls/fourth?utm=1#top", title="4")
    assert joined([official, other]) == {official.id: {other.id: "address"}}


def test_a_page_with_links_to_two_calls_is_neither(record):
    two = [
        record("portal", code, identifier=code, title=code, url=f"{PORTAL}/topic-details/{code}")
        for code in (WOMEN, HEALTH)
    ]
    overview = record("list", title="All calls", sources=tuple(call.url for call in two))
    assert len(merge([*two, overview])) == 3


def test_a_list_on_which_two_calls_stand_tells_neither(record):
    two = [record("programme_site", name, url="https://site.example/calls", title=name) for name in ("One", "Two")]
    other = record("list", url="https://site.example/calls", title="Three")
    assert len(merge([*two, other])) == 3


def test_two_sub_grants_of_one_topic_stay_two(record):
    def cascade(source, number, title, **changes):
        facts = {"kind": CallKind.CASCADE, "identifier": WOMEN, "title": title, "call_identifier": number}
        return record(source, number, **facts, **changes)

    same_title = "Vouchers for associations of migrants in rural towns"
    first, second = cascade("portal", "101", same_title), cascade("portal", "102", same_title)
    topic = record("restated", identifier=WOMEN, title="Women", kind=CallKind.TOPIC)
    again = cascade("restated", "101", "Vouchers, first round")
    other = cascade("list", "103", same_title)
    assert joined([first, second, topic, again, other]) == {
        first.id: {again.id: "identifier"},
        second.id: {},
        topic.id: {},
        other.id: {},
    }


def test_a_sub_grant_known_from_its_page_joins_it_and_not_the_topic(record):
    topic = record("portal", "topic", identifier=WOMEN, url=f"{PORTAL}/topic-details/{WOMEN}", title="Women")
    cascade = record(
        "portal",
        "101",
        identifier=WOMEN,
        kind=CallKind.CASCADE,
        url=f"{PORTAL}/competitive-calls-cs/101",
        title="Vouchers",
    )
    page = record("news", title="Small grants", sources=(cascade.url,))
    assert joined([topic, cascade, page]) == {topic.id: {}, cascade.id: {page.id: "address"}}


def test_a_pointer_that_names_one_topic_is_no_call_and_fills_it(record):
    topic = record("portal", identifier=WOMEN, call_identifier=WHOLE, deadlines=())
    news = [record(s, mentions=(WOMEN, WHOLE), title="News", text="Soon.") for s in ("news", "more_news")]
    second = record("news", "two", mentions=(WOMEN,), title="Reminder")
    (call,) = merge([topic, *news, second])
    assert {seen.id: (seen.basis, seen.confidence) for seen in call.sightings} == {
        one.id: ("names it", 0.9) for one in (*news, second)
    }
    assert call.deadlines == news[0].deadlines
    assert Origin(field="text", source="more_news") in call.origins


def test_a_pointer_that_names_a_whole_call_belongs_to_all_its_topics_and_fills_none(record):
    topics = [record("portal", code, identifier=code, call_identifier=WHOLE, title=code) for code in (WOMEN, HEALTH)]
    news = record("news", mentions=(WHOLE,), title="Two topics", text="Both open.")
    for call in merge([*topics, news]):
        assert [(seen.id, seen.confidence) for seen in call.sightings] == [(news.id, 0.5)]
        assert not call.text
        assert not call.origins


def test_a_pointer_that_names_what_is_not_known_stays_a_call(record):
    news = record("news", mentions=("CERV-2027-EQUAL",))
    assert joined([news, record("portal", identifier=WOMEN, title="Women")]).keys() >= {news.id}


def test_known_from_a_list_only_is_unconfirmed_until_an_official_record_matches(record):
    listed = record("list")
    (alone,) = merge([listed])
    assert not alone.is_confirmed
    (call,) = merge([listed, record("portal", identifier=WOMEN)])
    assert call.is_confirmed
    assert call.sightings[0].basis == "title, deadline"


def test_two_equally_alike_are_left_alone(record):
    twins = [record("portal", code, identifier=code) for code in (WOMEN, HEALTH)]
    listed = record("list")
    assert len(merge([*twins, listed])) == 3


def test_another_code_is_another_call_however_alike(record):
    assert len(merge([record("portal", identifier=WOMEN), record("list", identifier=HEALTH)])) == 2


def test_empty_fields_are_filled_and_say_from_where(record):
    official = record("portal", identifier=WOMEN, budget=budget(5))
    restated = record(
        "restated", identifier=WOMEN, budget=budget(9), opening=date(2026, 9, 1), sources=("https://a.example/b",)
    )
    listed = record("list", identifier=WOMEN, opening=date(2026, 8, 1), applicants="Towns")
    (call,) = merge([listed, restated, official])
    assert call.budget == official.budget
    assert (call.opening, call.applicants) == (restated.opening, "Towns")
    assert call.sources == ("https://a.example/b",)
    assert {(origin.field, origin.source) for origin in call.origins} >= {
        ("opening", "restated"),
        ("sources", "restated"),
        ("applicants", "list"),
    }


def test_deadlines_come_from_one_record_and_never_to_a_call_without_end(record):
    days = tuple(Deadline(day=date(2026, month, 1)) for month in (11, 12))
    other = record("list", identifier=WOMEN, deadlines=days)
    (dated,) = merge([record("portal", identifier=WOMEN), other])
    assert dated.deadlines == (Deadline(day=date(2026, 11, 5)),)
    (filled,) = merge([record("portal", identifier=WOMEN, deadlines=()), other])
    assert filled.deadlines == days
    rolling = record("portal", identifier=WOMEN, deadlines=(), deadline_model=DeadlineModel.PERMANENT)
    (call,) = merge([rolling, other])
    assert call.deadlines == ()


def test_a_criterion_comes_only_with_the_text_its_quote_stands_in(record):
    def stated(place):
        quote = Quote(text="Towns", place=place, start=0, end=5)
        values = (ApplicantKind.LOCAL_AUTHORITY,)
        return Criterion(kind=CriterionKind.APPLICANT_KIND, values=values, basis=Basis.CALL_RECORD, quote=quote)

    official = record("portal", identifier=WOMEN, text="Cities may apply.")
    other = record(
        "restated", identifier=WOMEN, text="Towns may.", terms="Towns lead.", criteria=(stated("text"), stated("terms"))
    )
    (call,) = merge([official, other])
    assert (call.text, call.terms) == ("Cities may apply.", "Towns lead.")
    assert call.criteria == (stated("terms"),)


def test_a_code_that_stood_for_a_title_gives_way_to_a_title(record):
    (call,) = merge([record("portal", identifier=WOMEN, title=WOMEN), record("list", identifier=WOMEN, title="Women")])
    assert call.title == "Women"


def test_the_latest_of_equal_records_wins(record):
    old = record("portal", identifier=WOMEN)
    new = record("programme_site", identifier=WOMEN, as_of=date(2026, 10, 9))
    assert joined([old, new]) == {new.id: {old.id: "identifier"}}
