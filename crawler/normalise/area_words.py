"""The file of words for areas, data/reference/area_words.yml, typed and checked. Knows no text."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import Field

from matcher.factfile import BadFactFile, build, read
from matcher.geography import Category, load_nuts
from matcher.model import Frozen, Text

WORDS = "area_words.yml"


class Language(Frozen):
    between: tuple[Text, ...]
    smaller: tuple[Text, ...]
    without: tuple[Text, ...]
    whole: tuple[Text, ...]
    categories: dict[Category, tuple[Text, ...]]
    endings: dict[str, tuple[Text, ...]] = Field(default_factory=dict)


class Name(Frozen):
    codes: tuple[str, ...]
    words: tuple[Text, ...]


class Country(Frozen):
    source: Text
    as_of: date
    languages: tuple[str, ...]
    whole: tuple[Text, ...]
    names: tuple[Name, ...]
    note: str = ""


class WordsFile(Frozen):
    languages: dict[str, Language]
    countries: dict[str, Country]


@cache
def load_words(folder: Path) -> WordsFile:
    """Read and check area_words.yml. Raises BadFactFile naming country, name and what is allowed."""
    path = folder / WORDS
    file = build(WordsFile, read(path), str(path))
    regions = load_nuts(folder)
    for country, known in file.countries.items():
        for name in known.names:
            if wrong := [code for code in name.codes if code not in regions or regions[code].country != country]:
                raise BadFactFile(
                    f"{path}, {country}, {name.words[0]!r}, field codes: found {', '.join(wrong)}; "
                    "allowed: codes of that country in nuts.csv. Correct them."
                )
    return file
