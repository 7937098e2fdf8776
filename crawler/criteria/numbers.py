"""Small whole numbers in English, in figures and in words."""

from __future__ import annotations

# fmt: off
WORDS = {
    "single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-four": 24, "thirty": 30, "thirty-six": 36,
    "forty-eight": 48, "fifty": 50, "sixty": 60,
}
# fmt: on
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_BRACKETED = rf"(?: ?\((?:\d{{1,3}}|{_WORD})\))?"
COUNT = rf"(?:\d{{1,3}}(?![\d.,%])|\b(?:{_WORD})\b){_BRACKETED}"
"""A number as it stands in a pattern: 3, three, three (3), 3 (three)."""


def number(text: str) -> int:
    """The number that COUNT found. Raises ValueError for anything else."""
    first = text.split("(")[0].strip().lower()
    return WORDS[first] if first in WORDS else int(first)
