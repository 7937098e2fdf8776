"""Which lines are headings, and of which level: by size, boldness and numbering. Pure; knows no file format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from crawler.documents.words import Line

LONGEST = 180
"""Characters; what is longer is a sentence in bold letters."""
LARGER = 1.06
"""Times the usual size from which letters are larger."""
DEEPEST = 6
NUMBERED = re.compile(
    r"^(?:(?:annex|section|chapter|part|article|appendix)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\)?\s+\S", re.IGNORECASE
)
_SEVERAL = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[^\W\d_]")
_ENDED = re.compile(r"[.;,!?]$|:$")

Style = tuple[float, bool]
"""Size and boldness."""


def usual_size(lines: Iterable[Line]) -> float:
    """The size that most letters of a document have; 0 for a document without text."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 0.0


def is_heading(line: Line, usual: float) -> bool:
    """One line of a heading; where it is divided, each of its lines is."""
    text = line.text
    if len(text) > LONGEST or not any(map(str.isalpha, text)):
        return False
    if line.size >= LARGER * usual or (line.bold and line.size >= 0.9 * usual):
        return not text.endswith((".", ";", ",")) or bool(NUMBERED.match(text))
    return bool(_SEVERAL.match(text)) and not _ENDED.search(text) and text[:1].isdigit() and len(text) < 90


def number_of(text: str) -> tuple[int, ...]:
    """Of "6.1 Eligible participants" 6 and 1; nothing for a heading without number."""
    found = NUMBERED.match(text)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def levels(headings: Sequence[tuple[str, Style]]) -> list[int]:
    """The level of each heading: as deep as its number, else by its style.

    A style whose headings are numbered stands as high as the highest of them, any other one below the next larger.
    """
    by_style: dict[Style, int] = {}
    above = 0
    for style in sorted({style for _, style in headings}, reverse=True):
        depths = [len(number_of(text)) for text, one in headings if one == style and number_of(text)]
        by_style[style] = min(depths) if depths else min(above + 1, DEEPEST)
        above = max(above, by_style[style]) if depths else by_style[style]
    return [min(len(number_of(text)) or by_style[style], DEEPEST) for text, style in headings]
