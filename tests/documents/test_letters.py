"""Letters, line ends, list marks and numbers of sections, as they are searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents.assembly import Assembly
from crawler.documents.blocks import Block, Kind, Reading, heading, item, paragraph, table
from crawler.documents.furniture import without_furniture
from crawler.documents.headings import levels
from crawler.documents.identity import language_of, role_of, title_of, version_of
from crawler.documents.letters import as_item, clean, joined, without_leader
from crawler.documents.words import Line
from matcher.model import DocumentRole


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("e\ufb03cient o\ufb00er", "efficient offer"),
        ("EUR\u00a060\u202f000", "EUR 60 000"),
        ("co\u2011applicant", "co-applicant"),
        ("zero\u200bwidth and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("  two \n lines ", "two lines"),
    ],
)
def test_letters_are_as_a_reader_types_them(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("every muni-", "cipality", "every municipality"),
        ("a non-", "profit body", "a non-profit body"),
        ("each co-", "applicant", "each co-applicant"),
        ("the EU-", "Programme", "the EU-Programme"),
        ("2021-", "2027", "2021-2027"),
        ("a dash -", "and more", "a dash - and more"),
        ("one line", "another", "one line another"),
    ],
)
def test_lines_are_joined(first, second, whole):
    assert joined(first, second) == whole


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("• towns", "- towns"),
        ("– regions", "- regions"),
        ("(a) towns", "(a) towns"),
        ("iii) towns", "iii) towns"),
        ("-5 degrees", None),
        ("o towns", "- towns"),
        ("of towns", None),
    ],
)
def test_marks_of_lists(text, marked):
    assert as_item(text) == marked


def test_dots_of_contents_go():
    assert without_leader("6. Eligibility ........ 11") == ("6. Eligibility", True)
    assert without_leader("6. Eligibility . . . . . 11") == ("6. Eligibility", True)
    assert without_leader("It ends here...") == ("It ends here...", False)


def line(text, top=400.0, size=10.0, bold=False):
    return Line(text, 70.0, top, 400.0, top + size, size, bold)


def pages_of(*texts, top=30.0):
    return [(842.0, [line(text, top), line(f"Words of page {number}.")]) for number, text in enumerate(texts)]


def test_a_heading_on_top_of_many_pages_is_no_running_header():
    chapters = [f"{number}. Eligibility" for number in range(1, 9)]
    assert [len(lines) for lines in without_furniture(pages_of(*chapters, top=90.0))] == [2] * 8
    assert [
        len(lines) for lines in without_furniture(pages_of(*["Guide, page 1", "Guide, page 2", "Guide, page 3"]))
    ] == [1] * 3


def test_topics_that_each_begin_a_page_are_no_running_headers():
    topics = pages_of(*[f"Topic {number}" for number in range(1, 6)])
    larger = [(height, [lines[0]._replace(size=14.0), lines[1]]) for height, lines in topics]
    assert [len(lines) for lines in without_furniture(larger)] == [2] * 5


def test_the_header_of_a_chapter_of_two_pages_counts_the_pages():
    pages = pages_of("A beginning", "Chapter 2: Towns 7", "Chapter 2: Towns 8", "An end")
    assert [len(lines) for lines in without_furniture(pages)] == [2, 1, 1, 2]


def test_what_is_repeated_far_apart_is_no_running_header():
    texts = ["Who may apply" if number % 20 == 0 else f"Line {'x' * number}" for number in range(61)]
    assert [len(lines) for lines in without_furniture(pages_of(*texts))] == [2] * 61


def test_numbers_tell_the_level_and_the_rest_follows_their_style():
    large, middle, small = (14.0, True), (12.0, True), (10.0, True)
    found = [("6. Eligibility", large), ("6.1 Who", middle), ("In detail", small), ("Help", large)]
    assert levels(found) == [1, 2, 3, 1]


URLS = "https://ec.europa.eu/info/funding-tenders/opportunities/docs/2021-2027"


@pytest.mark.parametrize(
    ("url", "label", "role"),
    [
        (f"{URLS}/amif/wp-call/2023/call-fiche_amif-2023-tf2-ag_en.pdf", "", DocumentRole.CALL_DOCUMENT),
        (f"{URLS}/amif/wp-call/2023-2025/wp_amif-2023-2025_en.pdf", "", DocumentRole.WORK_PROGRAMME),
        (f"{URLS}/cerv/temp-form/af/af_cerv-pjg_en.pdf", "", DocumentRole.TEMPLATE),
        (f"{URLS}/common/agr-contr/general-mga_horizon-euratom_en.pdf", "", DocumentRole.TEMPLATE),
        (f"{URLS}/erasmus/guidance/programme-guide_erasmus_2025_en.pdf", "", DocumentRole.PROGRAMME_GUIDE),
        ("https://example.org/42.pdf", "Guidelines for applicants", DocumentRole.CALL_DOCUMENT),
        ("https://example.org/42.pdf", "Application form template", DocumentRole.TEMPLATE),
        ("https://example.org/42.pdf", "Photo of a bridge", DocumentRole.OTHER),
    ],
)
def test_roles(url, label, role):
    assert role_of(label, url, Reading()) is role


def test_the_first_page_tells_the_role_where_nothing_else_does():
    reading = Reading(pages=[[heading("Call for proposals", 1), paragraph("Version 2.0 3 May 2026")]])
    assert role_of("", "https://example.org/42.pdf", reading) is DocumentRole.CALL_DOCUMENT
    assert version_of(reading) == "2.0, 3 May 2026"
    assert title_of(reading, "a link") == "Call for proposals"
    assert title_of(Reading(title="Microsoft Word - draft3.docx"), "a link") == "a link"


def test_language_is_as_told_then_as_the_address_says():
    assert language_of(Reading(), "de", "https://example.org/a_en.pdf") == "de"
    assert language_of(Reading(), "", "https://example.org/a_en.pdf?x=1") == "en"
    assert language_of(Reading(language="pl-PL"), "", "https://example.org/a.pdf") == "pl"
    assert language_of(Reading(), "", "https://example.org/a.pdf") == ""


words = st.text("abc DE.:-|é", min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
blocks = st.one_of(
    words.map(paragraph),
    words.map(lambda text: item(f"- {text}")),
    st.builds(heading, words, st.integers(1, 6)),
    words.map(lambda text: Block(Kind.NOTE, text)),
    st.lists(st.tuples(words, words), min_size=1, max_size=3).map(table),
)


@given(st.lists(st.lists(blocks, max_size=5), max_size=5))
def test_everything_in_a_text_knows_its_place(pages):
    made = Assembly(pages)
    text, starts = made.text, made.pages
    assert len(starts) == len(pages)
    assert list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
    told = [block for page in pages for block in page]
    headings = [text[one.start : one.end] for one in made.headings]
    assert headings == [block.text for block in told if block.kind is Kind.HEADING]
    assert [one.rows for one in made.tables] == [block.rows for block in told if block.kind is Kind.TABLE]
    for one in made.tables:
        assert text[one.start : one.end] == "\n".join(" | ".join(row) for row in one.rows)
    for number, page in enumerate(pages):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        for block in page:
            if block.kind is Kind.HEADING:
                assert block.text in text[starts[number] : end]
