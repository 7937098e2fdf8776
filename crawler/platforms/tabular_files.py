"""The bytes of a CSV, XLSX, XLS or ODS file -> sheets of texts. Pure; knows no column and no site.

Refuses what would not fit into memory; for packed workbooks see `tabular_packages`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crawler.platforms.tabular_packages import DAMAGED, Failed, TooLarge, check_package, check_size

MAX_SHEETS = 60
LEGACY_ENCODINGS = ("cp1252", "cp1250", "cp1257")
"""Tried, in this order, on text that is neither UTF-8 nor UTF-16: Western, Central European, Baltic."""
CODE_PAGES = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    **{"bg": "cp1251", "el": "cp1253", "et": "cp1257", "lt": "cp1257", "lv": "cp1257"},
}
"""Language -> the older encoding in which Windows writes it; all others of the EU are Western."""
DELIMITERS = (";", ",", "\t", "|")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
NO_TABLES = {b"%PDF": "a PDF", b"<!DOCTYPE HTML": "a web page", b"<HTML": "a web page", b"<?XML": "XML"}


def code_page(language: str) -> str:
    """The encoding of a text in this language that is in no form of Unicode; empty where no language is known."""
    return CODE_PAGES.get(language, LEGACY_ENCODINGS[0]) if language else ""


class BadTable(Exception):
    """A file that holds no such table; the message names file and sheet, what was found and what is expected."""


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[str, ...], ...]
    """From the first row of the file on, blank ones too, so that row numbers are those of a spreadsheet program."""
    failed: frozenset[tuple[int, int]] = frozenset()
    """Cells (row, column, from 1) with a formula that gave no value; their text is empty."""
    hidden: bool = False
    """Its publisher does not show it, so it is not read; it then has no rows."""
    from_1904: bool = False
    """The workbook counts days from 1904: a bare number is another day than elsewhere."""


def readings(content: bytes, place: str, encoding: str = "") -> Iterator[list[Sheet]]:
    """The sheets of a file, once for each way to read it: a CSV file says neither its encoding nor its delimiter.

    `encoding`: of a CSV file that is neither UTF-8 nor UTF-16, where it is known.
    Raises BadTable, naming `place`, for what is no such file, is damaged, or is too large.
    """
    if not content.strip():
        raise BadTable(f"{place}: is empty")
    kind = next((kind for mark, kind in NO_TABLES.items() if content[:64].lstrip().upper().startswith(mark)), None)
    if kind:
        raise BadTable(f"{place}: is {kind}; CSV, XLSX, XLS and ODS are read")
    if content.startswith((ZIP, OLE)):
        yield _workbook(content, place)
    else:
        yield from (
            [_csv(text, delimiter, place)] for text in _texts(content, place, encoding) for delimiter in DELIMITERS
        )


LOCKED = "is locked with a password; open it, save a copy without password, and give that"
WORKBOOK = "xl/workbook.xml"
FROM_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The part of a locked XLSX file, which then is an OLE file."""


def _workbook(content: bytes, place: str) -> list[Sheet]:
    if content.startswith(OLE) and ENCRYPTED in content:
        raise BadTable(f"{place}: {LOCKED}")
    failed = _check_package(content, place) if content.startswith(ZIP) else {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            listed = [meta for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
            if len(listed) > MAX_SHEETS:
                raise BadTable(f"{place}: {len(listed)} sheets; at most {MAX_SHEETS} are read")
            shown = [meta.name for meta in listed if meta.visible == SheetVisibleEnum.Visible]
            hidden = [Sheet(meta.name, (), hidden=True) for meta in listed if meta.name not in shown]
            return [*_sheets(book, shown, place, failed, _counts_from_1904(content)), *hidden]
    except PasswordError as error:
        raise BadTable(f"{place}: {LOCKED}") from error
    except CalamineError as error:
        raise BadTable(f"{place}: is no workbook that can be read ({error})") from error


def _counts_from_1904(content: bytes) -> bool:
    """Whether an XLSX file counts its days from 1904, as old Macintosh versions do (ECMA-376, Part 1, 18.2.28)."""
    if not content.startswith(ZIP):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if WORKBOOK not in package.namelist():
            return False
        with package.open(WORKBOOK) as part:
            return FROM_1904.search(part.read(1024 * 1024)) is not None


def _sheets(book: CalamineWorkbook, names: Iterable[str], place: str, failed: Failed, from_1904: bool) -> list[Sheet]:
    """The sheets, as long as all of them together stay within the limits: several may show the same part."""
    sheets: list[Sheet] = []
    rows = cells = text = 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        rows, cells = rows + sheet.total_height, cells + sheet.total_height * sheet.total_width
        _check_size(f"{place}, sheet {name!r}", rows, cells)
        read = _sheet(sheet, place, failed.get(name, frozenset()))
        sheets.append(replace(read, from_1904=from_1904))
        text += sum(len(cell) for row in sheets[-1].rows for cell in row)
        _check_size(f"{place}, sheet {name!r}", rows, cells, text)
    return sheets


def _sheet(sheet: CalamineSheet, place: str, failed: frozenset[tuple[int, int]]) -> Sheet:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    filled = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right:  # one value for several rows; one that spans columns is a heading
            below = range(top + 1, min(bottom + 1, len(rows)))
            filled += len(below)
            _check_size(f"{place}, merged cells of sheet {sheet.name!r}", len(rows), filled)
            for number in below:
                rows[number][left] = rows[top][left]
    return Sheet(sheet.name, tuple(map(tuple, rows)), failed)


def _text(value: Any) -> str:
    """A typed cell as text: ISO dates, no exponents, no ".0" on whole numbers."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value).strip()


def _check_package(content: bytes, place: str) -> Failed:
    """Raises BadTable for a package that is damaged, or that would grow beyond the limits."""
    try:
        return check_package(content)
    except TooLarge as error:
        raise BadTable(f"{place}, {error}") from error
    except DAMAGED as error:
        raise BadTable(f"{place}: is damaged or locked ({error})") from error


def _check_size(where: str, rows: int, cells: int, text: int = 0) -> None:
    try:
        check_size(where, rows, cells, text)
    except TooLarge as error:
        raise BadTable(str(error)) from error


def _texts(content: bytes, place: str, encoding: str) -> Iterator[str]:
    """The file decoded: as its first bytes say, as UTF-8 where it is valid, else once for each older encoding."""
    if content.count(0) > len(content) // 4 and not content.startswith(tuple(BOMS)):
        raise BadTable(
            f"{place}: holds zero bytes as no text in UTF-8 does, perhaps UTF-16 without its mark; save it as UTF-8"
        )
    sure = next((encoding for bom, encoding in BOMS.items() if content.startswith(bom)), "utf-8")
    try:
        yield content.decode(sure)
        return
    except UnicodeDecodeError as error:
        if sure != "utf-8":
            raise BadTable(f"{place}: begins as {sure} and is not ({error.reason} at byte {error.start})") from error
    likely = (encoding,) if encoding else LEGACY_ENCODINGS
    yield from sorted((content.decode(name, "replace") for name in likely), key=_oddities)


def _oddities(text: str) -> int:
    """Characters beyond ASCII that are no letters: the fewer, the likelier the encoding."""
    return sum(character > "\x7f" and not character.isalpha() for character in text)


def _csv(text: str, delimiter: str, place: str) -> Sheet:
    try:
        return Sheet("", tuple(_records(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), place)))
    except csv.Error as error:
        raise BadTable(f"{place}: is no CSV that can be read ({error})") from error


def _records(reader: Iterable[list[str]], place: str) -> Iterator[tuple[str, ...]]:
    cells = 0
    for number, row in enumerate(reader, start=1):
        cells += len(row)
        _check_size(place, number, cells)
        yield tuple(cell.strip() for cell in row)
