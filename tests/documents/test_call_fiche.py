"""A call document in the form of the EU's is read as a person would read it."""

import pytest

from matcher.model import DocumentRole
from tests.doubles import call_fiche
from tests.doubles.call_fiche import (
    DURATION,
    HEADER,
    LEAST,
    ONLY_PRIVATE,
    PUBLIC_TOO,
    RANGE,
    RATE,
    SUB_GRANTS,
    TOPICS,
    WHO,
    fiche,
)
from tests.doubles.paper import canvas


def test_says_what_it_is(texts):
    first, second = texts[1], texts[2]
    assert first.role is DocumentRole.CALL_DOCUMENT
    assert first.title == "Fund for Neighbours (TOWN) – Call for proposals"
    assert (first.version, second.version) == ("1.0, 17 January 2026", "1.1, 1 March 2026")
    assert first.language == "en"
    assert first.issues == second.issues == ()


@pytest.mark.parametrize("sentence", [WHO, LEAST, RANGE, RATE, DURATION, SUB_GRANTS, call_fiche.NO_PERSONS])
def test_sentences_are_whole_though_lines_end_within_them(texts, sentence):
    assert sentence in texts[1].text


def test_sentences_know_their_section_and_page(texts):
    text = texts[1]
    at = text.text.index(LEAST)
    assert text.section_at(at) == ("6. Eligibility", "Consortium composition")
    assert text.section_at(text.text.index(RATE)) == (
        "10. Legal and financial set-up of the grant agreements",
        "Funding rate",
    )
    section = next(one for one in text.headings if text.text[one.start : one.end] == "6. Eligibility")
    assert text.page_at(at) == text.page_at(section.start) == 7


def test_numbered_sections_are_the_headings_of_the_first_level(texts):
    text = texts[1]
    first = [text.text[one.start : one.end] for one in text.headings if one.level == 1]
    numbers = [heading.split(".")[0] for heading in first if heading[0].isdigit()]
    assert numbers == [str(number) for number in range(14)]


def test_lines_of_the_contents_are_no_headings_and_lose_their_dots(texts):
    text = texts[1]
    at = text.text.index("TABLE OF CONTENTS")
    assert "....." not in text.text
    assert text.text[at:].split("\n")[1:4] == ["0. Introduction", "3. Available budget", "6. Eligibility"]
    assert text.section_at(text.text.index("6. Eligibility")) == ("TABLE OF CONTENTS",)


def test_tables_are_kept_as_tables_and_stand_in_the_text(texts):
    text = texts[1]
    budget = next(table for table in text.tables if table.rows[0][0] == "Topic")
    assert budget.rows[1] == (TOPICS[0], "EUR 10 000 000", "EUR 400 000 to EUR 1 500 000")
    lines = text.text[budget.start : budget.end].split("\n")
    assert lines == [" | ".join(row) for row in budget.rows]
    row = next(row for table in text.tables for row in table.rows if row[0] == "Bodies that may be coordinator")
    assert row[1:] == (ONLY_PRIVATE, ONLY_PRIVATE)
    assert PUBLIC_TOO in texts[2].text


def test_running_header_and_page_numbers_are_left_out(texts):
    text = texts[1].text
    assert HEADER not in text
    assert not any(line.strip().isdigit() for line in text.split("\n"))


def test_lists_are_kept_and_marks_of_notes_are_not(texts):
    text = texts[1].text
    assert "\n- to let newcomers take part in the decisions of their town;\n" in text
    assert "Fund.4" not in text
    assert "4 The list of the Member States that take part is kept on the portal." in text


def test_the_same_content_gives_the_same_text(fiches, texts, read):
    assert read(fiches[1].read_bytes()) == texts[1]


def test_a_file_may_say_its_language_itself(read):
    def draw(page):
        page.drawString(70, 700, "Kto może składać wnioski")

    assert read(canvas(draw, "pl-PL"), url="https://example.org/42.pdf").language == "pl"
    assert read(fiche(), url="https://example.org/42.pdf").language == ""
