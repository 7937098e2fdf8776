"""Makes nuts.csv of the workbook of NUTS 2024: `python data/reference/build_geography.py NUTS2021-NUTS2024.xlsx`.

Categories of regions are no part of the workbook: they are kept from the nuts.csv that is there.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import pycountry
from python_calamine import CalamineWorkbook

TABLE = Path(__file__).with_name("nuts.csv")
COLUMNS = ("code", "country", "level", "name", "latin", "category")
ISO = {"EL": "GR"}
"""Eurostat's prefix -> ISO 3166-1, where they differ."""
LEVELS = {1, 2, 3}
LATIN_HEAD = re.compile(r"\bA(?=[\u0370-\u03ff])")


def rows(workbook: CalamineWorkbook, categories: dict[str, str]) -> list[dict[str, str]]:
    """All regions, `extra-regio` left out: nothing lies in them."""
    latin = {
        str(code): clean(name)
        for code, _, name, *_ in workbook.get_sheet_by_name("Cyrillic & Greek to Latin").to_python()
    }
    found = []
    for country, code, name, level, *_ in workbook.get_sheet_by_name("NUTS2024").to_python():
        if level not in LEVELS or str(code).endswith("Z"):
            continue
        facts = (code, ISO.get(str(country), country), int(level), clean(name), latin.get(str(code), ""), "")
        found.append(dict(zip(COLUMNS, map(str, facts), strict=True)) | {"category": categories.get(str(code), "")})
    return sorted([*found, *countries({row["code"][:2] for row in found})], key=lambda row: row["code"])


def countries(prefixes: set[str]) -> list[dict[str, str]]:
    """Level 0, which the workbook does not name: the English short name of ISO 3166-1."""
    found = []
    for prefix in prefixes:
        country = ISO.get(prefix, prefix)
        name = pycountry.countries.get(alpha_2=country).name
        found.append(dict(zip(COLUMNS, (prefix, country, "0", name, "", ""), strict=True)))
    return found


def clean(name: object) -> str:
    """Blanks collapsed, and a Latin letter that stands for a Greek one at the head of a Greek word put right."""
    return LATIN_HEAD.sub("Α", " ".join(str(name).split()))


def main(source: Path) -> None:
    categories = {}
    if TABLE.exists():
        with TABLE.open(encoding="utf-8", newline="") as file:
            categories = {row["code"]: row["category"] for row in csv.DictReader(file)}
    regions = rows(CalamineWorkbook.from_path(source), categories)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(regions)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
