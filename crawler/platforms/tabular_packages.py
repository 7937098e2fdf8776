"""Refuses a packed workbook (XLSX, ODS) that would not fit into memory, before its reader lays it out. Pure.

The reader lays out every cell between the first and the last, every repeated one, and a shared text once for each cell
that names it; when memory ends, so does the process. So all is counted first, as the reader counts it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Protocol
from xml.parsers import expat

MAX_ROWS = 50_000
MAX_CELLS = 1_000_000
"""Of a file; the largest published lists of calls have some thousand rows of thirty cells."""
MAX_TEXT = 32 * 1024 * 1024
"""Characters of a file, shared and repeated texts as often as they are shown."""
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked bytes per packed byte of a workbook over 4 MB; honest sheets come to 5 to 40."""
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError),
    *(EOFError, LookupError, NotImplementedError, RuntimeError, ValueError),
)
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TABLES = (b"sheetData", b"table-row")
"""What a part with a table holds, whatever its name is and whatever stands before its first element."""


class TooLarge(Exception):
    """A table beyond the limits; the message names the part and what was found."""


Failed = dict[str, frozenset[tuple[int, int]]]


def check_package(content: bytes) -> Failed:
    """Sheet -> its cells (row, column, from 1) with a formula that gave no value: the reader shows them as empty.

    Raises TooLarge for a package beyond the limits, or whose size cannot be known; one of DAMAGED for no package.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        unpacked = sum(part.file_size for part in package.infolist())
        if unpacked > MAX_UNPACKED or unpacked > max(MAX_RATIO * len(content), 4 * 1024 * 1024):
            raise TooLarge(f"{len(content)} bytes that unpack to {unpacked}; this is refused")
        names = list(dict.fromkeys(package.namelist()))
        if any(name.lower().endswith("workbook.bin") for name in names):
            raise TooLarge("is a binary workbook (XLSB), whose size cannot be known before; XLSX is read")
        texts = _Texts()
        for name in names:
            if name.endswith("sharedStrings.xml"):
                _parse(package, name, texts)
        failed = {name: _check_part(package, name, texts.lengths) for name in names}
        return {sheet: failed[part] for sheet, part in _sheets(package, names) if failed.get(part)}


def check_size(where: str, rows: int, cells: int, text: int = 0) -> None:
    """Raises TooLarge, naming `where`, for more than is read."""
    if rows > MAX_ROWS or cells > MAX_CELLS:
        raise TooLarge(f"{where}: {rows} rows, {cells} cells; at most {MAX_ROWS} and {MAX_CELLS} are read")
    if text > MAX_TEXT:
        raise TooLarge(f"{where}: {text} characters; at most {MAX_TEXT} are read")


def _check_part(package: zipfile.ZipFile, name: str, lengths: Sequence[int]) -> frozenset[tuple[int, int]]:
    with package.open(name) as part:
        if not part.read(16).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            part.seek(0)
            content = part.read()
            if any(mark in content for mark in TABLES):
                raise zipfile.BadZipFile(f"{name} holds a table and does not begin as XML")
            return frozenset()
    extent = _Extent(lengths)
    _parse(package, name, extent)
    check_size(name, extent.last_row, extent.cells, extent.text)
    return frozenset(extent.failed)


def _sheets(package: zipfile.ZipFile, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The sheets of an XLSX file by name, with their parts."""
    if WORKBOOK not in names or RELATIONS not in names:
        return
    book, relations = _Listed("sheet"), _Listed("Relationship")
    _parse(package, WORKBOOK, book)
    _parse(package, RELATIONS, relations)
    parts = {each.get("Id", ""): each.get("Target", "") for each in relations.found}
    for each in book.found:
        key = next((value for name, value in each.items() if name.rpartition(":")[2] == "id"), "")
        yield each.get("name", ""), f"xl/{parts.get(key, '').removeprefix('/xl/')}"


class _Reader(Protocol):
    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


def _parse(package: zipfile.ZipFile, name: str, reader: _Reader) -> None:
    """Prefixes are left off, for the reader of workbooks does so too, declared or not."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: reader.start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = reader.data
    with package.open(name) as part:
        parser.ParseFile(part)


class _Listed:
    """The attributes of all elements of a name."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._tag:
            self.found.append(attributes)

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Texts:
    """The lengths of the shared texts of a workbook, in their order."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.lengths.append(0)

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


LAID_OUT = frozenset({"c", "covered-table-cell", "f", "row", "table", "table-cell", "table-row", "v"})
"""The elements that tell how far a table reaches; of the others a workbook has a million more."""


class _Extent:
    """How far the tables of a part reach, and how much text they show. A cell that does not say where it is follows."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = lengths
        self._row = self._column = 0
        self._times = self._row_times = 1
        self._in_cell = self._is_shared = False
        self._last_column = 0
        self._earlier = 0
        self._value = ""
        self.last_row = self.text = 0
        self.failed: list[tuple[int, int]] = []
        self._formula = self._answer = self._is_error = self._in_value = False
        self._place = 0, 0

    @property
    def cells(self) -> int:
        return self._earlier + self.last_row * self._last_column

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._in_cell:
            self._fill()
        if tag not in LAID_OUT:
            return
        match tag:
            case "c":
                self._start_cell(attributes)
            case "table":
                self._earlier, self._row, self.last_row, self._last_column = self.cells, 0, 0, 0
            case "row":
                self._row, self._column = _number(attributes.get("r", "")) or self._row + 1, 0
                self.last_row = max(self.last_row, self._row)
            case "f" | "v":
                self._formula, self._in_value = self._formula or tag == "f", tag == "v"
            case "table-row":
                self._row_times = _repeated(attributes, "rows")
                self._row, self._column = self._row + self._row_times, 0
            case "table-cell" | "covered-table-cell":
                self._times = _repeated(attributes, "columns")
                self._column += self._times
                self._in_cell = True
                if any(name.endswith("value") for name in attributes):
                    self._fill()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column, row = _cell(attributes.get("r", "")) or (self._column + 1, self._row)
        kind = attributes.get("t")
        self._times, self._is_shared, self._value = 1, kind == "s", ""
        self._formula = self._is_error = kind == "e"
        self._answer = kind == "str"  # a formula may answer with an empty text, with no other empty value
        self._place = row, self._column
        self._fill(row)

    def end(self, tag: str) -> None:
        if tag == "v":
            self._in_value = False
            number = _number(self._value)
            if self._is_shared and number < len(self._lengths):
                self.text += self._lengths[number]
        elif tag == "c":
            if self._formula and (self._is_error or not self._answer):
                self.failed.append(self._place)
        elif tag.endswith("table-cell"):
            self._in_cell = False

    def data(self, text: str) -> None:
        self._answer = self._answer or self._in_value
        if self._in_cell:
            self.text += len(text) * self._times * self._row_times
        elif self._is_shared:
            self._value = (self._value + text)[:20]

    def _fill(self, row: int = 0) -> None:
        self.last_row = max(self.last_row, row or self._row)
        self._last_column = max(self._last_column, self._column)


def _repeated(attributes: dict[str, str], what: str) -> int:
    found = (text for name, text in attributes.items() if name.endswith(f"number-{what}-repeated"))
    return max(1, _number(next(found, "1")))


def _cell(name: str) -> tuple[int, int] | None:
    """`C12` -> (3, 12); None for a cell that does not say where it is."""
    letters = name.rstrip("0123456789")
    if not letters:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column, _number(name[len(letters) :])


def _number(text: str) -> int:
    """A whole number, however long; 0 for none."""
    digits = text.strip().lstrip("+0")
    return int(digits[:12]) if digits.isascii() and digits.isdecimal() else 0
