"""What a reader of a document does not see is no condition; what is not sure to be read is told."""

import time

import pytest

from crawler.criteria import find_criteria
from crawler.documents.formats import DOCX, HTML
from crawler.documents.letters import without_leader
from matcher.model import DOCUMENT, Basis, CriterionKind
from tests.doubles import faulty_papers, hidden_papers
from tests.doubles.faulty_papers import SENTENCE
from tests.doubles.hidden_papers import HIDDEN

LEFT_OUT = "words that no reader of the page sees were left out"


def least_applicants(text):
    found = find_criteria(text, Basis.CALL_DOCUMENT, f"{DOCUMENT}{text.sha256}")
    return [one.values for one in found if one.kind is CriterionKind.MIN_APPLICANTS]


@pytest.mark.parametrize("make", [hidden_papers.invisible, hidden_papers.white, hidden_papers.off_the_page])
def test_words_that_nobody_sees_are_left_out_and_told(make, read):
    text = read(make())
    assert text.text == SENTENCE
    assert [(issue.problem, issue.found, issue.place) for issue in text.issues] == [(LEFT_OUT, HIDDEN, "page 1")]
    assert least_applicants(text) == []


def test_the_same_words_where_they_are_seen_are_a_condition(read):
    from tests.doubles.paper import canvas

    assert least_applicants(read(canvas(lambda page: page.drawString(70, 700, HIDDEN)))) == [("9",)]


def test_white_words_on_a_colour_are_seen(read):
    text = read(hidden_papers.white_on_blue())
    assert (text.text, text.issues) == (SENTENCE, ())


def test_words_that_a_machine_saw_in_a_picture_are_read_and_told(read):
    text = read(hidden_papers.recognised())
    assert text.text == f"{SENTENCE} {HIDDEN}"
    [issue] = text.issues
    assert issue.problem.startswith("scanned: another machine took the picture for these words")


def test_letters_that_nobody_knows_are_not_guessed(read):
    text = read(hidden_papers.unknown_letters())
    [issue] = text.issues
    assert issue.problem == "its font does not tell which letters these are"
    assert not any(letter.isalnum() for letter in text.text)
    assert "\ufffd" in text.text


def test_a_file_within_the_file_is_told(read):
    text = read(hidden_papers.with_a_file())
    assert text.text == SENTENCE
    assert [(issue.problem, issue.found) for issue in text.issues] == [
        ("files are packed in it; they were not read", "1 files")
    ]


def test_squared_paper_is_read_without_looking_for_cells(read):
    begin = time.process_time()
    text = read(hidden_papers.many_rules())
    assert time.process_time() - begin < 20
    assert SENTENCE in text.text
    assert text.issues[0].problem == "too many drawn lines to look for tables"


def test_a_page_of_very_many_rows_takes_no_more_than_moments(read):
    begin = time.process_time()
    assert read(hidden_papers.many_rows()).text.startswith("left right")
    assert time.process_time() - begin < 20


def test_a_line_of_dots_takes_no_more_than_moments():
    begin = time.process_time()
    assert without_leader("x" + ". " * 200_000 + "x")[1] is False
    assert without_leader("Eligibility" + " ." * 200_000 + " 7") == ("Eligibility", True)
    assert time.process_time() - begin < 5


RUN = "<w:r><w:t>towns</w:t></w:r>"


def test_hidden_words_of_word_are_left_out(read):
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{HIDDEN}</w:t></w:r>"
    seen = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> and cities</w:t></w:r>'
    text = read(faulty_papers.word_with(towns=f"{hidden}{RUN}{seen}"), DOCX).text
    assert "\n- towns and cities\n" in text
    assert HIDDEN not in text


def test_a_cell_that_spans_millions_of_columns_is_a_broken_table(read):
    text = read(faulty_papers.word_with(span='<w:gridSpan w:val="100000000"/>'), DOCX)
    [issue] = text.issues
    assert issue.problem == "a table is broken; its words follow as running text"
    assert "EUR 2" in text.text


def test_an_outline_level_that_is_no_number_is_none(read):
    text = read(
        faulty_papers.word_with(begin="<w:document ", towns=RUN + '<w:pPr><w:outlineLvl w:val="²"/></w:pPr>'), DOCX
    )
    assert "- towns" in text.text


def test_styles_that_rest_on_each_other_end(read):
    text = read(faulty_papers.word_with_circle_of_styles(), DOCX)
    assert "towns" in text.text


def test_a_document_type_in_word_is_told(read):
    text = read(faulty_papers.word_with(begin='<!DOCTYPE d [<!ENTITY x "y">]><w:document '), DOCX)
    assert [issue.problem for issue in text.issues] == [
        "it holds a document type; words that this stands for were not read"
    ]


def test_a_web_page_whose_cell_spans_a_number_of_thousands_of_digits(read):
    page = faulty_papers.HTML.replace("<th>Topic", f'<th colspan="{"9" * 5000}">Topic')
    assert "EUR 1" in read(page.encode(), HTML).text
