"""What differs between two states of a document, and what only looks as if it did."""

import pytest

from crawler.documents.formats import read_here
from matcher.documents.changes import changes
from matcher.model import DocumentRole, DocumentText, Heading, Table
from tests.doubles.call_fiche import EXCLUSION, ONLY_PRIVATE, PUBLIC_TOO, fiche


def text_of(*lines: str, rows=()) -> DocumentText:
    """Lines beginning with # are headings of the first level, with ## of the second."""
    text, headings, tables = "", [], []
    for line in lines:
        level = len(line) - len(line.lstrip("#"))
        line = line.lstrip("# ")
        headings += [Heading(level=level, start=len(text), end=len(text) + len(line))] if level else []
        text += f"{line}\n"
    for row in rows:
        start = len(text)
        text += f"{' | '.join(row)}\n"
        tables.append(Table(start=start, end=len(text) - 1, rows=(row,)))
    return DocumentText(
        sha256="a" * 64,
        reader="test",
        role=DocumentRole.CALL_DOCUMENT,
        text=text,
        pages=(0,),
        headings=tuple(headings),
        tables=tuple(tables),
    )


def test_the_second_edition_changed_a_row_and_added_an_exclusion(texts):
    found = changes(texts[1], texts[2])

    assert found.versions == ("1.0, 17 January 2026", "1.1, 1 March 2026")
    overview, hungary = sorted(found.eligibility, key=lambda one: one.section[-1] != "Overview of the conditions")
    assert overview.section == ("6. Eligibility", "Overview of the conditions")
    [(was, now)] = overview.changed
    assert ONLY_PRIVATE in was.text
    assert PUBLIC_TOO in now.text
    assert now.page == 7
    assert [one.text for one in hungary.came] == [EXCLUSION]
    assert not hungary.gone
    assert not hungary.changed
    assert len(found.noted) == 1
    assert "one row of the table on participation" in found.noted[0]


def test_only_the_cover_differs_beside_what_decides(texts):
    found = changes(texts[1], texts[2])
    others = [one for one in found.sections if not one.decides]
    assert [one.changed[0][0].text for one in others] == ["TOWN-2026-TF2-AG-CALL Version 1.0 17 January 2026"]


@pytest.mark.parametrize("size", [9.0, 12.5, 15.0])
def test_larger_letters_and_other_pages_are_no_change(size, texts, tmp_path):
    path = tmp_path / "larger.pdf"
    path.write_bytes(fiche(1, size))
    other = read_here(path, "application/pdf")

    assert len(other.pages) >= len(texts[1].pages)
    assert changes(texts[1], other).sections == ()
    assert changes(other, texts[1]).sections == ()


def test_what_moved_is_no_change():
    was = text_of("# 1. Eligibility", "Towns may apply. Regions may apply as well.", "# 2. Money", "At most 90 %.")
    now = text_of("# 1. Money", "At most 90 %.", "# 2. Eligibility", "Regions may apply as well. Towns may apply.")
    assert changes(was, now).sections == ()


def test_a_sentence_that_a_page_cut_in_two_is_no_change():
    was = text_of("# Eligibility", "Applicants come from three Member States of the Union.")
    now = text_of("# Eligibility", "Applicants come from three", "Member States of the Union.")
    assert changes(was, now).sections == changes(now, was).sections == ()


def test_a_sentence_that_lost_its_second_half_is_a_change():
    was = text_of("# Eligibility", "The coordinator is a town or an association of newcomers.")
    now = text_of("# Eligibility", "The coordinator is a town.")
    [section] = changes(was, now).eligibility
    assert [(old.text, new.text) for old, new in section.changed] == [
        ("The coordinator is a town or an association of newcomers.", "The coordinator is a town.")
    ]


def test_a_number_that_changed_is_a_change():
    was = text_of("# Consortium composition", rows=[("Least number of applicants", "3")])
    now = text_of("# Consortium composition", rows=[("Least number of applicants", "2")])
    [section] = changes(was, now).eligibility
    assert [(old.text, new.text) for old, new in section.changed] == [
        ("Least number of applicants | 3", "Least number of applicants | 2")
    ]


def test_sections_that_only_got_other_numbers_are_no_change():
    was = text_of("# 5. Eligibility", "Towns may apply.", "Villages may apply as well.")
    now = text_of("# 6. Eligibility", "Towns may apply.", "Counties may apply as well.")
    [section] = changes(was, now).sections
    assert section.section == ("6. Eligibility",)
    assert len(section.changed) == 1


def test_elsewhere_it_is_a_change_that_decides_nothing():
    found = changes(text_of("# Background", "Towns are small."), text_of("# Background", "Cities are large indeed."))
    assert len(found.sections) == 1
    assert found.eligibility == ()


def test_a_state_that_could_not_be_read_changes_nothing():
    nothing = text_of().model_copy(update={"text": ""})
    assert changes(text_of("# Eligibility", "Towns may apply."), nothing).sections == ()
    assert changes(nothing, text_of("# Eligibility", "Towns may apply.")).sections == ()
