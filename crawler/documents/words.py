"""Words and lines with their places on a page. Pure geometry: x to the right, y downwards, in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from crawler.documents.letters import clean


class Word(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False
    glued: bool = False
    """No blank before it: it follows on the word before, in another size."""

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Line(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    """Height of most of its letters."""
    bold: bool
    """All of its words are."""


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand side by side, row by row from the top; within a row from left to right."""
    rows: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top, word.x0)):
        number = _row_for(word, spans)
        if number is None:
            rows.append([word])
            spans.append((word.top, word.bottom))
        else:
            rows[number].append(word)
            tallest = max(rows[number], key=lambda one: one.height)
            spans[number] = (tallest.top, tallest.bottom)
    order = sorted(range(len(rows)), key=lambda number: spans[number])
    return [sorted(rows[number], key=lambda word: word.x0) for number in order]


def _row_for(word: Word, spans: Sequence[tuple[float, float]]) -> int | None:
    """The latest row that shares more than half of the lower one's height with the word."""
    for number in range(len(spans) - 1, max(-1, len(spans) - 5), -1):
        top, bottom = spans[number]
        shared = min(bottom, word.bottom) - max(top, word.top)
        if shared > 0.5 * min(bottom - top, word.height):
            return number
    return None


def line_of(row: Sequence[Word]) -> Line | None:
    """A row as one line without marks of footnotes; None where nothing is left."""
    size = _usual(row)
    kept = [word for number, word in enumerate(row) if not (number and _is_mark(word, size, row))]
    text = clean("".join(f"{'' if word.glued else ' '}{word.text}" for word in kept))
    if not text:
        return None
    lettered = [word for word in kept if any(character.isalnum() for character in word.text)]
    return Line(
        text=text,
        x0=min(word.x0 for word in kept),
        top=min(word.top for word in kept),
        x1=max(word.x1 for word in kept),
        bottom=max(word.bottom for word in kept),
        size=size,
        bold=bool(lettered) and all(word.bold for word in lettered),
    )


def _usual(row: Sequence[Word]) -> float:
    """The height that most letters have."""
    weights: dict[float, int] = {}
    for word in row:
        height = round(word.height * 2) / 2
        weights[height] = weights.get(height, 0) + len(word.text)
    return max(weights, key=lambda height: (weights[height], height))


def _is_mark(word: Word, size: float, row: Sequence[Word]) -> bool:
    """A small raised number or star after a word: it points to a note and is no part of the sentence."""
    small = word.height < 0.8 * size and word.text.strip(",;").replace("*", "0").isdigit()
    return small and word.bottom < median(one.bottom for one in row) - 0.05 * size
