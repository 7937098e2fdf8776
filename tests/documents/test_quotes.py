"""Laws over all documents there are: every quote, heading, table and page stands where it is said to stand."""

import pytest

from crawler.criteria import find_criteria
from matcher.model import DOCUMENT, Basis
from matcher.sentences import sentences
from tests.doubles import faulty_papers
from tests.doubles.call_fiche import fiche

MAKERS = {
    "first edition": fiche,
    "second edition": lambda: fiche(2),
    "large letters": lambda: fiche(2, 15.0),
    "small letters": lambda: fiche(1, 8.5),
    "guide": lambda: faulty_papers.guide(12),
    "columns": faulty_papers.two_columns,
    "scanned": faulty_papers.scanned,
    "broken table": faulty_papers.broken_table,
    "landscape": faulty_papers.turned,
    "divided": faulty_papers.divided_words,
    "unreadable page": faulty_papers.unreadable_page,
    "word": faulty_papers.word_document,
    "html": faulty_papers.HTML.encode,
}


@pytest.fixture(params=MAKERS, ids=str)
def text(request, read):
    return read(MAKERS[request.param]())


def test_every_quote_stands_verbatim_at_its_place_and_page(text):
    for one in find_criteria(text, Basis.CALL_DOCUMENT, f"{DOCUMENT}{text.sha256}"):
        quote = one.quote
        assert text.text[quote.start : quote.end] == quote.text
        assert quote.page == (text.page_at(quote.start) if text.pages else None)
        assert quote.document == text.sha256


def test_every_sentence_stands_verbatim_at_its_place(text):
    found = sentences(text.text)
    assert found
    assert all(text.text[one.start : one.end] == one.text for one in found)


def test_headings_tables_and_pages_stand_in_the_text(text):
    for one in text.headings:
        heading = text.text[one.start : one.end]
        assert heading == heading.strip() != ""
        assert "\n" not in heading
        assert text.section_at(one.start)[-1] == heading
    for table in text.tables:
        assert text.text[table.start : table.end].split("\n") == [" | ".join(row) for row in table.rows]
        assert len({len(row) for row in table.rows}) == 1
    assert list(text.pages) == sorted(text.pages)
    assert all(0 <= page <= len(text.text) for page in text.pages)


def test_the_text_is_clean(text):
    assert not set("\u00a0\u00ad\ufb01\ufb02\x02\r\t") & set(text.text)
    assert "  " not in text.text.replace(" |  | ", " | | ").replace(" |  |", " | |")


def test_criteria_of_the_call_fiche_carry_page_and_section(read):
    text = read(fiche(2))
    found = find_criteria(text, Basis.CALL_DOCUMENT, f"{DOCUMENT}{text.sha256}")
    kinds = {one.kind.value: one for one in found}
    assert {"min_applicants", "funding_rate", "sub_grant_max", "duration_max"} <= set(kinds)
    assert kinds["min_applicants"].quote.page == 7
    assert kinds["funding_rate"].quote.page == 9
