"""The closed vocabulary of call pages of the Europa component library, in 24 languages. Knows no page.

A page's own language is asked first, then English, because many pages are only half translated.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("ecl_labels.yml")
NOT_APPLICABLE = "n/a"
"""What the theme shows as the status of a call without an opening date, in every language."""
SAME_LETTERS = str.maketrans({"’": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " "})


def fact_named(label: str, language: str) -> str | None:
    """The key of a fact ("deadline", "programme"…) by its label on a page; None for a label that is not known."""
    return _find("labels", label, language)


def status_of(text: str, language: str) -> str | None:
    """ "open", "forthcoming", "closed", or "" for "N/A"; None where the word is not known.

    A badge reads "Call status: Open", a fact only "Open".
    """
    word = _plain(text.rsplit(":", 1)[-1])
    return "" if word == NOT_APPLICABLE else _find("status", word, language)


def model_of(text: str, language: str) -> str | None:
    """The deadline model in the theme's English words; None where the word is not known."""
    return _find("model", text, language)


def _find(part: str, word: str, language: str) -> str | None:
    tables = _tables()
    found = (tables.get(name, {}).get(part, {}).get(_plain(word)) for name in (language, "en"))
    return next((key for key in found if key), None)


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    """Language -> part -> word -> key."""
    languages = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {
        name: {
            part: {_plain(word): key for key, words in keys.items() for word in words} for part, keys in parts.items()
        }
        for name, parts in languages.items()
    }


def _plain(word: str) -> str:
    return " ".join(word.translate(SAME_LETTERS).casefold().split()).strip(" :")
