"""Country, language and time zone of a list, where a person named only one of them. Pure; facts of CLDR."""

from __future__ import annotations

from babel.core import get_global
from babel.languages import get_official_languages

CAPITALS = {"CY": "Asia/Nicosia", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "PT": "Europe/Lisbon"}
"""Time zone of the capital, of the Member States that lie in several (IANA tz database)."""


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
