"""What holds for any text: quotes are verbatim, nothing raises, hostile texts are read fast, order does not matter."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.criteria import find_criteria
from matcher.model import Basis, Criterion, DocumentText
from matcher.model.documents import DocumentRole, Heading, Table

PLACE = "document:" + "0" * 64
PARAGRAPHS = (
    "The consortium must include at least three applicants from three different countries.",
    "The funding rate is 90% of the eligible costs.",
    "The maximum grant amount per project is EUR 500 000.",
    "Applicants must be public bodies or non-profit organisations.",
    "The coordinator must be a local authority.",
    "Natural persons are not eligible.",
    "Financial support to third parties is not allowed.",
    "Projects should normally range between 12 and 24 months.",
    "Applications must be submitted in English.",
)
SCRAPS = st.sampled_from(
    (
        *PARAGRAPHS, "at least", " three ", "EUR 1 000 000", " | ", "- ", "• ", "must be:", "\n", "\r\n",
        "[[", "]]", "(", "1.", "Eligible countries", "such as", "80%", "months", "\u00a0", "Topic 2",
        "AMIF-2031-TF2-AG-ONE-01", "ß", "𝔸",
    )
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(SCRAPS, max_size=25).map("".join))


def document(text: str, pages: tuple[int, ...] = (), **parts: object) -> DocumentText:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return DocumentText(
        sha256=digest, reader="test", role=DocumentRole.CALL_DOCUMENT, text=text, pages=pages, **parts
    )  # fmt: skip


def read(text: str) -> tuple[Criterion, ...]:
    return find_criteria(document(text), Basis.CALL_DOCUMENT, PLACE)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_quote_stands_verbatim_in_the_text(text):
    for one in read(text):
        assert one.quote is not None
        assert text[one.quote.start : one.quote.end] == one.quote.text != ""
        assert one.quote.place == PLACE
        assert one.quote.page is None


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_criteria(text):
    assert read(text) == read(text)


@settings(max_examples=50, deadline=None)
@given(st.permutations(PARAGRAPHS))
def test_the_order_of_independent_paragraphs_does_not_matter(paragraphs):
    def conditions(texts):
        return {(one.kind, one.values, one.role, one.together, one.confidence) for one in read("\n\n".join(texts))}

    assert conditions(paragraphs) == conditions(PARAGRAPHS)
    assert len(conditions(PARAGRAPHS)) == 11


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from(PARAGRAPHS))
def test_a_number_that_was_found_stands_in_its_quote(text, paragraph):
    for one in read(f"{text}\n\n{paragraph}"):
        if one.kind == "funding_rate" and one.quote:
            assert all(value in one.quote.text for value in one.values)


HOSTILE = (
    "at least three " * 6_000,
    "consortium of " * 6_000,
    "must must " * 4_000,
    "(" * 30_000,
    "[[" * 15_000,
    "a" * 100_000,
    "Applicants must be public bodies, " * 4_000,
    "EUR 1 000 000 to " * 15_000,
    " | ".join(["at least EUR 5"] * 5_000),
    "- applicants must:\n" * 3_000,
    "only natural persons are " * 4_000,
    "established in " * 6_000,
    "such as " * 4_000,
    "80% of the eligible " * 15_000,
    "Topic 1 AMIF-2031-TF2-AG-ONE-01 " * 4_000,
    "between one and two and three or more partners " * 6_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:18])
def test_hostile_texts_take_seconds_at_most(text):
    before = time.process_time()
    read(text)
    assert time.process_time() - before < 5


def test_a_quote_from_a_document_knows_its_page():
    pages = ("First page.\n", "The funding rate is at most 80% of costs.\n", "")
    text = "".join(pages)
    found = find_criteria(document(text, (0, 12, len(text))), Basis.CALL_DOCUMENT, PLACE)
    assert [(one.values, one.quote and one.quote.page) for one in found] == [(("80",), 2)]


def test_a_document_in_another_language_gives_nothing():
    text = document("The funding rate is at most 80% of costs.", language="fr")
    assert find_criteria(text, Basis.CALL_DOCUMENT, PLACE) == ()


def test_headings_tell_how_sure_a_condition_is():
    text = "Scope\nProposals must be submitted by a consortium of at least three applicants.\n"
    where = document(text, headings=(Heading(level=1, start=0, end=5),))
    (scope,) = find_criteria(where, Basis.CALL_DOCUMENT, PLACE)
    (eligible,) = read(text.replace("Scope", "Eligibility"))
    assert scope.confidence < eligible.confidence


def test_the_columns_of_a_table_name_its_amounts_and_topics():
    rows = (
        ("Topic", "Minimum grant (EUR)", "Maximum grant (EUR)"),
        ("AMIF-2031-TF2-AG-ONE-01", "500 000", "1 000 000"),
        ("AMIF-2031-TF2-AG-ONE-02", "750 000", "1 500 000"),
    )
    text = "\n".join(" | ".join(row) for row in rows)
    found = find_criteria(
        document(text, tables=(Table(start=0, end=len(text), rows=rows),)), Basis.CALL_DOCUMENT, PLACE
    )
    assert {(one.kind.value, one.values, one.topics) for one in found} == {
        ("grant_min", ("500000",), ("AMIF-2031-TF2-AG-ONE-01",)),
        ("grant_max", ("1000000",), ("AMIF-2031-TF2-AG-ONE-01",)),
        ("grant_min", ("750000",), ("AMIF-2031-TF2-AG-ONE-02",)),
        ("grant_max", ("1500000",), ("AMIF-2031-TF2-AG-ONE-02",)),
    }
    assert {one.quote.text for one in found if one.quote} == set(text.split("\n")[1:])


TWO_TOPICS = "Topic 1: AMIF-2031-TF2-AG-ONE-01\nTopic 2: AMIF-2031-TF2-AG-ONE-02\nEligibility\n"


@pytest.mark.parametrize(
    "columns",
    [
        ("Topic", "1. WELCOME", "2. COUNCIL"),
        ("Condition", "Topic 1", "Topic 2"),
        ("Topics", "AMIF-2031-TF2-AG-ONE-01", "AMIF-2031-TF2-AG-ONE-02"),
    ],
)
def test_a_table_with_a_column_for_each_topic_is_read_cell_by_cell(columns):
    rows = (columns, ("Minimum number of applicants", "3", "5"), ("Minimum EU grant (EUR)", "750 000", "1 000 000"))
    table = "\n".join(" | ".join(row) for row in rows)
    assert {(one.kind.value, one.values, one.topics) for one in read(TWO_TOPICS + table)} == {
        ("min_applicants", ("3",), ("AMIF-2031-TF2-AG-ONE-01",)),
        ("min_applicants", ("5",), ("AMIF-2031-TF2-AG-ONE-02",)),
        ("grant_min", ("750000",), ("AMIF-2031-TF2-AG-ONE-01",)),
        ("grant_min", ("1000000",), ("AMIF-2031-TF2-AG-ONE-02",)),
    }


def test_a_sentence_for_one_topic_holds_for_that_topic_alone():
    text = (
        "Topic 1: AMIF-2031-TF2-AG-ONE-01\nTopic 2: AMIF-2031-TF2-AG-ONE-02\nEligibility\n"
        "For topic 2 the consortium must have at least four applicants.\nThe funding rate is 90% of the eligible costs."
    )
    assert {(one.values, one.topics) for one in read(text)} == {
        (("4",), ("AMIF-2031-TF2-AG-ONE-02",)),
        (("90",), ()),
    }


COORDINATOR = "The coordinator must be a local authority."


@pytest.mark.parametrize(
    ("before", "topics"),
    [
        ("For topic 2, at least four applicants must take part. ", ("AMIF-2031-TF2-AG-ONE-02",)),
        ("For AMIF-2031-TF2-AG-ONE-02, at least four\napplicants must take part. ", ("AMIF-2031-TF2-AG-ONE-02",)),
        ("For topic 1, two applicants. For topic 2, four applicants. ", ("AMIF-2031-TF2-AG-ONE-02",)),
        ("For topic 2, four applicants. For all topics, papers are in English. ", ()),
        ("For topic 2, at least four applicants must take part.\n", ()),
        ("Topic 2 has a smaller budget than before. In all other respects nothing changes.\n", ()),
    ],
)
def test_a_sentence_holds_for_the_topic_that_its_paragraph_speaks_of(before, topics):
    (found,) = [one for one in read(TWO_TOPICS + before + COORDINATOR) if one.role]
    assert (found.quote.text, found.topics) == (COORDINATOR, topics)


def test_a_topic_that_cannot_be_told_makes_the_condition_uncertain():
    text = "Under topic 3 the consortium must have at least four applicants."
    (found,) = read(f"AMIF-2031-TF2-AG-ONE-01\nAMIF-2031-TF2-AG-ONE-02\n{text}")
    assert found.confidence < 0.8
    assert found.topics == ()
