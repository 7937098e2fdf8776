"""The records of a JSON list, one at a time, and the values at a path of a record. Pure; knows no site.

Refuses what would not fit into memory before it is laid out: a few kilobytes can open a million lists in each other.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import ijson

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 100
MAX_CONTAINERS = 1_000_000
"""Objects and lists of a file."""
MAX_TEXT = 1024 * 1024
"""Bytes of one text. The parser begins a text anew with each piece of the file that it is fed."""
MAX_RECORDS = 50_000
"""Of a file; a table may have as many rows."""
TOKEN = re.compile(
    rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|[0-9.]{60}|[0-9.][eE][-+]?[0-9]{7}',  # the last two: a number too long
    re.DOTALL,
)
"""What counts for the size of a document. The parser ends the process on a number of a million digits."""
HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
"""In a text: both halves of a character, half of one that has lost the other (group 1), any other escape."""


class BadRecords(Exception):
    """A file that holds no such records; the message names file and place, what was found and what is expected."""


def records_in(content: bytes, path: str, place: str, encoding: str = "") -> Iterator[Any]:
    """What the list at a dotted path of the document holds; the document itself where the path is empty.

    `encoding`: of a file that is not in Unicode. Raises BadRecords naming `place`.
    """
    text = check(content, place, encoding)
    prefix = f"{path}.item" if path else "item"
    count = 0
    try:
        for record in ijson.items(io.BytesIO(text), prefix):
            count += 1
            if count > MAX_RECORDS:
                raise BadRecords(f"{place}: over {MAX_RECORDS} records; this is refused")
            yield record
        if not count:
            _check_list(text, path, place)
    except ijson.JSONError as error:
        said = " ".join(str(error).split())[:120]
        raise BadRecords(
            f"{place}: is no JSON that can be read, or is cut off after {count} records ({said})"
        ) from error


def check(content: bytes, place: str, encoding: str = "") -> bytes:
    """The document as UTF-8, when it is not too large to be laid out. Raises BadRecords."""
    text = _utf8(content, place, encoding)
    _check_size(text, place)
    return HALF.sub(lambda found: rb"\ufffd" if found[1] else found[0], text) if rb"\u" in text else text


def values_at(record: Any, path: str) -> list[Any]:
    """What a record holds at a dotted path, through every list on the way; empty where there is no such key."""
    found = [record]
    for key in path.split("."):
        found = [value[key] for one in found for value in _items(one) if isinstance(value, Mapping) and key in value]
    return [value for one in found for value in _items(one)]


def has_key(record: Any, path: str) -> bool:
    """Whether a record has this path, be its value null or an empty list."""
    way, _, key = path.rpartition(".")
    holders = values_at(record, way) if way else list(_items(record))
    return any(isinstance(holder, Mapping) and key in holder for holder in holders)


def text_of(value: Any) -> str | None:
    """A single value as text, numbers without exponent; None for an object or list, and for a number too long."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return value.strip().encode("utf-8", "replace").decode()
        case Decimal() | float():
            number = Decimal(value) if isinstance(value, Decimal) else Decimal(repr(value))
            return format(number, "f") if number.is_finite() and abs(number.adjusted()) < 30 else None
        case int():
            return str(value) if abs(value) < 10**30 else None
        case _:
            return None


def _items(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _items(item)
    else:
        yield value


def _utf8(content: bytes, place: str, encoding: str) -> bytes:
    """As UTF-8 without mark of byte order."""
    if len(content) > MAX_BYTES:
        raise BadRecords(f"{place}: {len(content)} bytes; at most {MAX_BYTES} are read")
    unicode = json.detect_encoding(content)
    for name in (unicode, encoding):
        try:
            return content.decode(name).encode() if name else content
        except UnicodeDecodeError as error:
            if name == encoding or not encoding:
                said = f"is not {name} ({error.reason} at byte {error.start})"
                raise BadRecords(f"{place}: {said}; the mapping's `encoding` can name another") from error
    raise AssertionError("one of the two encodings was tried last")


def _check_size(text: bytes, place: str) -> None:
    depth = deepest = containers = 0
    for token in TOKEN.finditer(text):
        mark = token[0]
        if mark in (b"[", b"{"):
            depth, containers = depth + 1, containers + 1
            deepest = max(deepest, depth)
        elif mark in (b"]", b"}"):
            depth -= 1
        elif mark[:1] == b'"':
            if len(mark) > MAX_TEXT:
                raise BadRecords(f"{place}: a text of {len(mark)} bytes; at most {MAX_TEXT} are read")
        else:
            raise BadRecords(f"{place}: a number that begins or ends as {mark.decode()!r}, too long to be one; refused")
        if deepest > MAX_DEPTH or containers > MAX_CONTAINERS:
            limits = f"at most {MAX_DEPTH} levels and {MAX_CONTAINERS} objects and lists are read"
            raise BadRecords(f"{place}: nested {deepest} levels deep, with over {containers - 1} objects; {limits}")


def _check_list(text: bytes, path: str, place: str) -> None:
    """No record was found: an empty list is one, anything else is none."""
    kinds: dict[str, str] = {}
    for prefix, event, _ in ijson.parse(io.BytesIO(text)):
        kinds.setdefault(prefix, event)
    if kinds.get(path) != "start_array":
        lists = [prefix or "(the document)" for prefix, event in kinds.items() if event == "start_array"]
        found = f"lists at {', '.join(lists[:12])}" if lists else "no list"
        raise BadRecords(f"{place}: no list of records at {path or 'the top of the document'!r}; found {found}")
