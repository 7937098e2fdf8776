"""A table as an Excel workbook: days and amounts as such, three sheets. Pure; no cell holds a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.export.columns import Kind, Table
from matcher.printable import printable

FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"text_wrap": True},
    Kind.DAY: {"num_format": "yyyy-mm-dd"},
    Kind.EURO: {"num_format": "#,##0"},
    Kind.SHARE: {"num_format": "0.00"},
    Kind.NUMBER: {"num_format": "0"},
    Kind.LINK: {"font_color": "#16528f", "underline": 1},
}
HARMLESS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_date_format": "yyyy-mm-dd",
}
LONGEST_LINK = 2_079
"""Characters of an address that Excel opens; a longer one is written as text."""
LONGEST_CELL = 32_767

Page = Sequence[Sequence[str]]
"""Rows of words; the first one is the heading."""


def workbook(title: str, author: str, calls: Table, named: Sequence[tuple[str, Page]], first: str) -> bytes:
    """`first`: name of the sheet with the calls; `named`: the sheets after it, each with its name."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, HARMLESS) as book:
        book.set_properties({"title": title, "author": author})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {kind: book.add_format({"valign": "top", **how}) for kind, how in FORMATS.items()}
        _calls(book.add_worksheet(_name(first)), calls, head, formats)
        for name, page in named:
            _words(book.add_worksheet(_name(name)), page, head, formats[Kind.TEXT])
    return made.getvalue()


def _calls(sheet: Worksheet, calls: Table, head: Any, formats: dict[Kind, Any]) -> None:
    for place, column in enumerate(calls.columns):
        sheet.write_string(0, place, column.heading, head)
        sheet.set_column(place, place, column.width)
    for number, row in enumerate(calls.rows, start=1):
        for place, (column, value) in enumerate(zip(calls.columns, row, strict=True)):
            _cell(sheet, number, place, value, formats[column.kind], column.kind is Kind.LINK)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(calls.rows), len(calls.columns) - 1)
    _for_print(sheet)


def _cell(sheet: Worksheet, row: int, place: int, value: Any, form: Any, is_link: bool) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, float):
        sheet.write_number(row, place, value, form)
    elif is_link and len(value) <= LONGEST_LINK:
        sheet.write_url(row, place, value, form, string=value)
    else:
        sheet.write_string(row, place, printable(value)[:LONGEST_CELL], form)


def _words(sheet: Worksheet, page: Page, head: Any, form: Any) -> None:
    for number, row in enumerate(page):
        for place, word in enumerate(row):
            sheet.write_string(number, place, printable(word)[:LONGEST_CELL], form if number else head)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, max(map(len, page), default=1), 50)
    sheet.freeze_panes(1, 0)
    _for_print(sheet)


def _for_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _name(text: str) -> str:
    """Of a sheet: at most 31 characters, none of those that Excel forbids."""
    return "".join(" " if mark in "[]:*?/\\'" else mark for mark in text)[:31].strip()
