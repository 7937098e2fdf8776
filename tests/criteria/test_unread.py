"""Sentences that look like conditions and were not understood are shown for reading."""

from __future__ import annotations

from crawler.criteria import find_criteria
from matcher.documents.unread import SHOWN, unread_conditions
from matcher.embedding import HashingEncoder, MemoryCache
from matcher.model import Basis, DocumentText
from matcher.model.documents import DocumentRole, Heading

SHA = "a" * 64
PLACE = f"document:{SHA}"
UNREAD = "Applicants controlled from a country that is not eligible may not take part in the call."
READ = "The consortium must include at least three applicants from three different countries."
SCOPE = "Activities must reach at least one hundred people who apply for a job in the city."
TEXT = f"Scope\n{SCOPE}\nEligibility\n{READ}\n{UNREAD}\nThe sun shines on all of them on most days of the year."


def document(text: str) -> DocumentText:
    titles = [
        Heading(level=1, start=text.index(title), end=text.index(title) + len(title)) for title in ("Scope", "Eligib")
    ]
    return DocumentText(
        sha256=SHA, reader="test", role=DocumentRole.CALL_DOCUMENT, text=text, pages=(0,), headings=tuple(titles)
    )  # fmt: skip


def unread(text: str) -> list[str]:
    read = find_criteria(document(text), Basis.CALL_DOCUMENT, PLACE)
    quotes = unread_conditions(document(text), read, HashingEncoder(), MemoryCache())
    assert all(text[one.start : one.end] == one.text and one.page == 1 and one.place == PLACE for one in quotes)
    return [one.text for one in quotes]


def test_only_what_binds_stands_under_conditions_and_was_not_read_is_shown():
    assert unread(TEXT) == [UNREAD]


def test_a_long_document_shows_the_nearest_in_the_order_of_the_text():
    many = "\n".join(f"Rule {number}: the archive must be kept in box {number} of the cellar." for number in range(40))
    shown = unread(f"{TEXT}\n{many}")
    assert len(shown) == SHOWN
    assert shown[0] == UNREAD
    assert shown[1:] == sorted(shown[1:], key=f"{TEXT}\n{many}".index)


def test_a_text_without_conditions_shows_nothing():
    assert unread("Scope\nEligibility\nWe are glad that you read this document to its end.") == []
