"""Running headers, footers and page numbers: what stands in the margins of many pages and belongs to none. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from crawler.documents.headings import is_heading, usual_size
from crawler.documents.words import Line

MARGIN = 0.12
"""Of the height of a page, above and below, where they stand."""
LEAST_PAGES = 3
"""On which the same words stand at the same height …"""
LEAST_COUNTED = 2
"""… or words with a number that grows with the pages …"""
NEIGHBOURS = 4
"""… no farther than so many pages before or after: a heading may begin many pages, but not one after the other."""
NUMBER = re.compile(
    r"[-–—|\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|\|)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE
)
_COUNTED = re.compile(r"(?<![.\d])\d{1,4}(?![.)\d])")
"""A number that may be that of the page; the one of a heading is followed by a full stop."""

Page = tuple[float, list[Line]]
"""Its height and its lines."""
Key = tuple[str, int]
"""Words, one number of which may stand as its distance from the page's; and the place, in steps of four points."""


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page that belong to the text."""
    usual = usual_size(line for _, lines in pages for line in lines)
    seen: dict[Key, set[int]] = defaultdict(set)
    for number, (height, lines) in enumerate(pages):
        for line in lines:
            for key in _keys(line, height, number, usual):
                seen[key].add(number)
    return [
        [line for line in lines if not _is_furniture(line, height, number, usual, seen)]
        for number, (height, lines) in enumerate(pages)
    ]


def _is_furniture(line: Line, height: float, number: int, usual: float, seen: Mapping[Key, set[int]]) -> bool:
    keys = _keys(line, height, number, usual)
    if keys and NUMBER.fullmatch(line.text):
        return True
    return any(
        sum(abs(other - number) <= NEIGHBOURS for other in _around(key, seen)) >= least
        for key, least in zip(keys, [LEAST_PAGES, *[LEAST_COUNTED] * len(keys)], strict=False)
    )


def _around(key: Key, seen: Mapping[Key, set[int]]) -> set[int]:
    """The pages on which it stands within a few points."""
    text, place = key
    return set().union(*(seen.get((text, place + step), ()) for step in (-1, 0, 1)))


def _keys(line: Line, height: float, number: int, usual: float) -> list[Key]:
    """None outside of the margins; first its own words. Headings ("Topic 1" …) do not count the pages."""
    if MARGIN * height < line.bottom and line.top < (1 - MARGIN) * height:
        return []
    from_top = line.top < height / 2
    distance = round((line.top if from_top else height - line.bottom) / 4)
    place = distance if from_top else -1 - distance
    text = line.text.lower()
    numbers = [] if is_heading(line, usual) else list(_COUNTED.finditer(text))
    counted = [f"{text[: one.start()]}#{int(one[0]) - number}{text[one.end() :]}" for one in numbers]
    return [(words, place) for words in (text, *counted)]
