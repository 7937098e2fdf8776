"""Tables of calls in files: every row that is one comes out, and what is none is named with its place."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.platforms import tabular_files
from crawler.platforms.tabular import Columns, fold, read_table
from crawler.platforms.tabular_files import BadTable
from crawler.platforms.tabular_packages import MAX_CELLS, MAX_ROWS
from tests.doubles.workbook import xlsx

TABLES = Path(__file__).parents[1] / "fixtures" / "tables"
COLUMNS = Columns(
    {
        "title": ["title", "title of the call", "Nazwa działania", "Kvietimo pavadinimas"],
        "opening": ["opening date", "opening", "Data początkowa", "Paskelbimo data"],
        "closing": ["closing date", "deadline"],
        "budget": ["budget", "Kwota"],
    },
    required=("title", "opening"),
    dates=("opening", "closing"),
)
HEADER = "Title;Opening date;Closing date;Budget"


def read(content: bytes | str, columns: Columns = COLUMNS):
    return read_table(content.encode() if isinstance(content, str) else content, "plan.csv", columns)


def kept(name: str) -> bytes:
    return (TABLES / name).read_bytes()


def fields(reading) -> list[dict]:
    return [dict(row.fields) for row in reading.rows]


def test_a_timetable_is_read_as_ministries_publish_it():
    reading = read(kept("planned.xlsx"))
    assert [(row.sheet, row.number, row.section) for row in reading.rows] == [
        ("Planned calls", 6, ""),
        ("Planned calls", 7, ""),
        ("Planned calls", 11, "Calls for islands only"),
    ]
    assert [dict(row.cells) for row in reading.rows] == [
        {
            "Priority": "P1",
            "Title": "Centres for newcomers",
            "Applicants": "Municipalities",
            "Opening date": "2026-12-01",
            "Closing date": "2026-01-31",
            "Budget": "2500000",
        },
        {
            "Priority": "P1",
            "Title": "Language courses",
            "Applicants": "NGOs",
            "Opening date": "Q2 2027",
            "Closing date": "2027-09-30T16:00",
            "Budget": "1250000.5",
        },
        {
            "Priority": "P2",
            "Title": "Ferries",
            "Applicants": "Islands",
            "Opening date": "2027-01-15",
            "Closing date": "",
            "Budget": "true",
        },
    ]
    assert reading.unknown_headers == ["Priority", "Applicants"]
    assert [(left.sheet, left.number, left.reason) for left in reading.left_out] == [
        ("Planned calls", 9, "the header once more"),
        ("Planned calls", 10, "one cell only: a heading between rows"),
        ("Planned calls", 12, "a row of totals"),
        ("Notes", 1, "a sheet without the header"),
    ]


@pytest.mark.parametrize(("name", "number"), [("planned.xls", 4), ("planned.ods", 3)])
def test_older_and_open_formats_give_the_same(name, number):
    (row,) = read(kept(name)).rows
    assert row.number == number
    assert row.fields == {
        "title": "Centres for newcomers",
        "opening": "2026-12-01",
        "closing": "2026-01-31",
        "budget": "2500000",
    }


POLISH = "Nazwa działania;Data początkowa;Kwota\nŁącznik kultur;styczeń 2027;1 000,50 zł\n"
LITHUANIAN = "Kvietimo pavadinimas,Paskelbimo data\nŽmonių įtrauktis,2027 m. gegužė\n"


@pytest.mark.parametrize(
    ("text", "encoding", "title"),
    [
        (POLISH, "utf-8", "Łącznik kultur"),
        (POLISH, "utf-8-sig", "Łącznik kultur"),
        (POLISH, "utf-16", "Łącznik kultur"),
        (POLISH, "cp1250", "Łącznik kultur"),
        ("Title\tOpening\nÉcole d’été\t2027\n", "cp1252", "École d’été"),
    ],
)
def test_encoding_and_delimiter_are_found(text, encoding, title):
    (row,) = read(text.encode(encoding)).rows
    assert row.fields["title"] == title


def test_an_encoding_that_is_known_needs_no_guess():
    (row,) = read(LITHUANIAN.encode("cp1257"), replace(COLUMNS, encoding="cp1257")).rows
    assert row.fields["title"] == "Žmonių įtrauktis"


def test_a_delimiter_inside_cells_does_not_mislead():
    (row,) = read('Title;Opening, or launch;Budget, EUR\n"A, b; c";2027, spring;"1,5"\n').rows
    assert row.fields == {"title": "A, b; c", "opening": "2027, spring", "budget": "1,5"}


def test_equal_headers_and_cells_beyond_the_last_one_keep_their_text():
    (row,) = read("Title;Opening date;Note;Note;\nA;2027;x;y;z;beyond\n").rows
    assert row.cells == {
        "Title": "A",
        "Opening date": "2027",
        "Note": "x",
        "Note (2)": "y",
        "column 5": "z",
        "column 6": "beyond",
    }


def test_a_short_row_is_a_row():
    (row,) = read(f"{HEADER}\nA;2027\n").rows
    assert row.fields == {"title": "A", "opening": "2027", "closing": "", "budget": ""}


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("46357", "2026-12-01"),
        ("46357,5", "2026-12-01T12:00"),
        ("12345", "12345"),
        ("2027", "2027"),
        ("90210", "90210"),
        ("46357 EUR", "46357 EUR"),
    ],
)
def test_only_a_likely_number_of_a_date_column_is_a_day(found, meant):
    (row,) = read(f"{HEADER}\nA;{found};;46357\n").rows
    assert (row.fields["opening"], row.fields["budget"]) == (meant, "46357")


def test_totals_end_a_table_and_nothing_else():
    reading = read(f"{HEADER}\nTotal;2027;;1\nTotal quality in towns;2028;;2\nRazem:;;;3\n")
    assert [row.fields["title"] for row in reading.rows] == ["Total", "Total quality in towns"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b" \n", "is empty"),
        (b"%PDF-1.7\n...", "is a PDF; CSV, XLSX"),
        (b"\n<!doctype html><html>", "is a web page"),
        (b"PK\x03\x04 and then nothing", "damaged or locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing", "no workbook that can be read"),
        (b"\xff\xfe\x00", "begins as utf-16 and is not"),
        (HEADER.replace("Title", "Headline").encode(), r"Found: .*Headline.* Expected columns: title: title or"),
        (b"Title and opening date of all calls\n;;\nA;2027\n", "no row of headers"),
        (f"{HEADER}\n".encode() + b"x;" * MAX_CELLS, "at most"),
        (b"Title;Opening date\n" + b"a;b\n" * MAX_ROWS, f"{MAX_ROWS + 1} rows"),
        (f'{HEADER}\n"{"x" * 200_000}";1\n'.encode(), "no CSV that can be read"),
    ],
    ids=["empty", "pdf", "html", "zip", "xls", "utf-16", "renamed", "title", "wide", "long", "huge cell"],
)
def test_what_holds_no_such_table_is_refused_with_the_reason(content, said):
    with pytest.raises(BadTable, match=said) as refusal:
        read(content)
    assert str(refusal.value).startswith("plan.csv")


@pytest.mark.parametrize(("name", "row"), [("planned.xlsx", 5), ("planned.ods", 2)])
def test_a_renamed_header_names_sheet_found_and_expected(name, row):
    columns = replace(COLUMNS, words=COLUMNS.words | {"title": ["headline"]})
    said = rf"in sheet 'Planned calls' row {row}: \['Priority', 'Title'.*Expected columns: title: headline"
    with pytest.raises(BadTable, match=said):
        read(kept(name), columns)


@pytest.mark.parametrize(
    ("name", "said"),
    [("last-cell.xlsx", "1048576 rows, 17179869184 cells"), ("repeated-cell.ods", "17179852800 cells")],
)
def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_laid_out(name, said, monkeypatch):
    monkeypatch.setattr(tabular_files, "CalamineWorkbook", None)  # were it asked, the test would end here
    with pytest.raises(BadTable, match=said):
        read(kept(name))


def test_a_package_that_grows_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(tabular_files, "CalamineWorkbook", None)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 8 * 1024 * 1024)
    with pytest.raises(BadTable, match="unpack to 83886"):
        read(packed.getvalue())


TYPES = b"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(sheet: str, shared: str = "", sheets: int = 1) -> bytes:
    """A workbook whose sheets all show one part."""
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    part = f'<Relationship Id="rId1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    texts = f'<Relationship Id="rId2" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    book = f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", f'<Relationships xmlns="{LINKS}">{book}</Relationships>')
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{named}</sheets></workbook>'
        )
        package.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{LINKS}">{part}{texts}</Relationships>')
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>')
    return packed.getvalue()


def rows(inner: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'


LAST_CELL = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMBS = {
    "cells without a place": (
        rows("<row>" + "<c><v>1</v></c>" * 9000 + '</row><row r="49000"><c><v>1</v></c></row>'),
        "",
    ),
    "rows without a place": (rows("<row/>" * 60_000), ""),
    "text before the first element": (f"{' ' * 30}{rows(LAST_CELL)}", ""),
    "a prefix nobody declared": (rows(LAST_CELL.replace("<c ", "<y:c ").replace("</c>", "</y:c>")), ""),
    "one long text, shown often": (rows("<row>" + '<c t="s"><v>0</v></c>' * 900 + "</row>"), "integration " * 9000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_a_small_workbook_would_grow_to_is_known_before_it_is_laid_out(name, monkeypatch):
    monkeypatch.setattr(tabular_files, "CalamineWorkbook", None)
    with pytest.raises(BadTable, match=r"at most|does not begin as XML"):
        read(workbook(*BOMBS[name]))


def test_a_part_that_many_sheets_show_counts_each_time():
    sheet = rows("".join(f'<row r="{n}"><c r="Z{n}"><v>1</v></c></row>' for n in range(1, 5001)))
    with pytest.raises(BadTable, match=r"sheet 'S9': .* cells; at most"):
        read(workbook(sheet, sheets=9))
    with pytest.raises(BadTable, match="61 sheets; at most 60"):
        read(workbook(sheet, sheets=61))


HEADERS = ("Title", "Opening date", "Budget")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_its_publisher_hides_is_told_and_not_read(state):
    rows = [HEADERS, ("Shown", "2027-01-15", "1")]
    draft = [HEADERS, ("Draft", "2027-02-15", "1")]
    reading = read_table(xlsx({"Plan": rows, "Draft": draft}, hidden={"Draft": state}), "plan.xlsx", COLUMNS)

    assert [row.fields["title"] for row in reading.rows] == ["Shown"]
    assert [(left.sheet, left.reason) for left in reading.left_out] == [("Draft", "a hidden sheet, which is not read")]


def test_a_bare_number_is_no_day_where_days_are_counted_from_1904():
    rows = [HEADERS, ("Courses", 46402, "1")]
    usual = read_table(xlsx({"Plan": rows}), "plan.xlsx", COLUMNS)
    from_1904 = read_table(xlsx({"Plan": rows}, from_1904=True), "plan.xlsx", COLUMNS)

    assert usual.rows[0].fields["opening"] == "2027-01-15"
    assert from_1904.rows[0].fields["opening"] == "46402"


def test_merged_cells_are_filled_up_to_a_limit():
    merged = '<mergeCell ref="A1:A40000"/>' * 30
    sheet = rows('<row r="40000"><c r="A40000"><v>1</v></c></row>')
    with pytest.raises(BadTable, match="merged cells of sheet 'S1'"):
        read(workbook(sheet.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")))


@pytest.mark.parametrize("name", ["planned.xlsx", "planned.ods", "planned.xls"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_workbook_that_is_cut_off_is_refused(name, share):
    content = kept(name)
    with pytest.raises(BadTable):
        read(content[: int(len(content) * share)])


@pytest.mark.parametrize("name", ["planned.xlsx", "planned.ods"])
def test_a_workbook_with_a_changed_byte_is_refused_or_read_alike(name):
    content, whole = kept(name), fields(read(kept(name)))
    for place in range(40, len(content), 97):
        changed = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            assert fields(read(changed)) == whole
        except BadTable:
            continue


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=12)
LINE = st.tuples(CELL.map("call {}".format), CELL, CELL, CELL).filter(
    lambda line: not any(cell.isdecimal() and len(cell) == 5 for cell in line)
)


@given(
    st.lists(LINE, min_size=1, max_size=8),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_rows_written_as_csv_come_back_equal(lines, delimiter, encoding, end):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([HEADER.split(";"), *lines])
    reading = read(text.getvalue().encode(encoding))
    assert [tuple(row.fields.values()) for row in reading.rows] == lines
    assert reading.left_out == []


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data))
def test_bytes_without_the_headers_are_refused_by_an_error_that_names_its_place(content):
    with pytest.raises(BadTable, match=r"plan\.csv"):
        read(content)


@given(st.text(max_size=30))
@example("🄐")
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
