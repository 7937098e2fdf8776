"""The bytes of a CSV, XLSX, XLS or ODS file -> sheets of texts. Pure; knows no column and no site.

Refuses what would not fit into memory before it is unpacked: a workbook of a few kilobytes can name a cell in its last
row and last column, and its reader would end the whole process.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

MAX_ROWS = 100_000
MAX_CELLS = 4_000_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked bytes per packed byte of a workbook over 4 MB; honest sheets come to 5 to 40."""
LEGACY_ENCODINGS = ("cp1252", "cp1250", "cp1257")
"""Tried, in this order, on text that is neither UTF-8 nor UTF-16: Western, Central European, Baltic."""
DELIMITERS = (";", ",", "\t", "|")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
NO_TABLES = {b"%PDF": "a PDF", b"<!DOCTYPE HTML": "a web page", b"<HTML": "a web page", b"<?XML": "XML"}
DAMAGED = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError)
OPEN_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


class BadTable(Exception):
    """A file that holds no such table; the message names file and sheet, what was found and what is expected."""


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[str, ...], ...]
    """From the first row of the file on, blank ones too, so that row numbers are those of a spreadsheet program."""


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


def _workbook(content: bytes, place: str) -> list[Sheet]:
    if content.startswith(ZIP):
        _check_package(content, place)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [meta.name for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
            return [_sheet(book.get_sheet_by_name(name), place) for name in names]
    except CalamineError as error:
        raise BadTable(f"{place}: is no workbook that can be read ({error})") from error


def _sheet(sheet: CalamineSheet, place: str) -> Sheet:
    where = f"{place}, sheet {sheet.name!r}"
    _check_size(where, sheet.height, sheet.height * sheet.width)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right:  # one value for several rows; one that spans columns is a heading
            for number in range(top + 1, min(bottom + 1, len(rows))):
                rows[number][left] = rows[top][left]
    return Sheet(sheet.name, tuple(map(tuple, rows)))


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


def _check_package(content: bytes, place: str) -> None:
    """Raises BadTable for a package that is damaged, or that would grow beyond the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            if unpacked > MAX_UNPACKED or unpacked > max(MAX_RATIO * len(content), 4 * 1024 * 1024):
                raise BadTable(f"{place}: {len(content)} bytes that unpack to {unpacked}; this is refused")
            for name in package.namelist():
                with package.open(name) as part:
                    if part.read(16).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                        part.seek(0)
                        _check_size(f"{place}, {name}", *_extent(part))
    except DAMAGED as error:
        raise BadTable(f"{place}: is damaged or locked ({error})") from error


def _extent(part: IO[bytes]) -> tuple[int, int]:
    """Rows and cells that the reader would lay out: all between the first and the last, and all repeated ones."""
    last_row = last_column = repeated = 0
    for _, element in etree.iterparse(part, tag=("{*}c", "{*}row", "{*}table-row"), resolve_entities=False):
        kind = etree.QName(element).localname
        if kind == "c":
            column, row = _cell(element.get("r", ""))
            last_row, last_column = max(last_row, row), max(last_column, column)
            continue
        if kind == "table-row":
            repeated += _repeated(element, "rows") * sum(_repeated(cell, "columns") for cell in element if len(cell))
        element.clear()
    return last_row, max(last_row * last_column, repeated)


def _repeated(element: Any, what: str) -> int:
    text = element.get(f"{OPEN_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def _cell(name: str) -> tuple[int, int]:
    """`C12` -> (3, 12); (0, 0) for a cell that does not say where it is."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    digits = name[len(letters) :]
    return column, int(digits[:9] or 0)


def _check_size(where: str, rows: int, cells: int) -> None:
    if rows > MAX_ROWS or cells > MAX_CELLS:
        raise BadTable(f"{where}: {rows} rows, {cells} cells; at most {MAX_ROWS} and {MAX_CELLS} are read")


def _texts(content: bytes, place: str, encoding: str) -> Iterator[str]:
    """The file decoded: as its first bytes say, as UTF-8 where it is valid, else once for each older encoding."""
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
