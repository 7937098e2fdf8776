"""The reading order of a page: columns one after the other, what spans them in between. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.documents.words import Word, rows_of

GUTTER = 9.0
"""Points; the least width of the gap between two columns."""
LEAST_ROWS = 4
"""A gap that fewer rows on either side show is chance."""
MOST_ROWS = 250
"""A page with more rows than any printed one is read from the left to the right: the time to find columns grows with
the third power of their number."""
FULL = 0.5
"""Of its width, what lines of a column fill on average; cells of a table fill less."""

Row = list[Word]
Gap = tuple[float, float]


def reading_order(words: Sequence[Word]) -> list[Row]:
    """The rows of a page in the order in which they are read."""
    rows = rows_of(words)
    if len(rows) > MOST_ROWS:
        return rows
    left, right = min((word.x0 for word in words), default=0.0), max((word.x1 for word in words), default=0.0)
    gaps = [_gaps(row, left, right) for row in rows]
    ordered: list[Row] = []
    start = 0
    while start < len(rows):
        end, gap = _band(rows, gaps, start)
        if gap is None:
            ordered.append(rows[start])
            start += 1
            continue
        inside = [word for row in rows[start:end] for word in row]
        middle = sum(gap) / 2
        ordered += reading_order([word for word in inside if word.x1 <= middle])
        ordered += reading_order([word for word in inside if word.x1 > middle])
        start = end
    return ordered


def _band(rows: Sequence[Row], gaps: Sequence[Sequence[Gap]], start: int) -> tuple[int, Gap | None]:
    """How far one gap runs down from that row, and the gap, where it parts two columns."""
    common = gaps[start]
    best: tuple[int, Gap | None] = (start + 1, None)
    for end in range(start, len(rows)):
        common = _shared(common, gaps[end])
        if not common:
            break
        parting = next((gap for gap in common if _parts_columns(rows[start : end + 1], gap)), None)
        if parting:
            best = (end + 1, parting)
    return best


def _gaps(row: Row, left: float, right: float) -> list[Gap]:
    """Free stretches of a row that are wide enough."""
    found, at = [], left
    for word in row:
        if word.x0 - at >= GUTTER:
            found.append((at, word.x0))
        at = max(at, word.x1)
    return [*found, (at, right)] if right - at >= GUTTER else found


def _shared(some: Sequence[Gap], others: Sequence[Gap]) -> list[Gap]:
    both = [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others]
    return [gap for gap in both if gap[1] - gap[0] >= GUTTER]


def _parts_columns(rows: Sequence[Row], gap: Gap) -> bool:
    """Running text stands on both sides, side by side."""
    middle = sum(gap) / 2
    sides = [[[w for w in row if (w.x1 > middle) is after] for row in rows] for after in (False, True)]
    filled = [[side for side in rows_on if side] for rows_on in sides]
    if min(map(len, filled)) < LEAST_ROWS or not all(map(_is_running, filled)):
        return False
    tops = [min(side[0].top for side in rows_on) for rows_on in filled]
    ends = [max(side[0].bottom for side in rows_on) for rows_on in filled]
    return min(ends) - max(tops) > 0


def _is_running(rows: Sequence[Row]) -> bool:
    """The lines fill the width that the longest of them has, and hold several words."""
    widths = [row[-1].x1 - row[0].x0 for row in rows]
    words = sum(map(len, rows)) / len(rows)
    return words >= 3 and sum(widths) / len(widths) >= FULL * max(widths)
