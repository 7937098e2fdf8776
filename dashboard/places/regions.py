"""Organisations and their projects, counted by region. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.geography import Nuts, Position
from matcher.partners.directory import Entry

LEVEL_2 = 4
"""Characters of a code of level 2: the narrowest region that is counted."""


@dataclass(frozen=True)
class Region:
    """`code`: of NUTS, of level 2 at most; of a country where no region is known."""

    code: str
    country: str
    name: str
    """Empty where only the country is known."""
    organisations: int
    projects: int
    position: Position | None

    @property
    def is_country(self) -> bool:
        return not self.name


def regions(entries: Iterable[Entry], nuts: Mapping[str, Nuts], positions: Mapping[str, Position]) -> list[Region]:
    """Those with most organisations first. A project counts once in each region it is carried out from."""
    countries = {one.country: code for code, one in nuts.items() if one.level == 0}
    by_code: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        by_code[place(one, nuts, countries)].append(one)
    made = [_region(code, inside, nuts, positions) for code, inside in by_code.items()]
    return sorted(made, key=lambda one: (-one.organisations, one.code))


def place(one: Entry, nuts: Mapping[str, Nuts], countries: Mapping[str, str]) -> str:
    """The code under which an organisation counts; its country where its region is not of NUTS 2024 or unknown."""
    told = (one.candidate.nuts or "")[:LEVEL_2]
    if len(told) == LEVEL_2 and told in nuts and nuts[told].country == one.candidate.country:
        return told
    return countries.get(one.candidate.country, one.candidate.country)


def _region(code: str, inside: list[Entry], nuts: Mapping[str, Nuts], positions: Mapping[str, Position]) -> Region:
    known = nuts.get(code)
    return Region(
        code=code,
        country=inside[0].candidate.country,
        name=(known.latin or known.name) if known and known.level else "",
        organisations=len(inside),
        projects=len({done.stored or done.project for one in inside for done in one.candidate.past}),
        position=positions.get(code),
    )
