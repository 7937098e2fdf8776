"""Puts the municipalities of Eurostat's list of local administrative units into lau.csv, country by country.

    python data/reference/build_lau.py EU-27-LAU-2024-NUTS-2024.xlsx 2023

The year is that of the inhabitants, which Eurostat says beside the file. Countries that the workbook does not hold keep
their rows. The list could not be had when the table was made; its columns are known from programs that read it.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

TABLE = Path(__file__).with_name("lau.csv")
COLUMNS = ("country", "code", "name", "unit", "nuts", "population", "degurba", "year", "source")
HEADERS = {
    "NUTS 3 CODE": "nuts",
    "LAU CODE": "code",
    "LAU NAME NATIONAL": "name",
    "POPULATION": "population",
    "DEGURBA": "degurba",
}
ISO = {"EL": "GR"}
"""Eurostat's name of a sheet -> ISO 3166-1, where they differ."""


def municipalities(workbook: CalamineWorkbook, year: str) -> Iterator[dict[str, str]]:
    """The rows of all sheets that are named by a country and have the columns. Raises ValueError where one is gone."""
    for sheet in workbook.sheet_names:
        if len(sheet) == 2 and sheet.isupper():
            rows = workbook.get_sheet_by_name(sheet).to_python()
            yield from _of_country(ISO.get(sheet, sheet), rows, year)


def _of_country(country: str, rows: list[list[object]], year: str) -> Iterator[dict[str, str]]:
    headers = [_text(cell).upper() for cell in rows[0]]
    if missing := [header for header in HEADERS if header not in headers]:
        raise ValueError(f"sheet of {country}: no column {', '.join(missing)}; found {', '.join(headers)}")
    places = {name: headers.index(header) for header, name in HEADERS.items()}
    for row in rows[1:]:
        facts = {name: _text(row[place]) for name, place in places.items()}
        if not facts["code"] or not facts["nuts"]:
            continue
        figures = {name: facts[name] if facts[name].isdigit() else "" for name in ("population", "degurba")}
        known = {"country": country, "unit": "municipality", "source": "Eurostat"}
        yield {**facts, **figures, **known, "year": year if figures["population"] else ""}


def _text(cell: object) -> str:
    """Whole numbers without ".0"; a code that is a number loses no zeros only where the workbook keeps it as text."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def replace(old: list[dict[str, str]], new: list[dict[str, str]]) -> list[dict[str, str]]:
    """All rows of the new countries instead of the old ones, in the order of the table."""
    countries = {row["country"] for row in new}
    kept = [row for row in old if row["country"] not in countries]
    return sorted([*kept, *new], key=lambda row: (row["country"], row["unit"], row["code"], row["name"]))


def main(source: Path, year: str, table: Path = TABLE) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        old = list(csv.DictReader(file))
    rows = replace(old, list(municipalities(CalamineWorkbook.from_path(source), year)))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
