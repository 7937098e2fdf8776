"""Lines of a page -> its paragraphs, list items, notes and headings. Pure; the levels of headings come later."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.documents.blocks import Block, Kind
from crawler.documents.headings import LONGEST, NUMBERED, Style, is_heading
from crawler.documents.letters import as_item, joined, without_leader
from crawler.documents.ruled_tables import Grid
from crawler.documents.words import Line

WIDER = 0.35
"""Of the height of a line: by so much the gap between paragraphs is wider than between lines."""
SMALL = 0.92
"""Times the usual size, up to which letters are those of notes."""
ENDS = (".", ";", ":", "!", "?")


@dataclass
class Group:
    """Lines that belong together."""

    lines: list[Line]
    heading: bool = False
    entry: bool = False
    """A line of a table of contents."""

    @property
    def text(self) -> str:
        text = self.lines[0].text
        for line in self.lines[1:]:
            text = joined(text, line.text)
        return text

    @property
    def style(self) -> Style:
        return self.lines[0].size, self.lines[0].bold

    @property
    def block(self) -> Block:
        """As a paragraph or an item of a list."""
        text = self.text
        found = as_item(text)
        return Block(Kind.PARAGRAPH, text) if found is None else Block(Kind.ITEM, found)


def groups_of(lines: Sequence[Line], usual: float) -> list[Group]:
    """`usual`: size of most letters of the document."""
    gap, groups = _usual_gap(lines), list[Group]()
    right = max((line.x1 for line in lines), default=0.0)
    for line in lines:
        text, is_entry = without_leader(line.text)
        shown = line._replace(text=text)
        if not text:
            continue
        heading = not is_entry and is_heading(shown, usual)
        if groups and _continues(groups[-1], shown, heading, gap, right):
            groups[-1].lines.append(shown)
            groups[-1].entry = is_entry
        else:
            groups.append(Group([shown], heading, is_entry))
    return [_as_it_is(group) for group in groups]


def notes_at_foot(pieces: Sequence[Group | Grid], usual: float) -> int:
    """The number of the piece with which the notes of a page begin; the number of pieces where there are none."""
    start = len(pieces)
    for number in range(len(pieces) - 1, 0, -1):
        group = pieces[number]
        if isinstance(group, Grid) or group.heading or group.lines[0].size > SMALL * usual:
            break
        if group.text[:1].isdigit() or group.text[:1] == "*":
            start = number
    return start


def _as_it_is(group: Group) -> Group:
    """Bold letters over many lines are no heading."""
    group.heading = group.heading and len(group.text) <= LONGEST
    return group


def _usual_gap(lines: Sequence[Line]) -> float:
    """Between two lines of a paragraph; negative where their boxes overlap."""
    gaps = sorted(gap for gap in _gaps(lines) if gap < 40)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _gaps(lines: Sequence[Line]) -> Iterator[float]:
    for before, line in itertools.pairwise(lines):
        if line.top > before.top:
            yield line.top - before.bottom


def _continues(group: Group, line: Line, heading: bool, gap: float, right: float) -> bool:
    """Whether a line goes on with the group above it."""
    before, first = group.lines[-1], group.lines[0]
    if group.entry or heading != group.heading or (as_item(line.text) is not None and not heading):
        return False
    if abs(line.size - before.size) > 0.12 * before.size:
        return False
    if line.top <= before.top:  # the next column
        return not heading and not before.text.endswith(ENDS) and line.text[:1].islower()
    if line.top - before.bottom > max(gap, -0.1 * line.size) + WIDER * line.size:
        return False
    if heading:
        return line.bold == before.bold and not NUMBERED.match(line.text)
    ended = before.text.endswith(ENDS)
    is_short = before.x1 < right - 0.2 * (right - first.x0)
    is_item = as_item(first.text) is not None
    return not ((ended and (is_short or (is_item and line.x0 <= first.x0 + 1))) or line.x0 < first.x0 - 40)
