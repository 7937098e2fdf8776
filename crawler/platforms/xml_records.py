"""The records of an XML file, one at a time, and the values at a path of a record. Pure; knows no site.

Refuses a document type, in which bombs and references to other files are made, and what would not fit into memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from lxml import etree

from crawler.platforms.json_records import BadRecords

MAX_BYTES = 64 * 1024 * 1024
MAX_ELEMENTS = 20_000
"""Of one record. Everything outside the records is let go at once. libxml2 refuses over 256 levels by itself."""
MAX_RECORDS = 50_000
"""Of a file; a table may have as many rows."""
MAX_ALL_ELEMENTS = 2_000_000
"""Of a file, in records and outside of them."""
CHUNK = 64 * 1024
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def records_in(content: bytes, name: str, place: str) -> Iterator[etree._Element]:
    """The outermost elements of a name, whatever their namespace; each is emptied when the next is asked for.

    Raises BadRecords naming `place` for what is no XML, has a document type, is too large, or has no such element.
    """
    check(content, place)
    parser = etree.iterparse(io.BytesIO(content), events=("start", "end"), **SAFE)
    count, record, size, seen = 0, None, 0, 0
    met: dict[str, None] = {}
    try:
        for event, element in parser:
            if event == "start":
                met.setdefault(local(element), None) if len(met) < 30 else None
                size, seen = size + 1, seen + 1
                if record is None and local(element) == name:
                    record, size = element, 1
                if record is not None and size > MAX_ELEMENTS:
                    raise BadRecords(f"{place}: record {count + 1} holds over {MAX_ELEMENTS} elements; this is refused")
                if seen > MAX_ALL_ELEMENTS or count >= MAX_RECORDS:
                    raise BadRecords(f"{place}: over {MAX_RECORDS} records or {MAX_ALL_ELEMENTS} elements; refused")
            elif element is record:
                count, record = count + 1, None
                yield element
                _let_go(element)
            elif record is None:
                _let_go(element)
    except etree.XMLSyntaxError as error:
        said = f"is no XML that can be read, or is cut off after {count} records ({error.msg})"
        raise BadRecords(f"{place}: {said}") from error
    if not count:
        raise BadRecords(f"{place}: no element {name!r}; found {', '.join(met)}")


def check(content: bytes, place: str) -> None:
    """Raises BadRecords, naming `place`, for what is too large, does not begin as XML, or has a document type."""
    if len(content) > MAX_BYTES:
        raise BadRecords(f"{place}: {len(content)} bytes; at most {MAX_BYTES} are read")
    _check_prologue(content, place)


def parser() -> etree.XMLParser:
    """Reads no entity, no document type and no other file."""
    return etree.XMLParser(**SAFE)


def values_at(record: etree._Element, path: str) -> list[str]:
    """The texts at a path below a record (`OBDOBI/ZAHAJENI`, `FOND/@KOD`), of every element that lies there."""
    way, _, last = path.rpartition("/")
    if last.startswith("@"):
        holders = _below(record, way) if way else [record]
        attributes = (dict(_attributes(holder)) for holder in holders)
        found = [held[last[1:]] for held in attributes if last[1:] in held]
    else:
        found = ["".join(element.itertext()) for element in _below(record, path)]
    return [text.strip() for text in found]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _below(record: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path of names; none for an empty name, and nothing in a name is a command of XPath."""
    found = [record]
    for name in [] if path == "." else path.split("/"):
        found = [child for one in found for child in one.iterchildren(f"{{*}}{name}")] if name else []
    return found


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((name.rpartition("}")[2], value) for name, value in element.attrib.items())


def _let_go(element: etree._Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _PrologueRead(Exception):
    """The first element is there, so no document type can follow."""


def _check_prologue(content: bytes, place: str) -> None:
    """Raises BadRecords for a document type, whatever encoding hides it."""

    def refuse(*_: object) -> None:
        raise BadRecords(f"{place}: has a document type (DTD), which lists of calls need not; this is refused")

    def stop(*_: object) -> None:
        raise _PrologueRead

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        for start in range(0, len(content), CHUNK):
            parser.Parse(content[start : start + CHUNK])
        parser.Parse(b"", True)
    except _PrologueRead:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadRecords(f"{place}: is no XML that can be read ({error})") from error
