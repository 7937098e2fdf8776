"""Running headers, footers and page numbers: what stands in the margins of many pages and belongs to none. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from crawler.documents.words import Line

MARGIN = 0.12
"""Of the height of a page, above and below, where they stand."""
LEAST_PAGES = 3
"""On which the same words stand at the same height …"""
NEIGHBOURS = 4
"""… no farther than so many pages before or after: a heading may begin many pages, but not one after the other."""
NUMBER = re.compile(
    r"[-–—|\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|\|)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE
)
_COUNTED = re.compile(r"(?<![.\d])\d+(?![.)\d])")
"""A number that may be that of the page; the one of a heading is followed by a full stop."""

Page = tuple[float, list[Line]]
"""Its height and its lines."""
Key = tuple[str, int]
"""Words without page number, and the distance from the nearer edge in steps of four points."""


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page that belong to the text."""
    seen: dict[Key, set[int]] = defaultdict(set)
    for number, (height, lines) in enumerate(pages):
        for line in lines:
            if _in_margin(line, height):
                seen[_key(line, height)].add(number)
    return [
        [line for line in lines if not (_in_margin(line, height) and _is_furniture(line, height, number, seen))]
        for number, (height, lines) in enumerate(pages)
    ]


def _is_furniture(line: Line, height: float, number: int, seen: Mapping[Key, set[int]]) -> bool:
    if NUMBER.fullmatch(line.text):
        return True
    text, place = _key(line, height)
    around = set().union(*(seen.get((text, place + step), ()) for step in (-1, 0, 1)))
    return sum(abs(other - number) <= NEIGHBOURS for other in around) >= LEAST_PAGES


def _in_margin(line: Line, height: float) -> bool:
    return line.bottom <= MARGIN * height or line.top >= (1 - MARGIN) * height


def _key(line: Line, height: float) -> Key:
    from_top = line.top < height / 2
    distance = round((line.top if from_top else height - line.bottom) / 4)
    return _COUNTED.sub("#", line.text.lower()), distance if from_top else -1 - distance
