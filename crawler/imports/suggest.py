"""Which column of a list is probably which of our fields: by the meaning of its header and by its values.

A proposal for a person to correct. Pure apart from the encoder it is given and the examples that come with the project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from babel.numbers import get_territory_currencies
from numpy.typing import NDArray

from crawler.imports.evidence import evidence, middle_day
from crawler.imports.layout import Column, Layout, json_layout, table_layout, xml_layout
from crawler.imports.zones import zone_of
from crawler.platforms.json_records import BadRecords
from crawler.platforms.tabular_files import BadTable
from crawler.timetables.entries import EPOCH
from crawler.timetables.mapping import DATES, Field, Mapping
from crawler.timetables.readers import BadList, head_of, page_title
from matcher.embedding import Encoder, HashingEncoder

LAWFUL = Path(__file__).with_name("lawful_fields.yml")
EXAMPLES = Path(__file__).parents[1] / "spiders" / "national"
LEAST = 0.03
"""Below this score a field is left open: on the headers of the shipped mappings more would be wrong than right."""
SPELLING = 0.2
"""What likeness of spelling counts beside likeness of meaning: small models know little of small languages."""
JOINED_LATELY = ("BG",)
"""Countries that took the euro on 1 January 2026, which Babel does not know yet."""
REQUIRED = (Field.TITLE, Field.OPENING)
Examples = Pairs[Field, Sequence[str]]


@dataclass(frozen=True)
class Guess:
    column: Column
    score: float
    """How much likelier than the average field, on the scale of cosines; above LEAST."""


@dataclass(frozen=True)
class Suggestion:
    layout: Layout
    country: str
    language: str
    guesses: dict[Field, Guess]


def suggested(content: bytes, place: str, encoder: Encoder, country: str, language: str) -> Suggestion:
    """What a list that nobody described seems to hold. Raises BadList for what is no list."""
    layout = layout_of(content, place, language)
    return Suggestion(layout, country, language, propose(layout.columns, encoder, examples(), country, language))


def mapping_of(found: Suggestion) -> Mapping:
    """The proposal as it would read the list."""
    zone = zone_of(found.country)
    days = [text for name in DATES & found.guesses.keys() for text in found.guesses[name].column.values]
    return Mapping(
        country=found.country,
        language=found.language,
        columns={name: (guess.column.name,) for name, guess in found.guesses.items()},
        required=REQUIRED if found.guesses.keys() >= set(REQUIRED) else tuple(found.guesses)[:2],
        records=found.layout.records,
        currency=_currency(found),
        epoch=zone if any(map(EPOCH.fullmatch, days)) else "",
    )


def _currency(found: Suggestion) -> str:
    """Of amounts that name none: what their header names, else the country's own."""
    own = "EUR" if found.country in JOINED_LATELY else get_territory_currencies(found.country)[-1]
    header = found.guesses[Field.BUDGET].column.name if Field.BUDGET in found.guesses else ""
    named = [code for code in re.findall(r"\b[A-Z]{3}\b", header) if code in ("EUR", own)]
    return named[0] if named else "EUR" if "€" in header else own


def layout_of(content: bytes, place: str, language: str = "") -> Layout:
    """Where the header or the records are; `language`, where known, tells older encodings apart. Raises BadList."""
    head = head_of(content)
    if title := page_title(head):
        raise BadList(f"{place}: {title}, where a list is expected")
    try:
        if head.startswith(("{", "[")):
            return json_layout(content, place)
        return xml_layout(content, place) if head.startswith("<") else table_layout(content, place, language)
    except (BadRecords, BadTable) as error:
        raise BadList(str(error)) from error


def propose(
    columns: Sequence[Column], encoder: Encoder, known: Examples, country: str, language: str
) -> dict[Field, Guess]:
    """Field -> its likeliest column, each column for one field, as far as anything speaks for it."""
    from scipy.optimize import linear_sum_assignment

    fields = list(Field)
    scores = _likeness([column.name for column in columns], encoder, known, fields)
    for place, column in enumerate(columns):
        told = evidence(column.values, country, language)
        scores[place] += [told.get(name, 0.0) for name in fields]
    _by_order_of_days(scores, columns, fields, language)
    pairs = zip(*linear_sum_assignment(np.maximum(scores, LEAST), maximize=True), strict=True)
    found = {fields[field]: Guess(columns[place], float(scores[place, field])) for place, field in pairs}
    return {name: found[name] for name in fields if name in found and found[name].score > LEAST}


def examples(without: Sequence[str] = ()) -> dict[Field, list[str]]:
    """Field -> the words of the law, and the headers that the shipped mappings know, but those of these files."""
    known = {Field(name): list(words) for name, words in yaml.safe_load(LAWFUL.read_text(encoding="utf-8")).items()}
    for file in sorted(EXAMPLES.glob("*.yml")):
        columns = {} if file.stem in without else _columns(file)
        for name, headers in columns.items():
            known[Field(name)] += map(in_words, headers)
    return known


def in_words(header: str) -> str:
    """A path as a reader would say it: `programa.fechaInicio` -> `programa fecha Inicio`."""
    apart = re.sub(r"(?<=[a-zà-ž])(?=[A-ZÀ-Ž])", " ", header)
    return " ".join(re.sub(r"[./_@]+", " ", apart).split())


@cache
def _columns(file: Path) -> dict[str, list[str]]:
    content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    columns: dict[str, list[str]] = content.get("columns", {}) if isinstance(content, dict) else {}
    return columns


def _likeness(
    headers: Sequence[str], encoder: Encoder, known: Examples, fields: Sequence[Field]
) -> NDArray[np.float64]:
    """Header x field: how near the header is to the nearest example of the field, beyond what is usual for both.

    Usual for a field is its likeness to the examples of the others: some texts are near to everything.
    """
    texts = [text for name in fields for text in known[name]]
    owner = np.array([place for place, name in enumerate(fields) for _ in known[name]])
    words = list(map(in_words, headers))
    ours: NDArray[np.float64] = np.zeros((len(headers), len(fields)))
    for judge, weight in ((encoder, 1.0), (HashingEncoder(), SPELLING)):
        examples, these = judge.encode_queries(texts), judge.encode_queries(words)
        for place in range(len(fields)):
            own, others = examples[owner == place], examples[owner != place]
            ours[:, place] += weight * (_nearest(these, own) - _nearest(others, own).mean())
    centred: NDArray[np.float64] = ours - ours.mean(axis=1, keepdims=True)
    return centred


def _nearest(rows: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each row its likeness to the nearest example."""
    nearest: NDArray[np.float32] = (rows @ examples.T).max(axis=1)
    return nearest


def _by_order_of_days(
    scores: NDArray[np.float64], columns: Sequence[Column], fields: Sequence[Field], language: str
) -> None:
    """Of columns of days, the one with the earliest days rather opens a call and that with the latest ends it."""
    opening, deadline = fields.index(Field.OPENING), fields.index(Field.DEADLINES)
    days = {place: middle_day(column.values, language) for place, column in enumerate(columns)}
    ordered = sorted((day, place) for place, day in days.items() if day is not None)
    if len(ordered) > 1 and ordered[0][0] < ordered[-1][0]:
        scores[ordered[0][1], opening] += 0.05
        scores[ordered[-1][1], deadline] += 0.05
