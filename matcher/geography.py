"""The tables of regions and of municipalities in data/reference, typed and checked. Knows no call and no language."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, NoReturn, TypeVar

from matcher.factfile import BadFactFile

NUTS: Final = "nuts.csv"
LAU: Final = "lau.csv"
POSITIONS: Final = "positions.csv"
CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
COUNTRY = re.compile(r"[A-Z]{2}")
NUMBER = re.compile(r"\d+")
DEGREES = re.compile(r"-?\d{1,3}(\.\d+)?")
Choice = TypeVar("Choice", bound=StrEnum)


class Category(StrEnum):
    """How rich a level 2 region is for the funds of 2021-2027, by Implementing Decision (EU) 2021/1130."""

    LESS_DEVELOPED = "less developed"
    TRANSITION = "transition"
    MORE_DEVELOPED = "more developed"


class Unit(StrEnum):
    """What a row of lau.csv is: a municipality, a district of several, or a settlement that is none by itself."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    PLACE = "place"


class Nuts(NamedTuple):
    """A region of NUTS 2024. `level` 0 is the country; `latin` only where `name` is in Greek or Cyrillic letters."""

    code: str
    country: str
    level: int
    name: str
    latin: str
    category: Category | None


class Lau(NamedTuple):
    """A municipality or a part of the country as small. `nuts`: the narrowest region it is known to lie in.

    `population` in inhabitants; `degurba` 1 city, 2 town or suburb, 3 rural. None where no source was at hand.
    """

    country: str
    code: str
    name: str
    unit: Unit
    nuts: str
    population: int | None
    degurba: int | None


class Position(NamedTuple):
    """A point for a region or country on a map, in degrees; data/reference/README.md says on what it rests."""

    latitude: float
    longitude: float


@cache
def load_positions(folder: Path) -> Mapping[str, Position]:
    """By code: regions of NUTS of levels 0 to 2, and ISO codes of countries outside of it. Raises BadFactFile."""
    columns = ("code", "latitude", "longitude", "rests_on")
    rows = _rows(folder / POSITIONS, columns)
    return MappingProxyType(
        {row.match("code", CODE, "a code"): Position(row.degrees("latitude"), row.degrees("longitude")) for row in rows}
    )


@cache
def load_nuts(folder: Path) -> Mapping[str, Nuts]:
    """All regions of nuts.csv by code, in the order of codes. Raises BadFactFile naming file, line and column."""
    found: dict[str, Nuts] = {}
    for row in _rows(folder / NUTS, ("code", "country", "level", "name", "latin", "category")):
        code = row.match("code", CODE, "two letters and up to three letters or digits, such as CZ064")
        if code in found:
            row.wrong("code", "each code once")
        if row["level"] != str(len(code) - 2):
            row.wrong("level", f"{len(code) - 2}, for {code}")
        if len(code) > 2 and code[:-1] not in found:
            row.wrong("code", "a code whose wider region stands above it")
        category = row.choice("category", Category) if row["category"] else None
        found[code] = Nuts(code, row.country(), len(code) - 2, row.text("name"), row["latin"], category)
    return MappingProxyType(found)


@cache
def load_lau(folder: Path, country: str) -> tuple[Lau, ...]:
    """The rows of lau.csv of one ISO country; none where it has none. Raises BadFactFile naming file, line and column.

    One country at a time: there are tens of thousands of rows, and hardly anybody asks for those of two countries.
    """
    regions = load_nuts(folder)
    columns = ("country", "code", "name", "unit", "nuts", "population", "degurba", "year", "source")
    return tuple(_unit(row, regions) for row in _rows(folder / LAU, columns) if row.country() == country)


def _unit(row: _Row, regions: Mapping[str, Nuts]) -> Lau:
    region = regions.get(row["nuts"])
    if region is None or region.country != row["country"]:
        row.wrong("nuts", f"a code of that country in {NUTS}")
    facts = (row["code"], row.text("name"), row.choice("unit", Unit), region.code)
    unit = Lau(row["country"], *facts, row.number("population"), row.number("degurba"))
    if unit.degurba not in (None, 1, 2, 3):
        row.wrong("degurba", "1, 2, 3 or nothing")
    return unit


class _Row:
    """A line of a table that can say what is wrong with it."""

    def __init__(self, path: Path, line: int, columns: tuple[str, ...], cells: list[str]) -> None:
        self._path, self._line, self._columns, self._cells = path, line, columns, cells

    def __getitem__(self, column: str) -> str:
        return self._cells[self._columns.index(column)]

    def wrong(self, column: str, allowed: str) -> NoReturn:
        raise BadFactFile(
            f"{self._path}, line {self._line}, column {column}: found {self[column]!r}; allowed: {allowed}. Correct it."
        )

    def match(self, column: str, pattern: re.Pattern[str], allowed: str) -> str:
        return self[column] if pattern.fullmatch(self[column]) else self.wrong(column, allowed)

    def text(self, column: str) -> str:
        return self[column] or self.wrong(column, "a text")

    def country(self) -> str:
        return self.match("country", COUNTRY, "a code of ISO 3166-1, such as GR")

    def number(self, column: str) -> int | None:
        value = self[column]
        return int(value) if value and self.match(column, NUMBER, "a whole number or nothing") else None

    def degrees(self, column: str) -> float:
        return float(self.match(column, DEGREES, "degrees, such as 56.95"))

    def choice(self, column: str, kind: type[Choice]) -> Choice:
        try:
            return kind(self[column])
        except ValueError:
            self.wrong(column, ", ".join(kind))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if (header := tuple(next(reader, ()))) != columns:
                raise BadFactFile(f"{path}, line 1: found {','.join(header)!r}; write the columns {','.join(columns)}.")
            for cells in reader:
                if len(cells) != len(columns):
                    raise BadFactFile(f"{path}, line {reader.line_num}: {len(cells)} cells; write {len(columns)}.")
                yield _Row(path, reader.line_num, columns, cells)
    except OSError as error:
        raise BadFactFile(f"{path}: cannot be read ({error.strerror}); check the folder and its rights.") from error
    except UnicodeDecodeError as error:
        raise BadFactFile(f"{path}: is not UTF-8 text at byte {error.start}; save it as UTF-8.") from error
    except csv.Error as error:
        raise BadFactFile(f"{path}: is no table of comma-separated values: {error}; correct it.") from error
