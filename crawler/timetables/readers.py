"""The bytes of a list, a table (CSV, XLSX, XLS, ODS), JSON or XML, -> raw calls by its mapping. Pure; knows no site."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from crawler.platforms import json_records, xml_records
from crawler.platforms.json_records import BadRecords
from crawler.platforms.tabular_files import BadTable
from crawler.timetables import tables
from crawler.timetables.calls import File, Found, raw_calls
from crawler.timetables.entries import Entry
from crawler.timetables.mapping import Field, Mapping
from crawler.timetables.records import entries_of_elements, entries_of_records
from matcher.model import Issue

HEAD = 4096
"""Bytes that tell what a file is."""
TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*+|<!--.*?-->\s*+)*+(?:<!doctype\s+html|<(?:html|head|body)[\s>])", re.IGNORECASE | re.DOTALL
)


class BadList(Exception):
    """Bytes that hold no such list; the message names file and place, what was found and what is expected."""


def read_list(content: bytes, mapping: Mapping, file: File) -> Found:
    """The calls of a list and what of it could not become one. Raises BadList for what is no such list."""
    met: dict[Field, None] = {}
    issues: list[Issue] = []
    try:
        found = raw_calls(_noting(_entries(content, mapping, file.name, issues), met), mapping, file)
    except (BadTable, BadRecords) as error:
        raise BadList(str(error)) from error
    missing = [_missing(name, mapping, file) for name in mapping.columns if name not in met] if found.calls else []
    return Found(found.calls, [*missing, *issues, *found.issues])


def _entries(content: bytes, mapping: Mapping, place: str, issues: list[Issue]) -> Iterator[Entry]:
    """The entries; what is said of the file as a whole goes to `issues`."""
    head = head_of(content)
    if page := page_title(head):
        raise BadList(f"{place}: {page}, where a list is expected; open its address and look")
    if head.startswith(("{", "[")):
        yield from entries_of_records(
            json_records.records_in(content, mapping.records, place, mapping.encoding), mapping
        )
    elif head.startswith("<"):
        yield from entries_of_elements(xml_records.records_in(content, mapping.records, place), mapping)
    else:
        reading = tables.read(content, mapping, place)
        issues += tables.issues_of(reading, mapping, place)
        yield from tables.entries_of_rows(reading)


def page_title(head: str) -> str:
    """That a file is a web page, and its title: often all that a firewall sends; empty for any other file."""
    if not WEB_PAGE.match(head):
        return ""
    title = TITLE.search(head)
    return f"is a web page, titled {' '.join(title[1].split())[:120]!r}" if title else "is a web page without title"


def head_of(content: bytes) -> str:
    """How a file begins, decoded well enough to tell what it is."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content[:HEAD].decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()


def _noting(entries: Iterable[Entry], met: dict[Field, None]) -> Iterator[Entry]:
    for entry in entries:
        met |= dict.fromkeys(entry.columns)
        yield entry


def _missing(name: Field, mapping: Mapping, file: File) -> Issue:
    return Issue(
        field=str(name),
        problem="no column, path or element of the list is what the mapping names",
        allowed=" or ".join(mapping.columns[name]),
        place=file.name,
    )
