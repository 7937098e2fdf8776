"""The words around dates (date_words.yml) as patterns. Knows no date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).with_name("date_words.yml")


@cache
def date_words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first, blanks and a closing dot as people set them."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


@cache
def phrase(key: str, *path: object) -> re.Pattern[str]:
    """One of the words of an entry, standing alone. `path` leads on into a nested entry."""
    words = date_words()[key]
    for step in path:
        words = words[step]
    return re.compile(rf"(?<![^\W_])(?:{any_of(words)})(?![^\W_])\.?", re.IGNORECASE)


@cache
def beside() -> frozenset[str]:
    """All words that may stand beside a date, of all languages: a page mixes its own with English."""
    return frozenset(word.casefold() for words in date_words()["beside"].values() for word in words)
