"""Tables (CSV, XLSX, XLS, ODS) -> entries, by the headers of a mapping, and what of them is no entry. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.platforms.tabular import Columns, Reading, Row, read_table
from crawler.platforms.tabular_files import code_page
from crawler.timetables.entries import NO_VALUE, Entry, entry_of
from crawler.timetables.mapping import DATES, Field, Mapping
from matcher.model import Issue


def read(content: bytes, mapping: Mapping, place: str) -> Reading:
    """The rows of a table. Raises BadTable, naming `place`."""
    several = [str(name) for name in mapping.columns]
    columns = Columns(
        words={str(name): headers for name, headers in mapping.columns.items()},
        required=[str(name) for name in mapping.required],
        dates=[str(name) for name in DATES],
        encoding=mapping.encoding or code_page(mapping.language),
        several=several,
        sheet=mapping.records,
    )
    return read_table(content, place, columns)


def entries_of_rows(reading: Reading) -> Iterator[Entry]:
    for row in reading.rows:
        yield entry_of(row.number, _cells(row), sheet=row.sheet)


def issues_of(reading: Reading, mapping: Mapping, place: str) -> Iterator[Issue]:
    """Lines and sheets that became no entry, and headers that nobody knows: these once for the file."""
    for left in reading.left_out:
        sheet = f", sheet {left.sheet!r}" if left.sheet else ""
        yield Issue(field="row", problem=left.reason, found=left.found, place=f"{place}{sheet}, row {left.number}")
    unknown = [header for header in reading.unknown_headers if header not in mapping.ignored]
    if unknown:
        problem = "columns that no field of the mapping answers to; name them there, or under `ignored`"
        yield Issue(field="columns", problem=problem, found="; ".join(unknown)[:400], place=place)


def _cells(row: Row) -> dict[Field, list[tuple[str, list[str]]]]:
    return {
        Field(name): [(header, [NO_VALUE if header in row.failed else row.cells[header]]) for header in found]
        for name, found in row.headers.items()
    }
