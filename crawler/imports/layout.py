"""How a list that nobody described is laid out: where its header or records are, what its columns hold. Pure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from crawler.platforms import json_records, xml_records
from crawler.platforms.json_records import BadRecords
from crawler.platforms.tabular import HEADER_WITHIN
from crawler.platforms.tabular_files import Sheet, code_page, readings

ROWS = 400
"""Rows or records that are looked at."""
DEPTH = 3
"""Steps of a path below a record."""
HEADER_SHARE = 0.7
"""A header fills at least this share of what the fullest row fills."""
LONGEST_HEADER = 120
LARGEST = 8 * 1024 * 1024
"""Bytes of an XML file, which is laid out whole."""


@dataclass(frozen=True)
class Column:
    """A header or path, and the texts below it, empty ones left out."""

    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    where: str
    """For a reader: "sheet 'Plan', header in row 4"."""
    records: str
    """For a mapping; see `Mapping.records`."""
    columns: tuple[Column, ...]


def table_layout(content: bytes, place: str, language: str) -> Layout:
    """The largest table of a file. Raises BadTable for no table, BadRecords for one without header."""
    best: tuple[int, Layout] | None = None
    for sheets in readings(content, place, code_page(language)):
        for sheet in sheets:
            top = _header(sheet)
            if top is None:
                continue
            found = _columns(sheet, top)
            size = sum(len(column.values) for column in found)
            if best is None or size > best[0]:
                named = f"sheet {sheet.name!r}, " if sheet.name else ""
                records = sheet.name if len(sheets) > 1 else ""
                best = size, Layout(f"{named}header in row {top + 1}", records, found)
    if best is None:
        raise BadRecords(f"{place}: no row that could be a header: two or more short texts with rows below them")
    return best[1]


def json_layout(content: bytes, place: str) -> Layout:
    """The longest list of objects of a JSON document. Raises BadRecords."""
    text = json_records.check(content, place)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRecords(f"{place}: is no JSON that can be read ({str(error)[:120]})") from error
    lists = list(_lists(document, ""))
    if not lists:
        raise BadRecords(f"{place}: no list of objects")
    path, records = max(lists, key=lambda found: len(found[1]))
    texts: dict[str, list[str]] = defaultdict(list)
    for record in records[:ROWS]:
        for name, value in _leaves(record, "", DEPTH):
            texts[name].append(value)
    where = f"list {path!r} of {len(records)} records" if path else f"list of {len(records)} records"
    return Layout(where, path, tuple(Column(name, tuple(filter(None, found))) for name, found in texts.items()))


def xml_layout(content: bytes, place: str) -> Layout:
    """The element that comes most often with most below it. Raises BadRecords."""
    if len(content) > LARGEST:
        raise BadRecords(f"{place}: {len(content)} bytes; a mapping is proposed for at most {LARGEST}")
    xml_records.check(content, place)
    try:
        root = etree.fromstring(content, xml_records.parser())
    except etree.XMLSyntaxError as error:
        raise BadRecords(f"{place}: is no XML that can be read ({error.msg})") from error
    below: dict[str, set[str]] = defaultdict(set)
    for element in root.iter():
        below[xml_records.local(element)].update(path for path, _ in _parts(element, "", DEPTH))
    times = Counter(xml_records.local(element) for element in root.iter())
    record = max(below, key=lambda name: (min(times[name], ROWS) - 1) * len(below[name]))
    if times[record] < 2:
        raise BadRecords(f"{place}: no element that comes several times")
    texts: dict[str, list[str]] = defaultdict(list)
    for number, element in enumerate(root.iter(f"{{*}}{record}")):
        if number < ROWS:
            for path, text in _parts(element, "", DEPTH):
                texts[path].append(text)
    columns = tuple(Column(name, tuple(filter(None, found))) for name, found in texts.items() if any(found))
    return Layout(f"{times[record]} elements {record!r}", record, columns)


def _header(sheet: Sheet) -> int | None:
    """The first row that is nearly as full as any and holds short texts only, each once, with a row below it."""
    rows = sheet.rows[: HEADER_WITHIN + 40]
    widest = max((sum(map(bool, row)) for row in rows), default=0)
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        filled = [cell for cell in row if cell]
        if len(filled) < max(2, HEADER_SHARE * widest) or len(set(filled)) < HEADER_SHARE * len(filled):
            continue
        words = [cell for cell in filled if len(cell) <= LONGEST_HEADER and any(map(str.isalpha, cell))]
        if len(words) >= HEADER_SHARE * len(filled) and any(map(any, sheet.rows[number + 1 :])):
            return number
    return None


def _columns(sheet: Sheet, top: int) -> tuple[Column, ...]:
    rows = sheet.rows[top + 1 : top + 1 + ROWS]
    names = [" ".join(cell.split()) for cell in sheet.rows[top]]
    return tuple(
        Column(name, tuple(row[place] for row in rows if place < len(row) and row[place]))
        for place, name in enumerate(names)
        if name and name not in names[:place]
    )


def _lists(value: Any, path: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """The lists of objects of a document that are not within another one's objects, by path."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value[:ROWS]):
        yield path, value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _lists(held, f"{path}.{key}" if path else str(key))


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Path -> text of everything below a record that is no object or list."""
    if isinstance(value, dict) and depth:
        for key, held in value.items():
            yield from _leaves(held, f"{path}.{key}" if path else str(key), depth - 1)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, path, depth)
    elif (text := json_records.text_of(value)) is not None:
        yield path, text


def _parts(element: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Path -> text of the attributes and elements below an element that hold no further ones."""
    for name, value in element.attrib.items():
        yield f"{path}/@{name.rpartition('}')[2]}".lstrip("/"), value.strip()
    for child in element if depth else ():
        below = f"{path}/{xml_records.local(child)}".lstrip("/")
        if not len(child):
            yield below, (child.text or "").strip()
        yield from _parts(child, below, depth - 1)
