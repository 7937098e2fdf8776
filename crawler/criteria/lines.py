"""The lines of a text put together again: a sentence that a page broke, a list behind the words that lead it.

Knows nothing of conditions. Every piece stands verbatim in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from matcher.model import DocumentText

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MARKER = re.compile(r"(?:[•·◦▪■●‣⁃*–—−\uf0b7\uf0a7-]|o(?=\s)|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.)\s+(?=\S)")
_OPEN_END = re.compile(
    r"(?:,|\b(?:an?|the|of|in|to|for|from|by|with|at|on|and|or|between|least|than|is|are|be|must|EUR|up|per|as|its))$",
    re.IGNORECASE,
)
"""How no sentence ends: the next line goes on with it."""
_HEADING = re.compile(r"(?:\d{1,2}[a-d]?(?:\.\d{1,2}){0,3}\.?\s+)?[A-Z“\"'][^.!?;|]{2,100}")
_TOPIC = re.compile(r"(?:Topic|Priority|Strand) \d{1,2}\s*[-–—:]\s*[A-Z]")
SHORT = 90
"""Characters of the longest line that can be taken for a heading where the document's reader marked none."""
ROW = 1_500
"""Characters of the longest row of a table; a longer line with " | " in it is prose."""
GUESSED = 9
"""Level of a heading that only looks like one."""


class Line(NamedTuple):
    """`text[start:end]` without list marker and outer white space; `level` of a heading, 0 for none."""

    start: int
    end: int
    level: int = 0
    item: bool = False
    row: bool = False
    """A row of a table, cells apart by " | "."""


def lines(text: DocumentText) -> list[Line]:
    """The lines in reading order; a line that goes on with the one before it is joined to that."""
    known = {heading.start: heading.level for heading in text.headings}
    joined: list[Line] = []
    for found in _LINE.finditer(text.text):
        line = _line(text.text, found, known)
        if line is not None and joined and _goes_on(text.text, joined[-1], line):
            joined[-1] = joined[-1]._replace(end=line.end)
        elif line is not None:
            joined.append(line)
    return joined if known else [_guessed(text.text, line) for line in joined]


def lists(text: DocumentText) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Each line that is no list item, with the items that follow it."""
    head, items = Line(0, 0), []
    for line in lines(text):
        if line.item:
            items.append(line)
            continue
        yield head, tuple(items)
        head, items = line, []
    yield head, tuple(items)


def _line(text: str, found: re.Match[str], known: dict[int, int]) -> Line | None:
    words = found.group()
    start, end = found.start() + len(words) - len(words.lstrip()), found.start() + len(words.rstrip())
    if start >= end:
        return None
    if start in known:
        return Line(start, end, known[start])
    if " | " in words and end - start <= ROW:
        return Line(start, end, row=True)
    marker = _MARKER.match(text, start, end)
    if marker and marker.end() < end and not _is_numbered_heading(text, start, end):
        return Line(marker.end(), end, item=True)
    return Line(start, end)


def _is_numbered_heading(text: str, start: int, end: int) -> bool:
    return text[start].isdigit() and text[end - 1] not in ";,." and bool(_looks_like_heading(text, start, end))


def _goes_on(text: str, before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    if before.row or line.row or line.item or before.level or line.level or text[before.end - 1] in ".!?:;":
        return False
    first = text[line.start]
    return (
        first.islower()
        or first in "(%€"
        or bool(_OPEN_END.search(text[max(before.start, before.end - 12) : before.end]))
    )


def _guessed(text: str, line: Line) -> Line:
    if line.item or line.row or not _looks_like_heading(text, line.start, line.end):
        return line
    return line._replace(level=GUESSED)


def _looks_like_heading(text: str, start: int, end: int) -> bool:
    """A short line that begins like one and does not end like a sentence."""
    words = text[start:end]
    if _TOPIC.match(words) and end - start <= 2 * SHORT and words[-1] not in ".;:,":
        return True
    return end - start <= SHORT and words[-1] != ":" and bool(_HEADING.fullmatch(words)) and not _OPEN_END.search(words)
