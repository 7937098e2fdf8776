"""What every reader of a file format gives: pages of paragraphs, headings and tables. Knows no format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from matcher.model import Issue

CELLS_APART = " | "
"""Between the cells of a row, where a table stands in a text."""


class Kind(Enum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    """Of a list; its text begins with "- " or its number."""
    TABLE = "table"
    NOTE = "note"
    """At the foot of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or note on one line, or a table row by row."""

    kind: Kind
    text: str = ""
    level: int = 0
    """Of a heading; 1 is the highest."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table; all rows have the same number of cells."""

    def with_text(self, text: str) -> Block:
        return replace(self, text=text)


def paragraph(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text)


def heading(text: str, level: int) -> Block:
    return Block(Kind.HEADING, text, level)


def item(text: str) -> Block:
    return Block(Kind.ITEM, text)


def table(rows: Iterable[Iterable[str]]) -> Block:
    """Rows with fewer cells than the longest are filled up; rows without any word are left out."""
    told = [tuple(row) for row in rows]
    width = max(map(len, told), default=0)
    full = [row + ("",) * (width - len(row)) for row in told if any(row)]
    return Block(Kind.TABLE, rows=tuple(full))


@dataclass
class Reading:
    """What was read of a file so far, and what could not be read."""

    pages: list[list[Block]] = field(default_factory=list)
    paged: bool = True
    """False: the format has no pages of its own; everything stands in the first."""
    title: str = ""
    """As the file's own properties say; often wrong."""
    language: str = ""
    """As the file's own properties say."""
    issues: list[Issue] = field(default_factory=list)

    def add(self, problem: str, found: Any = "", allowed: str = "", page: int | None = None, where: str = "") -> None:
        """Record once what could not be read; `page` is counted from 1."""
        place = ", ".join(filter(None, (f"page {page}" if page else "", where)))
        issue = Issue(field="text", problem=problem, found=str(found)[:200], allowed=allowed, place=place)
        if issue not in self.issues:
            self.issues.append(issue)
