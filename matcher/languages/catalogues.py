"""The languages a reader can choose, and the catalogue of each, compiled in memory when it is first asked for."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
"""The language of the messages themselves; it needs no catalogue."""
LANGUAGES = (SOURCE, "fr", "de", "es", "el", "it", "nl", "lv")
"""ISO 639-1, in the order in which they are offered."""
FOLDER = Path(__file__).parent


class UnknownLanguage(ValueError):
    """A language that is not offered, in plain words."""


def known(language: str) -> str:
    """The same code. Raises UnknownLanguage for one that is not offered."""
    if language not in LANGUAGES:
        raise UnknownLanguage(f"language: found {language!r}; choose one of {', '.join(LANGUAGES)}")
    return language


def catalogue_file(language: str) -> Path:
    return FOLDER / f"{language}.po"


def read_catalogue(language: str) -> Catalog:
    """The messages of a language as its translator wrote them."""
    with catalogue_file(known(language)).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translations(language: str) -> NullTranslations:
    """The compiled catalogue. Raises UnknownLanguage."""
    if known(language) == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)
