"""A table as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheet programs know that. Pure.

A text that a spreadsheet program would run as a formula is given an apostrophe in front, by the rule of OWASP ("CSV
Injection"). A number is none: it is written as such, also a negative one.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from dashboard.export.columns import Table, Value
from matcher.printable import one_line

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
"""First characters that a program may take for the start of a formula or a command; also in their wide forms."""


def csv_file(table: Table) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([harmless(one.heading) for one in table.columns])
    writer.writerows([[cell(value) for value in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig")


def cell(value: Value) -> str | float | int:
    """A day is written as ISO 8601 has it; a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return harmless(value)


def harmless(text: str) -> str:
    """The text as one line that no program runs."""
    line = one_line(text, 32_000)
    return f"'{line}" if line.lstrip(" '\"\u00a0\ufeff\u200b").startswith(BEGINS_FORMULA) else line
