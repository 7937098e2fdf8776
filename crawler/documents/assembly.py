"""Pages of blocks -> one text in which pages, headings and tables know their places. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.documents.blocks import CELLS_APART, Block, Kind
from crawler.documents.letters import joined
from matcher.model import Heading, Table

ENDS = (".", ";", ":", "!", "?", "”", '"')
RUNNING = (Kind.PARAGRAPH, Kind.ITEM)


class Assembly:
    """A text in the making: one line for each paragraph, heading, list item and row of a table."""

    def __init__(self, pages: Sequence[Sequence[Block]]) -> None:
        self.headings: list[Heading] = []
        self.tables: list[Table] = []
        self._lines: list[str] = []
        self._length = 0
        """Of the lines so far, each with its end."""
        self._begin: list[int | None] = []
        self._last: Block | None = None
        for blocks in pages:
            self._add_page(_notes_before_open_end(blocks))

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    @property
    def pages(self) -> tuple[int, ...]:
        """Where each page begins; one without text where the next one does."""
        found, following = [], max(0, self._length - 1)
        for begin in reversed(self._begin):
            following = following if begin is None else begin
            found.append(following)
        return tuple(reversed(found))

    def _add_page(self, blocks: Sequence[Block]) -> None:
        if not blocks:
            self._begin.append(None)
            return
        if self._last and _goes_on(self._last, blocks[0]):
            self._begin.append(self._carry_on(blocks[0].text))
            blocks = blocks[1:]
        else:
            self._begin.append(self._length)
        for block in blocks:
            self._add(block)

    def _carry_on(self, text: str) -> int:
        """A sentence that goes on on the next page stays whole; gives where the page begins within its line."""
        whole = joined(self._lines[-1], text)
        self._length += len(whole) - len(self._lines[-1])
        self._lines[-1] = whole
        self._last = self._last and self._last.with_text(whole)
        return self._length - 1 - len(text)

    def _add(self, block: Block) -> None:
        start = self._length
        for line in [CELLS_APART.join(row) for row in block.rows] if block.kind is Kind.TABLE else [block.text]:
            self._lines.append(line)
            self._length += len(line) + 1
        if block.kind is Kind.HEADING:
            self.headings.append(Heading(level=block.level, start=start, end=self._length - 1))
        if block.kind is Kind.TABLE:
            self.tables.append(Table(start=start, end=self._length - 1, rows=block.rows))
        self._last = block


def _goes_on(before: Block, after: Block) -> bool:
    """A paragraph that no sign ends, and one that no capital begins."""
    if before.kind not in RUNNING or after.kind is not Kind.PARAGRAPH or before.text.endswith(ENDS):
        return False
    return after.text[:1].islower() or before.text.endswith("-")


def _notes_before_open_end(blocks: Sequence[Block]) -> list[Block]:
    """The notes of a page before its last paragraph, so that this can go on on the next page."""
    notes = [block for block in blocks if block.kind is Kind.NOTE]
    rest = [block for block in blocks if block.kind is not Kind.NOTE]
    if not notes or not rest or rest[-1].kind not in RUNNING or rest[-1].text.endswith(ENDS):
        return [*rest, *notes]
    return [*rest[:-1], *notes, rest[-1]]
