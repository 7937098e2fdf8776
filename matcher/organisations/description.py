"""A description of an organisation read with all that is known of countries, languages and places. Reads files."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from matcher.countries import known_codes
from matcher.geography import load_lau, load_nuts
from matcher.languages import LANGUAGES, speaker
from matcher.organisations.reading import Proposal, place, proposals
from matcher.organisations.tongues import KNOWN
from matcher.organisations.vocabulary import Vocabulary


def read_description(text: str, words: Vocabulary, members: Collection[str], reference: Path) -> tuple[Proposal, ...]:
    """`members`: Member States. `reference`: the folder of regions and municipalities. Raises BadFactFile."""
    found = proposals(text, words, country_names(), members, language_names())
    country = next((one.value for one in found if one.field == "country"), "")
    if not country:
        return found
    regions = {one.code: one.latin or one.name for one in load_nuts(reference).values() if one.country == country}
    name = next((one.value for one in found if one.field == "name"), "")
    lies = place(
        text.replace(name, " ") if name else text,
        {code: name for code, name in regions.items() if len(code) > 2},
        load_lau(reference, country),
    )
    return (*found, lies) if lies else found


@cache
def country_names() -> dict[str, str]:
    """Names of countries in all languages of the interface -> codes."""
    return {speaker(language).country_name(code): code for language in LANGUAGES for code in sorted(known_codes())}


@cache
def language_names() -> dict[str, str]:
    """Names of languages in all languages of the interface, without capitals -> codes."""
    return {speaker(language).language_name(code).casefold(): code for language in LANGUAGES for code in KNOWN}
