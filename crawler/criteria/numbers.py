"""Small whole numbers in English, in figures and in words."""

from __future__ import annotations

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
WORDS = {word: number for number, word in enumerate(_WORDS, start=1)} | {
    "single": 1, "thirty": 30, "forty-eight": 48, "thirty-six": 36, "twenty-four": 24, "sixty": 60, "fifty": 50
}  # fmt: skip
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_BRACKETED = rf"(?: ?\((?:\d{{1,3}}|{_WORD})\))?"
COUNT = rf"(?:\d{{1,3}}(?![\d.,%])|\b(?:{_WORD})\b){_BRACKETED}"
"""A number as it stands in a pattern: 3, three, three (3), 3 (three)."""


def number(text: str) -> int:
    """The number that COUNT found. Raises ValueError for anything else."""
    first = text.split("(")[0].strip().lower()
    return WORDS[first] if first in WORDS else int(first)
