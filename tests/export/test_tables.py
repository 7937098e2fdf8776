"""The list as workbook and CSV: real values, every call, nothing that runs."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.export.columns import Column, Kind, Table
from dashboard.export.csv_file import BEGINS_FORMULA, cell, csv_file, harmless
from dashboard.export.workbook import workbook
from matcher.languages import LANGUAGES
from tests.doubles.plain_visitor import HOSTILE_CALLS
from tests.doubles.small_store import CALLS

ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    '"=1+1',
    "'=1+1",
    "＝1+1",
    "\u202e=1+1",
    "\x00=1+1",
    "=cmd|' /C calc'!A0",
    "%0A=1",
    "|calc",
]
"""After OWASP, "CSV Injection", and what hides the first character of such a text."""


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def own(calls):
    return [call for call in calls if call.national is None or call.national.country == "LV"]


def test_every_call_is_a_row(file):
    expected = len(own(CALLS)) + len(HOSTILE_CALLS)
    assert len(rows(file("/plain/matches.csv"))) == expected
    assert len(sheets(file("/plain/matches.xlsx"))["Calls"]) == expected + 1


def test_filters_hold_in_files(file):
    found = rows(file("/plain/matches.csv", fund="CERV"))
    assert found
    assert {row["Fund"] for row in found} == {"CERV"}


def test_files_hold_what_was_first_seen_lately_and_say_so(file):
    found = rows(file("/plain/matches.csv", seen="2"))
    assert [row["Code"] for row in found] == ["AMIF-2026-HOUSING"]
    about = dict(sheets(file("/plain/matches.xlsx", seen="2"))["About this file"])
    assert about["Filters"] == "First seen: in the last 2 days"
    newsletter = file("/plain/matches.txt", seen="2").decode()
    assert "Housing of refugees in towns" in newsletter
    assert "Integration of migrant women" not in newsletter


def test_days_and_amounts_of_a_workbook_are_days_and_amounts(file):
    head, *found = sheets(file("/plain/matches.xlsx"))["Calls"]
    place = {name: number for number, name in enumerate(head)}
    women = next(row for row in found if row[place["Code"]] == "AMIF-2026-WOMEN")
    assert women[place["Deadline"]] == date(2026, 4, 16)
    assert women[place["One grant from, EUR"]] == 300_000
    assert women[place["Budget of the call, EUR"]] == 10_000_000
    assert 0 < women[place["Fit, of 1"]] <= 1
    assert women[place["Days left"]] == 45


def test_a_workbook_tells_the_brief_s_table_and_where_all_comes_from(file):
    found = sheets(file("/plain/matches.xlsx", fund="AMIF"))
    assert [row[0] for row in found["The brief’s table"][1:]] == ["AMIF", "ESF+", "ERDF", "Erasmus+", "CERV"]
    about = dict(found["About this file"])
    assert about["Filters"] == "Fund: AMIF"
    assert about["Day"] == "2 March 2026"
    assert "fund=AMIF" in about["Address"]


def test_no_cell_of_a_workbook_is_a_formula_and_no_link_leads_elsewhere_than_to_the_web(file):
    book = zipfile.ZipFile(io.BytesIO(file("/plain/matches.xlsx")))
    for name in book.namelist():
        xml = book.read(name).decode()
        if name.startswith("xl/worksheets/sheet"):
            assert not re.search(r"<f[ >]", xml)
        if name.endswith(".rels") and "worksheets" in name:
            targets = re.findall(r'Target="([^"]*)" TargetMode="External"', xml)
            assert targets
            assert all(target.startswith(("http://", "https://")) for target in targets)
    assert any("HYPERLINK" in str(row[0]) for row in sheets(file("/plain/matches.xlsx"))["Calls"])


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_is_left_a_formula(attack):
    assert harmless(attack).startswith("'")


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    first = harmless(text)
    assert not first.startswith(BEGINS_FORMULA)
    assert "\n" not in first
    assert "\r" not in first


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_stays_a_number(number):
    assert cell(number) == number


@given(st.lists(st.tuples(st.text(), st.floats(-1e9, 1e9), st.dates() | st.none()), max_size=5))
def test_what_is_written_is_read_again(values):
    columns = tuple(Column(name, Kind.TEXT, 10, lambda _: "") for name in ("text", "number", "day"))
    _, *found = csv.reader(io.StringIO(csv_file(Table(columns, tuple(values))).decode("utf-8-sig"), newline=""))
    for (text, number, day), row in zip(values, found, strict=True):
        assert row[0] == harmless(text)
        assert float(row[1]) == number
        assert row[2] == (day.isoformat() if day else "")


def test_a_sheet_may_be_called_anything_and_hold_nothing():
    column = Column("a", Kind.LINK, 10, lambda _: "")
    long = "https://portal.example/" + "a" * 3_000
    made = workbook("t", "a", Table((column,), ((long,), (None,))), [("b", [["=1", "x"], []])], "a:b/c[d]*?" + "e" * 40)
    first, second = sheets(made).values()
    assert [row[0] for row in first] == ["a", long]
    assert second[0] == ["=1", "x"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_made_in_each_language(file, language):
    for path in ("/plain/matches.csv", "/plain/matches.xlsx", "/plain/matches.txt"):
        assert file(path, lang=language)
