"""Finds the table of planned or past calls in a file of sheets, wherever its header stands. Pure; knows no site.

A column is told by the words of its header, not by its place; what is not taken over as a row is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.platforms.tabular_files import BadTable, Sheet, readings

HEADER_WITHIN = 60
"""Rows in which the header is looked for."""
EPOCH = datetime(1899, 12, 30)
SERIAL_DAYS = range(25_569, 73_051)
"""1970 to 2099, as days of a spreadsheet program."""
SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
TOTAL = re.compile(
    r"(?:grand |sub)?(?:totals?|totale?s?|sum|suma|summe|gesamt|celkem|spolu|razem|ogolem|soma|osszesen|skupaj|ukupno"
    r"|kopa|kokku|is viso|yhteensa|συνολο|общо)(?: generale?)?:?"
)
"""What the first cell of a row of totals says, folded."""


@dataclass(frozen=True)
class Columns:
    """What is known of a table: field -> words that its header begins with or holds, likeliest first."""

    words: Mapping[str, Sequence[str]]
    required: Collection[str]
    """Fields without which a row of headers is none; at least two, for one word stands in many a title."""
    dates: Collection[str] = ()
    """Fields in which a bare number of five digits is a day as spreadsheet programs count them."""
    encoding: str = ""
    """Of CSV files that are neither UTF-8 nor UTF-16, where it is known; else the likeliest is taken."""
    several: Collection[str] = ()
    """Fields that may have more than one column: one for each of their words."""
    sheet: str = ""
    """The only sheet of a workbook that is read; empty: all that have the header."""


@dataclass(frozen=True)
class Row:
    sheet: str
    number: int
    """From 1, as a spreadsheet program counts."""
    cells: Mapping[str, str]
    """Header as written -> text; equal headers are numbered."""
    fields: Mapping[str, str]
    """Field -> text, for the fields whose column was found; of several columns the first that is filled."""
    section: str = ""
    """The last line above that filled one cell only: the name of a programme or priority."""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> its columns, keys of `cells`, in the order of its words."""
    failed: frozenset[str] = frozenset()
    """Headers whose cell has a formula that gave no value; its text is empty."""


@dataclass(frozen=True)
class LeftOut:
    """Something of a file that became no row, and why."""

    sheet: str
    number: int
    reason: str
    found: str


@dataclass
class Reading:
    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unknown_headers: list[str] = field(default_factory=list)
    """Headers, each once, that no field answers to."""


def read_table(content: bytes, place: str, columns: Columns) -> Reading:
    """The rows of all sheets that have the header. Raises BadTable naming `place` and sheet when none has it."""
    sheets: list[Sheet] = []
    best: Reading | None = None
    for read in readings(content, place, columns.encoding):
        sheets = _wanted(read, columns.sheet, place)
        reading = rows_of(sheets, columns)
        if reading and (best is None or _width(reading) > _width(best)):
            best = reading
    if best is None:
        expected = "; ".join(f"{name}: {' or '.join(columns.words[name])}" for name in columns.required)
        found = "; ".join(f"in sheet {sheet.name!r} {_likeliest(sheet)}" for sheet in sheets) or "no sheet"
        raise BadTable(f"{place}: no row of headers. Found: {found}. Expected columns: {expected}")
    return best


def rows_of(sheets: Sequence[Sheet], columns: Columns) -> Reading | None:
    """The rows of the sheets that have the header, the others named as left out; None when no sheet has it."""
    reading, has_header = Reading(), False
    for sheet in sheets:
        header = _header(sheet, columns)
        if header:
            has_header = True
            _add_rows(reading, sheet, header, columns)
        elif sheet.hidden:
            reading.left_out.append(LeftOut(sheet.name, 1, "a hidden sheet, which is not read", ""))
        elif any(map(any, sheet.rows)):
            reading.left_out.append(LeftOut(sheet.name, 1, "a sheet without the header", _likeliest(sheet)))
    return reading if has_header else None


def fold(text: str) -> str:
    """Small letters without accents and with single spaces, to compare headers by."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("ł", "l").split())


def _wanted(sheets: list[Sheet], name: str, place: str) -> list[Sheet]:
    """The sheet of this name alone; a CSV file has none."""
    if not name or not any(sheet.name for sheet in sheets):
        return sheets
    wanted = [sheet for sheet in sheets if fold(sheet.name) == fold(name)]
    if not wanted:
        raise BadTable(f"{place}: no sheet {name!r}; found {', '.join(repr(sheet.name) for sheet in sheets)}")
    return wanted


def _width(reading: Reading) -> int:
    return max((len(row.fields) for row in reading.rows), default=0)


def _likeliest(sheet: Sheet) -> str:
    """The row that looks most like a header: the fullest of those where one is looked for."""
    rows = [[cell for cell in row if cell] for row in sheet.rows[:HEADER_WITHIN]]
    number = max(range(len(rows)), key=lambda number: len(rows[number]), default=0)
    return f"row {number + 1}: {rows[number][:12]}"[:300] if rows else "nothing"


Places = dict[str, list[int]]


def _header(sheet: Sheet, columns: Columns) -> tuple[int, Places] | None:
    """The place of the header row, and of the columns of each field in it."""
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        places = _places([fold(cell) for cell in row], columns)
        if all(name in places for name in columns.required):
            return index, places
    return None


def _places(cells: Sequence[str], columns: Columns) -> Places:
    """Field -> columns; each column once. Whole headers come before beginnings, beginnings before words inside.

    Of fields that may have several columns, two may name one and the same by its whole header. A word inside a header
    tells the first column of a field, never a further one.
    """
    hits: dict[str, dict[int, int]] = {name: {} for name in columns.words}
    words = {name: list(map(fold, wanted)) for name, wanted in columns.words.items()}
    free = {place: cell for place, cell in enumerate(cells) if cell}
    for rank in (str.__eq__, str.startswith, _holds):
        shared: set[int] = set()
        for name, wanted in words.items():
            found, many = hits[name], name in columns.several
            for order, word in enumerate(wanted):
                if order in found or (found and (not many or rank is _holds)):
                    continue
                place = next((place for place, cell in free.items() if rank(cell, word)), None)
                if place is None:
                    continue
                found[order] = place
                if many and rank is str.__eq__:
                    shared.add(place)
                else:
                    del free[place]
        free = {place: cell for place, cell in free.items() if place not in shared}
    return {name: [found[order] for order in sorted(found)] for name, found in hits.items() if found}


def _holds(cell: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", cell) is not None


def _add_rows(reading: Reading, sheet: Sheet, header: tuple[int, Places], columns: Columns) -> None:
    top, places = header
    names = _names(sheet.rows[top])
    headers = {name: tuple(names[place] for place in found) for name, found in places.items()}
    known = {header for found in headers.values() for header in found}
    unknown = [name for name in names if name not in known and not name.startswith("column ")]
    reading.unknown_headers = list(dict.fromkeys([*reading.unknown_headers, *unknown]))
    counted = () if sheet.from_1904 else columns.dates
    dates = {header for name in counted for header in headers.get(name, ())}
    broken: dict[int, list[int]] = {}
    for row_number, column in sheet.failed:
        broken.setdefault(row_number, []).append(column)
    section = ""
    last = max(number for number, row in enumerate(sheet.rows, start=1) if any(row))
    for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        if not any(row):
            continue
        reason = _no_row(row, sheet.rows[top], len(names), number == last)
        if reason:
            section = " ".join(filter(None, row)) if reason == SECTION else section
            reading.left_out.append(LeftOut(sheet.name, number, reason, " | ".join(filter(None, row))[:200]))
            continue
        cells = _cells(row, names, dates)
        fields = {name: next(filter(None, map(cells.get, found)), "") for name, found in headers.items()}
        failed = frozenset(names[column - 1] for column in broken.get(number, ()) if column <= len(names))
        reading.rows.append(Row(sheet.name, number, cells, fields, section, headers, failed))


SECTION, REPEATED, TOTALS = "one cell only: a heading between rows", "the header once more", "a row of totals"


def _no_row(row: Sequence[str], header: Sequence[str], width: int, is_last: bool) -> str:
    """Why a line of a table is no row of it; empty when it is one."""
    if len(row) == len(header) and all(fold(cell) == fold(name) for cell, name in zip(row, header, strict=True)):
        return REPEATED
    if is_last and TOTAL.fullmatch(fold(next(filter(None, row)))):
        return TOTALS
    return SECTION if width > 2 and sum(map(bool, row)) == 1 else ""


def _names(header: Sequence[str]) -> list[str]:
    """A name for each column, none twice: `Date`, `Date (2)`; a column without header is `column 7`."""
    names: list[str] = []
    met: Counter[str] = Counter()
    for place, cell in enumerate(header, start=1):
        name = " ".join(cell.split()) or f"column {place}"
        met[name] += 1
        names.append(f"{name} ({met[name]})" if met[name] > 1 else name)
    return names


def _cells(row: Sequence[str], names: Sequence[str], dates: Collection[str]) -> dict[str, str]:
    """Header -> text. Cells beyond the last header keep their place as name, so that nothing is lost."""
    beyond = [f"column {place}" for place in range(len(names) + 1, len(row) + 1)]
    texts = [*row, *[""] * (len(names) - len(row))]
    pairs = zip([*names, *beyond], texts, strict=True)
    named = set(names)
    return {name: _day(text) if name in dates else text for name, text in pairs if name in named or text}


def _day(text: str) -> str:
    """A day that a spreadsheet program wrote as its number, in ISO form; any other text as it is."""
    serial = SERIAL.fullmatch(text)
    if not serial or int(serial[1]) not in SERIAL_DAYS:
        return text
    moment = EPOCH + timedelta(days=float(f"{serial[1]}.{serial[2] or 0}"))
    return moment.date().isoformat() if not serial[2] else moment.isoformat(timespec="minutes")
