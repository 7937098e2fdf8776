"""What a mapping says of the source of an imported list -> the source, as the registry would describe it. Pure."""

from __future__ import annotations

from crawler.imports.zones import zone_of, zones_of
from crawler.source import IMPORTED, Expect, Source
from crawler.timetables.mapping import Field, ListSource, Mapping
from matcher.factfile import BadFactFile
from matcher.model import Fund

MOST = 50_000
UNKNOWN = "ZZ"
"""Unicode's code for no country."""
PLANNED = "planned"
NOBODY = ListSource(
    name="proposal", title="-", publisher="-", url="https://example.org/", licence="-", funds=(Fund.ESF_PLUS,)
)
"""Stands for the source of a list of which nobody has said yet whose it is; never stored."""


def source_of(mapping: Mapping, where: str) -> Source:
    """The source that an imported list is kept under. Raises BadFactFile, naming `where`, when none is named."""
    said = mapping.source
    if said is None:
        example = "a name (letters, digits, _), title, publisher, url, licence and funds"
        raise BadFactFile(f"{where}: field source is missing; to import a list, add it with {example}.")
    if not zones_of(mapping.country) or mapping.country == UNKNOWN:
        raise BadFactFile(f"{where}: field country: found {mapping.country!r}; write an ISO 3166-1 code, such as HU.")
    return Source(
        name=IMPORTED + said.name.removeprefix(IMPORTED),
        title=said.title,
        publisher=said.publisher,
        url=said.url,
        licence=said.licence,
        tier=said.tier,
        funds=said.funds,
        frequency="none",
        zone=said.zone or zone_of(mapping.country),
        language=mapping.language,
        country=mapping.country,
        gaps=("A list that was imported by hand: it is as new as the file, and as whole.",),
        expect=Expect(min=1, max=MOST, filled={"title": 1.0}),
        lookups=said.lookups,
    )


def as_planned(mapping: Mapping) -> Mapping:
    """The mapping of a list of planned calls: what says nothing of its state is planned."""
    if Field.STATUS in mapping.columns or Field.STATUS in mapping.constants:
        return mapping
    return mapping.holding({Field.STATUS: PLANNED})
