"""Every fault of a file becomes a clear issue; what can be read is read; nothing raises."""

import pytest

from crawler.document_files import OFFICE, PDF
from crawler.documents.docx import MOST_BYTES
from crawler.documents.formats import DOCX, HTML
from crawler.documents.pdf import MOST_PAGES, read_pdf
from tests.doubles import faulty_papers
from tests.doubles.call_fiche import fiche
from tests.doubles.faulty_papers import LEFT, RIGHT, SENTENCE


def problems(text) -> list[str]:
    return [issue.problem for issue in text.issues]


def test_encrypted(read):
    text = read(faulty_papers.with_password())
    assert text.text == ""
    [issue] = text.issues
    assert issue.problem == "encrypted; it opens with a password only"
    assert issue.allowed == "a PDF that opens without a password"


def test_a_password_of_the_owner_alone_forbids_no_reading(read):
    text = read(faulty_papers.with_owner_password())
    assert text.text == SENTENCE
    assert text.issues == ()


def test_two_columns_are_read_one_after_the_other_and_what_spans_them_around_them(read):
    text = read(faulty_papers.two_columns()).text
    title, left, right, below = text.split("\n")
    assert title == "Guide for towns and for those who come to live in them"
    assert left == " ".join([LEFT] * 3)
    assert right == " ".join([RIGHT] * 3)
    assert below == f"Below both columns: {SENTENCE}"


def test_a_scanned_page_is_named_and_the_others_are_read(read):
    text = read(faulty_papers.scanned())
    [issue] = text.issues
    assert issue.problem == "scanned: what stands in the picture was not read"
    assert issue.place == "page 2"
    assert text.text.count(SENTENCE) == 2
    assert text.page_at(text.text.rindex(SENTENCE)) == 3


def test_words_of_a_broken_table_are_told_and_kept(read):
    text = read(faulty_papers.broken_table())
    [issue] = text.issues
    assert issue.problem.startswith("a table is broken")
    assert (issue.found, issue.place) == ("EUR 5 000 000", "page 1")
    for words in ("Topic one", "EUR 5 000 000", "Topic two", SENTENCE):
        assert words in text.text


def test_a_page_in_landscape_is_read_upright(read):
    assert read(faulty_papers.turned()).text.startswith(SENTENCE)


def test_words_divided_at_line_ends_are_made_whole(read):
    assert read(faulty_papers.divided_words()).text == (
        "The consortium counts every municipality once, and each non-profit association too. "
        "Since the EU-Programme pays EUR 60 000 only, they ask for co-financing elsewhere."
    )


def test_a_page_that_is_no_page_is_named_and_the_others_are_read(read):
    text = read(faulty_papers.unreadable_page())
    assert problems(text) == ["the page cannot be read; the others were"]
    assert text.issues[0].place == "page 2"
    assert text.text == "Towns may apply.\nTowns may apply."
    assert text.pages == (0, 17, 17)


def test_html_that_was_saved_as_pdf_is_read_as_what_it_is(read):
    text = read(faulty_papers.HTML.encode(), PDF)
    assert problems(text) == ["it is not what it was said to be; it was read as what it is"]
    assert (text.issues[0].found, text.issues[0].allowed) == (PDF, HTML)
    assert SENTENCE in text.text


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_pdf_that_was_cut_off_is_told(share, read):
    whole = fiche()
    text = read(whole[: int(len(whole) * share)])
    assert any("cut off" in problem for problem in problems(text))


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 5000, b"%PDF-1.7\n", b"%PDF-1.7" + bytes(range(256)) * 40, b"PK\x03\x04no zip", b"hello"]
)
def test_garbage_gives_an_issue_and_no_text(content, read):
    text = read(content)
    assert text.text == ""
    assert len(text.issues) >= 1
    assert all(issue.problem and issue.allowed for issue in text.issues)


def test_a_spreadsheet_is_not_read_and_said_so(read):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    [issue] = read(out.getvalue(), OFFICE["xl/workbook.xml"]).issues
    assert (issue.problem, issue.allowed) == ("not read: no format that can be read", "PDF, DOCX, HTML")


def test_word(read):
    text = read(faulty_papers.word_document(), DOCX)
    assert text.issues == ()
    assert text.pages == ()
    assert text.page_at(100) == 1
    levels = [(text.text[one.start : one.end], one.level) for one in text.headings]
    assert levels == [("Call for projects of towns", 1), ("6. Eligibility", 1), ("6.1 Who may apply", 2)]
    assert "\n- towns\n- associations of newcomers\n" in text.text
    assert [table.rows for table in text.tables] == [(("Topic", "Grant", ""), ("One", "EUR 1", "EUR 2"))]


def test_word_with_tracked_changes_says_what_stands_there_now(read):
    changed = "<w:ins><w:r><w:t>counties</w:t></w:r></w:ins><w:del><w:r><w:delText>towns</w:delText></w:r></w:del>"
    content = faulty_papers.word_with(towns=changed)
    text = read(content, DOCX).text
    assert "\n- counties\n" in text
    assert "- towns" not in text


def test_word_with_a_broken_table_keeps_its_words(read):
    text = read(faulty_papers.word_with(span='<w:gridSpan w:val="x"/>'), DOCX)
    [issue] = text.issues
    assert issue.problem == "a table is broken; its words follow as running text"
    assert issue.place == "table 1"
    assert "EUR 2" in text.text


def test_word_that_unpacks_too_large_is_not_opened(read):
    [issue] = read(faulty_papers.bomb(MOST_BYTES // 1_000_000 + 1), DOCX).issues
    assert issue.problem == "unpacked it is too large; it was not opened"


def test_word_that_lies_about_its_size_is_damaged(read):
    [issue] = read(faulty_papers.lying_bomb(), DOCX).issues
    assert issue.problem == "not a DOCX that can be read: cut off or damaged"


def test_html(read):
    text = read(faulty_papers.HTML.encode(), HTML)
    assert text.issues == ()
    assert text.language == "en"
    assert text.text.split("\n") == [
        "Call for projects",
        "6. Eligibility",
        SENTENCE,
        "- towns",
        "- associations of newcomers",
        "Topic | Grant",
        "One | EUR 1",
        "7. Money",
        "At most 90 %.",
    ]
    assert text.section_at(text.text.index("- towns")) == ("Call for projects", "6. Eligibility")


def test_no_entity_of_html_or_word_reaches_another_file(read, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret", encoding="utf-8")
    entity = f'[<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    page = f"<!DOCTYPE html {entity}<html><body><p>a &x; b</p></body></html>"
    assert "the secret" not in read(page.encode(), HTML).text
    word = faulty_papers.word_with(begin=f"<!DOCTYPE d {entity}<w:document ", towns="<w:r><w:t>a &x; b</w:t></w:r>")
    text = read(word, DOCX)
    assert SENTENCE in text.text
    assert "the secret" not in text.text


def test_a_million_pages_are_not_all_read(read):
    text = read(faulty_papers.many_pages())
    assert problems(text) == [f"only the first {MOST_PAGES} pages were read"]
    assert len(text.pages) == MOST_PAGES


@pytest.mark.parametrize("make", [faulty_papers.looping_pages, faulty_papers.nested])
def test_trees_without_end(make, read):
    assert read(make()).text == ""


def test_a_pdf_that_takes_too_long_is_read_as_far_as_time_goes(tmp_path):
    path = tmp_path / "slow.pdf"
    path.write_bytes(faulty_papers.guide(6))
    moments = iter([0.0, 1.0, 1.0, 1.0, 500.0])
    reading = read_pdf(path, lambda: next(moments))
    assert len(reading.pages) == 3
    assert reading.issues[0].found == "page 4 of 6"
