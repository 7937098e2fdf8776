"""Records of JSON and XML lists -> entries, by the paths of a mapping. Pure; knows no site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from crawler.platforms import json_records, xml_records
from crawler.timetables.entries import Cells, Doubt, Entry, entry_of
from crawler.timetables.mapping import Field, Mapping


def entries_of_records(records: Iterable[Any], mapping: Mapping) -> Iterator[Entry]:
    """The records of a JSON list, as a file or the pages of an answer hold them, numbered from 1."""
    for number, record in enumerate(records, start=1):
        doubts: list[Doubt] = []
        cells = {
            name: [
                (path, _texts(record, path, name, mapping.language, doubts))
                for path in paths
                if json_records.has_key(record, path)
            ]
            for name, paths in mapping.columns.items()
        }
        if not isinstance(record, dict):
            doubts.append(Doubt(Field.TITLE, "no record but a bare value", str(record)[:200], mapping.records))
        yield entry_of(number, cells, unit="record", epoch=mapping.epoch, doubts=doubts)


def entries_of_elements(elements: Iterable[etree._Element], mapping: Mapping) -> Iterator[Entry]:
    """The elements of an XML list, numbered from 1."""
    for number, element in enumerate(elements, start=1):
        cells: dict[Field, Cells] = {
            name: [(path, texts) for path in paths if (texts := xml_records.values_at(element, path))]
            for name, paths in mapping.columns.items()
        }
        yield entry_of(number, cells, unit="record", epoch=mapping.epoch)


def _texts(record: Any, path: str, name: Field, language: str, doubts: list[Doubt]) -> list[str]:
    texts = []
    for value in json_records.values_at(record, path):
        text = json_records.text_of(_plain(value, language))
        if text is None:
            doubts.append(Doubt(name, _instead(value, path), str(value)[:200], path))
        else:
            texts.append(text)
    return texts


def _plain(value: Any, language: str) -> Any:
    """The one value of an object that holds no other, or its text in the language of the list; else the value."""
    if not isinstance(value, dict):
        return value
    filled = {key: held for key, held in value.items() if held not in (None, "")}
    if len(filled) == 1:
        return next(iter(filled.values()))
    return filled.get(language, value)


def _instead(value: Any, path: str) -> str:
    if isinstance(value, dict):
        keys = ", ".join(list(map(str, value))[:8])
        return f"an object where one value is expected; the mapping can name what is meant, as {path}.KEY of {keys}"
    return "no text or number that can be taken over"
