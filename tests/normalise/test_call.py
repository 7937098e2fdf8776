"""One raw call to one call: nothing lost, nothing guessed, every doubt an issue, and never an exception."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.normalise import normalise
from crawler.source import RawCall, RawLink, RawUpdate
from matcher.model import CallKind, CallStatus, Fund

FETCHED = datetime(2026, 10, 8, 5, tzinfo=UTC)


def news(identifier, text, published="2026-10-03T15:26:42.427+0000", reference="484009484749921"):
    return RawUpdate(
        source="funding_tenders",
        reference=reference,
        identifier=identifier,
        fetched_at=FETCHED,
        published=published,
        title="News",
        description=text,
    )


def test_the_day_the_source_said_it_is_the_day_it_was_fetched(understand):
    call, problems = understand()
    assert (call.as_of, call.first_seen, call.last_seen, problems) == (date(2026, 10, 8), None, None, [])


@pytest.mark.parametrize(("found", "key"), [("43251447", "AMIF"), ("AMIF", "AMIF"), ("amif", "AMIF")])
def test_a_programme_by_code_key_or_name(understand, found, key):
    call, problems = understand(programme=found)
    assert (call.programme, call.fund, problems) == (key, Fund.AMIF, [])


def test_an_unknown_programme_is_an_issue(understand):
    call, problems = understand(programme="99999999")
    assert (call.programme, call.fund) == (None, None)
    assert [field for field, _ in problems] == ["programme"]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("words", ["to ", "- ", "call - ", "Call for proposals "])
def test_a_title_of_the_same_words_over_and_over_is_read_at_once(understand, words):
    call, _ = understand(title=f"{words * 400}"[:990] + "!")
    assert call.title.endswith("!")


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ("31094501", CallStatus.FORTHCOMING),
        ("31094502", CallStatus.OPEN),
        ("31094503", CallStatus.CLOSED),
        ("Open", CallStatus.OPEN),
        ("", CallStatus.UNKNOWN),
    ],
)
def test_the_published_status(understand, found, status):
    call, problems = understand(status=found)
    assert (call.published_status, problems) == (status, [])


def test_an_unknown_status_names_found_and_allowed(make_raw, source, reference):
    ((call, (issue,)),) = normalise([make_raw(status="31094599")], source, reference)
    assert call.published_status is CallStatus.UNKNOWN
    assert (issue.field, issue.found, issue.reference) == ("status", "31094599", "48400948TOPICSen")
    assert "31094502" in issue.allowed


def test_a_record_without_title_is_named_by_its_code(understand):
    call, problems = understand(title="  \n ")
    assert call.title == "AMIF-2026-TF2-AG-INTE-01"
    assert [field for field, _ in problems] == ["title"]


@pytest.mark.parametrize("facts", [{"reference": " "}, {"title": "", "identifier": ""}])
def test_a_record_that_cannot_be_told_apart_or_named_is_no_call_and_not_forgotten(understand, facts):
    call, problems = understand(**facts)
    assert call is None
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ("Grants\n for  towns", "Grants for towns"),
        ("Supporting Democracy in Benin - Supporting Democracy in Benin", "Supporting Democracy in Benin"),
        ("Appel à propositions\nAppel à propositions", "Appel à propositions"),
        ("Bora Bora", "Bora Bora"),
    ],
)
def test_titles_are_one_line_and_said_once(understand, found, title):
    assert understand(title=found)[0].title == title


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "", "//host/x", "https://", "http://a b", "ftp://x/y"]
)
def test_only_web_addresses_are_kept(understand, url):
    call, problems = understand(url=url)
    assert call.url.startswith("https://ec.europa.eu/")
    assert call.url.endswith("/AMIF-2026-TF2-AG-INTE-01")
    assert [field for field, _ in problems] == ["url"]


def test_documents_that_the_page_links_to(understand):
    pages = (
        RawLink(url="https://example.org/fiche.pdf", label="Call  fiche", language="EN"),
        RawLink(url="javascript:x", label="bad"),
    )
    call, problems = understand(documents=pages)
    (link,) = call.documents
    assert (link.url, link.label, link.language) == ("https://example.org/fiche.pdf", "Call fiche", "en")
    assert problems == [("documents", "not a web address")]


def test_documents_of_a_record_and_of_its_conditions(understand):
    listed = json.dumps(
        [{"url": "https://x.eu/a.pdf", "criterionDescription": "A"}, {"docUrl": "javascript:x", "nameDoc": "B"}]
    )
    conditions = '<a class="x" href="https://x.eu/call.pdf" target="_blank">Call &amp; rules</a><a href="https://x.eu/page">x</a>'
    call, problems = understand(links=listed, conditions=conditions)
    assert [(link.url, link.label) for link in call.documents] == [
        ("https://x.eu/a.pdf", "A"),
        ("https://x.eu/call.pdf", "Call & rules"),
    ]
    assert [field for field, _ in problems] == ["links"]


@pytest.mark.parametrize("field", ["links", "actions", "latest_infos", "budget_overview"])
@pytest.mark.parametrize("text", ["{", "[1, 2]", '"x"', "[" * 50_000, "null", "9" * 5000])
def test_malformed_json_in_one_field_spares_the_rest(understand, field, text):
    call, problems = understand(**{field: text}, description="<p>Text</p>")
    assert call.text == "Text"
    assert {name for name, _ in problems} <= {field}
    assert bool(problems) is (text != "null")


def test_keywords_without_codes_even_as_one_json_text(understand):
    whole = json.dumps(["AMIF-2026-TF2-AG-INTE-01", "AMIF-2026-TF2", " Integration ", "Women", "women"])
    listed, _ = understand(keywords=tuple(json.loads(whole)), call_identifier="AMIF-2026-TF2")
    packed, problems = understand(keywords=(whole,), call_identifier="AMIF-2026-TF2")
    assert listed.keywords == packed.keywords == ("Integration", "Women", "women")
    assert problems == []


def test_help_pages_and_conditions_are_no_part_of_the_text(understand):
    call, _ = understand(description="<p>Topic</p>", conditions="<p>Rules</p>", support="<p>Helpdesk</p>", note="note")
    assert (call.text, call.conditions) == ("Topic", "Rules")
    assert "Helpdesk" not in call.model_dump_json()


def test_corrections_of_the_registry_come_first(make_raw, source, reference):
    corrected = source.model_copy(update={"lookups": {"status": {"opne": "open"}, "keywords": {"wmen": "women"}}})
    ((call, issues),) = normalise([make_raw(status="opne", keywords=("wmen", "x"))], corrected, reference)
    assert (call.published_status, call.keywords, issues) == (CallStatus.OPEN, ("women", "x"), ())


def test_news_hangs_on_the_topic_of_its_code_and_never_enters_the_text(make_raw, source, reference):
    session = "<p>The submission session is now available for: AMIF-2026-TF2-AG-INTE-01</p>"
    records = [news("amif-2026-tf2-ag-inte-01", session), make_raw(description="<p>Topic</p>"), news("OTHER", "x")]
    ((call, issues),) = normalise(records, source, reference)
    assert call.text == "Topic"
    assert [update.text for update in call.updates] == [
        "The submission session is now available for: AMIF-2026-TF2-AG-INTE-01"
    ]
    assert issues == ()


def test_the_same_news_in_the_record_and_apart_counts_once_newest_first(make_raw, source, reference):
    infos = json.dumps(
        [
            {"approvalDate": "", "lastChangeDate": "2025-10-03T17:26:42.427", "content": "\\u003cp\\u003eNumbers"},
            {"lastChangeDate": "2025-11-01T09:00:00.000", "content": "<p>Later</p>"},
            {"lastChangeDate": "yesterday", "content": "<p>Undated</p>"},
        ]
    )
    raw = make_raw(latest_infos=infos)
    records = [raw, news(raw.identifier, "<p>Numbers</p>", published="2025-10-03T15:26:42.427+0000")]
    ((call, issues),) = normalise(records, source, reference)
    assert [(update.text, update.published and update.published.hour) for update in call.updates] == [
        ("Later", 8),
        ("Numbers", 15),
        ("Undated", None),
    ]
    assert [issue.field for issue in issues] == ["latest_infos.lastChangeDate"]


def test_news_of_the_same_instant_is_not_lost(make_raw, source, reference):
    raw = make_raw()
    records = [raw, *(news(raw.identifier, f"<p>{text}</p>", reference=text) for text in ("One", "Two", "Two"))]
    ((call, _),) = normalise(records, source, reference)
    assert sorted(update.text for update in call.updates) == ["One", "Two"]


def test_an_update_that_is_not_understood_is_not_forgotten(source, reference):
    ((call, issues),) = normalise([news("AMIF", "x", published="yesterday")], source, reference)
    assert call is None
    assert [(issue.field, issue.found) for issue in issues] == [("published", "yesterday")]


def test_calls_come_in_the_order_of_the_records(make_raw, source, reference):
    records = [make_raw(reference=str(number)) for number in (3, 1, 2)]
    assert [call.reference for call, _ in normalise(iter(records), source, reference)] == ["3", "1", "2"]


anything = st.text(max_size=60) | st.sampled_from(
    ["[]", "{}", "EUR 5 million", "2026-11-05T00:00:00.000+0000", "<p>x", "3", "\x00"]
)
FIELDS = {
    name: st.lists(anything, max_size=3).map(tuple) if field.annotation == tuple[str, ...] else anything
    for name, field in RawCall.model_fields.items()
    if field.annotation in (str, tuple[str, ...])
}


@pytest.mark.timeout(60)  # what takes more than linear time would take hours
@pytest.mark.parametrize("name", sorted(FIELDS.keys() - {"source"}))
def test_a_huge_field_is_one_call(make_raw, source, reference, name):
    many = RawCall.model_fields[name].annotation == tuple[str, ...]
    for piece in (
        "SMEs in EU ",
        "EUR 1.5 million - ",
        "at least 3 x from 3 ",
        "a - ",
        '{"a":[',
        "<p>Deadline 17:00 Brussels ",
    ):
        text = piece * (300_000 // len(piece))
        ((call, _),) = normalise([make_raw(**{name: (text,) if many else text})], source, reference)
        assert call is not None


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(CallKind), facts=st.fixed_dictionaries({}, optional=FIELDS))
def test_no_record_raises_or_is_lost_without_a_word(source, reference, kind, facts):
    required = {"source": "s", "reference": "r", "url": "u"}
    raw = RawCall(
        **required | facts | {"kind": kind, "fetched_at": FETCHED, "source": facts.get("source", "").strip() or "s"}
    )
    ((call, issues),) = normalise([raw], source, reference)
    if call is None:
        assert issues
    else:
        assert call.title
        assert call.reference
        assert call.url.startswith("http")
        assert "\x00" not in call.model_dump_json()
        for quote in filter(None, (criterion.quote for criterion in call.criteria)):
            assert getattr(call, quote.place)[quote.start : quote.end] == quote.text
