"""The bytes of a list, a table (CSV, XLSX, XLS, ODS), JSON or XML, -> raw calls by its mapping. Pure; knows no site."""

from __future__ import annotations

from crawler.platforms.tabular import Columns, read_table
from crawler.platforms.tabular_files import BadTable
from crawler.timetables.calls import File, Found, raw_calls
from crawler.timetables.entries import Entry
from crawler.timetables.mapping import Field, Mapping
from matcher.model import Issue

DATES = (Field.OPENING, Field.DEADLINES)


class BadList(Exception):
    """Bytes that hold no such list; the message names file and place, what was found and what is expected."""


def read_list(content: bytes, mapping: Mapping, file: File) -> Found:
    """The calls of a list and what of it could not become one. Raises BadList for what is no such list."""
    entries, issues = _table(content, mapping, file)
    found = raw_calls(entries, mapping, file)
    return Found(found.calls, [*issues, *found.issues])


def _table(content: bytes, mapping: Mapping, file: File) -> tuple[list[Entry], list[Issue]]:
    words = {str(name): headers for name, headers in mapping.columns.items()}
    columns = Columns(words, tuple(map(str, mapping.required)), tuple(map(str, DATES)), mapping.encoding)
    try:
        reading = read_table(content, file.name, columns)
    except BadTable as error:
        raise BadList(str(error)) from error
    entries = [
        Entry(
            row=row.number,
            values={Field(name): (text,) for name, text in row.fields.items() if text},
            sheet=row.sheet,
            columns={Field(name): name for name in row.fields},
        )
        for row in reading.rows
    ]
    issues = [
        Issue(
            field="row",
            problem=left.reason,
            found=left.found,
            place=f"{file.name}, sheet {left.sheet!r}, row {left.number}",
        )
        for left in reading.left_out
    ]
    return entries, issues
