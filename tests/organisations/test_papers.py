"""What somebody hands in: read where it is a document, refused in words where it is anything else, always in time."""

import io

import docx
import pytest

from matcher.organisations.papers import MOST_BYTES, MOST_CHARACTERS, Unreadable, handed_in, pasted
from tests.doubles import faulty_papers as papers
from tests.doubles.paper import pdf

TEXT = "Open Doors is an association of newcomers in Bologna."


def word(*paragraphs):
    out, document = io.BytesIO(), docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xef\xbb\xbf" + TEXT.encode(),
        word(TEXT),
        pdf([("body", TEXT)]),
    ],
    ids=["utf-8", "utf-16", "with mark", "docx", "pdf"],
)
def test_documents_are_read(content):
    assert TEXT in handed_in(content)


def test_letters_of_windows_are_read():
    assert "Grüße aus Düsseldorf für Köln" in handed_in("Grüße aus Düsseldorf für Köln".encode("cp1252"))


REFUSED = {
    "empty": (lambda: b"", "There is no text"),
    "large": (lambda: b"x" * (MOST_BYTES + 1), "too large"),
    "locked": (papers.with_password, "opens with a password only"),
    "cut": (lambda: b"%PDF-1.7 and then nothing", "damaged or cut off"),
    "half a docx": (lambda: word(TEXT)[:2000], "no file that can be read"),
    "garbage": (lambda: bytes(range(256)) * 99, "no file that can be read"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(999), "no file that can be read"),
    "many pages": (lambda: papers.many_pages(10_000), "10000 pages; 200 are the most"),
    "long": (lambda: papers.guide(201), "pages; 200 are the most"),
    "blank": (lambda: pdf([("body", " ")]), "No letters were found"),
    "bomb": (papers.bomb, "damaged or cut off"),
    "lying bomb": (papers.lying_bomb, ""),
    "heavy": (papers.heavy_page, ""),
    "loop": (papers.looping_pages, ""),
    "nested": (papers.nested, ""),
    "address": (lambda: b"https://organisation.example/about", "Addresses are not opened"),
}
"""What is handed in, made when its test runs: some take seconds, and every start of the tests reads this file."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name):
    made, told = REFUSED[name]
    with pytest.raises(Unreadable) as refused:
        handed_in(made())
    assert told in refused.value.told


@pytest.mark.parametrize(
    "text",
    ["https://a.example", " http://a.example/x?y \n www.b.example ", "file:///etc/passwd", "ftp://a.example/b"],
)
def test_addresses_are_not_opened(text):
    with pytest.raises(Unreadable, match="not opened"):
        pasted(text)


def test_an_address_in_a_text_is_left_alone():
    assert pasted("We are at https://a.example and open.") == "We are at https://a.example and open."


def test_a_text_is_cut_where_it_is_too_long_and_cleaned():
    assert pasted("a\x00b\u202ec") == "abc"
    assert len(pasted("a" * (MOST_CHARACTERS + 5))) == MOST_CHARACTERS
