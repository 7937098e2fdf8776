"""What a mapping says of the source of an imported list -> the source, as the registry would describe it. Pure."""

from __future__ import annotations

from babel.core import get_global
from babel.languages import get_official_languages

from crawler.source import IMPORTED, Expect, Source
from crawler.timetables.mapping import Field, ListSource, Mapping
from matcher.factfile import BadFactFile
from matcher.model import Fund

MOST = 50_000
CAPITALS = {"CY": "Asia/Nicosia", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "PT": "Europe/Lisbon"}
"""Time zone of the capital, of the Member States that lie in several (IANA tz database)."""
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


def zone_of(country: str) -> str:
    """IANA name of the time zone of a country's capital."""
    return CAPITALS.get(country) or zones_of(country)[0]


def zones_of(country: str) -> list[str]:
    return sorted(zone for zone, territory in get_global("zone_territories").items() if territory == country)


def place_of(country: str, language: str) -> tuple[str, str]:
    """Country and language of a list; the one not said follows from the other. Raises ValueError where it does not."""
    country, language = country.upper(), language.lower()
    if country and not zones_of(country):
        raise ValueError(f"--country {country}: no such country; write its ISO 3166-1 code, such as HU")
    if country and not language:
        language = next(iter(get_official_languages(country, de_facto=True)), "")
    if language and not country:
        everywhere = sorted(set(get_global("zone_territories").values()))
        among = [code for code in everywhere if language in get_official_languages(code, de_facto=True)[:1]]
        country = among[0] if len(among) == 1 else ""
    if not (country and language):
        raise ValueError("say whose list it is: --country HU, or --language hu where only one country speaks it first")
    return country, language
