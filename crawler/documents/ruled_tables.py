"""Tables that lines are drawn around: rules and words of a page -> rows of cells, and the words outside of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from crawler.documents.blocks import CELLS_APART
from crawler.documents.letters import joined
from crawler.documents.words import Word, line_of, rows_of

SNAP = 3.0
"""Points within which two rules are one."""
SHORTEST = 4.0
"""Points; shorter strokes belong to drawings."""
MOST_RULES = 1500
MOST_CROSSINGS = 8000
"""Rules of a page and places where they may cross; the time to find cells grows with the square of these."""

_CODE = re.compile(r"(?:^|\s)[A-Z0-9]+(?:-[A-Z0-9]+){2,}-?$")
_REST = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)?")
"""A topic code and what of it did not fit into the line of its cell."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


class Rule(NamedTuple):
    """A horizontal or vertical stroke."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass
class Grid:
    """A table on a page: its cells, row by row, and what stands in them."""

    box: Box
    rows: tuple[tuple[str, ...], ...]
    words: list[Word]
    """Those that stand in its cells."""
    strays: list[Word]
    """Those within its box that stand in no cell."""


def rules_of(strokes: Iterable[tuple[float, float, float, float]]) -> list[Rule]:
    """Strokes from a point to another that are level or upright, and long enough."""
    found = set()
    for x0, y0, x1, y1 in strokes:
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if min(wide, high) <= 1.5 and max(wide, high) >= SHORTEST:
            found.add(Rule(*(round(value, 1) for value in (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))))
    return sorted(found)


def are_too_many(rules: Sequence[Rule]) -> bool:
    """Whether to look for their cells would take too long; no printed table has so many."""
    levels = {round(rule.top / SNAP) for rule in rules if rule.is_level}
    uprights = {round(rule.x0 / SNAP) for rule in rules if not rule.is_level}
    return len(rules) > MOST_RULES or len(levels) * len(uprights) > MOST_CROSSINGS


def grids_of(rules: Sequence[Rule], words: Sequence[Word]) -> list[Grid]:
    """The tables of a page, top down; a frame around a text is none."""
    found = [_grid(cells, words) for cells in _cells(rules)]
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.box[1], grid.box[0]))


def _cells(rules: Sequence[Rule]) -> list[list[Box]]:
    """The cells that rules enclose, apart by table."""
    if len(rules) < 4:
        return []
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(rule) for rule in rules], SNAP, SNAP, SNAP, SNAP)
    cells: list[Box] = intersections_to_cells(edges_to_intersections(edges, SNAP, SNAP))
    return [list(table) for table in cells_to_tables(cells)]


def _edge(rule: Rule) -> dict[str, Any]:
    level = rule.is_level
    straight = rule._replace(bottom=rule.top) if level else rule._replace(x1=rule.x0)
    size = {"width": straight.x1 - straight.x0, "height": straight.bottom - straight.top}
    return straight._asdict() | size | {"orientation": "h" if level else "v", "object_type": "line"}


def _grid(cells: Sequence[Box], words: Sequence[Word]) -> Grid | None:
    """None for less than two columns or two rows: a frame."""
    tops, lefts = sorted({cell[1] for cell in cells}), sorted({cell[0] for cell in cells})
    box: Box = (lefts[0], tops[0], max(cell[2] for cell in cells), max(cell[3] for cell in cells))
    held: dict[Box, list[Word]] = {cell: [] for cell in cells}
    strays: list[Word] = []
    for word in (word for word in words if _holds(box, word)):
        cell = next((cell for cell in cells if _holds(cell, word)), None)
        (held[cell] if cell else strays).append(word)
    texts = {(cell[1], cell[0]): cell_text(inside) for cell, inside in held.items()}
    rows = [tuple(texts.get((top, left), "") for left in lefts) for top in tops]
    told = tuple(row for row in _without_empty_columns(rows) if any(row))
    inside = [word for words_in in held.values() for word in words_in]
    return Grid(box, told, inside, strays) if len(told) > 1 and len(told[0]) > 1 else None


def _without_empty_columns(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Double rules and shadings make columns in which nothing stands."""
    kept = [number for number, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return [tuple(row[number] for number in kept) for row in rows]


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def cell_text(words: Sequence[Word]) -> str:
    """What stands in a cell, on one line."""
    text = ""
    for line in filter(None, map(line_of, rows_of(words))):
        divided = _CODE.search(text) and _REST.fullmatch(line.text)
        text = f"{text}{line.text}" if divided or not text else joined(text, line.text)
    return text.replace(CELLS_APART, " / ")
