"""A run held against the last good runs of its source: what fell, what doubled, what ran dry, each with figures. Pure.

The rules are made for small sources: one call more or less, or one field less in one call, is never news.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from crawler.source import Expect
from matcher.model import Run, Stages

LEAST_SHARE = 0.5
"""A field or a stage that stood at this share or above and is at zero now has run dry."""
LEAST_RECORDS = 2
"""Fewer records than this prove nothing about a field."""
LEAST_DROP = 0.10
SIGNIFICANT = 3.0
"""Two-proportion z: chance alone goes beyond it about once in 700 comparisons."""
DOUBLED, MANY_MORE, SOME_MORE = 1.9, 10, 3
PAGE_SIZES = frozenset({10, 12, 15, 20, 24, 25, 30, 40, 50, 100, 200})
FIRST_PAGE_ONLY = 2 / 3

Counts = tuple[int, int]
"""So many, of so many."""

STAGES = {
    "fetched": "of the listed pages answered as they should",
    "parsed": "of the fetched pages gave a record",
    "normalised": "of the records were understood",
    "valid": "of what was understood has a programme and a deadline",
}


def against(
    good: Sequence[Run], expect: Expect, stages: Stages, filled: Mapping[str, float], distinct: int
) -> Iterator[str]:
    """What is suspicious in a run after `good` runs (newest first), each in words with its evidence.

    `distinct`: different titles among the records. The size is held against the largest of the good runs, because a
    list that shrinks twice by a third must be seen; rates and fields against the newest.
    """
    if not good:
        return
    largest = max(good, key=lambda run: run.calls)
    yield from _size(stages.normalised, largest, expect)
    yield from _doubled(stages.normalised, largest, distinct)
    newest = good[0]
    if newest.stages:
        yield from _stages(stages, newest.stages, newest.id)
    for name, before in newest.filled.items():
        if name in filled:
            counts = (_counts(before, newest.calls), _counts(filled[name], stages.normalised))
            yield from _fallen(name, *counts, f"of the records have {name}", newest.id)


def _size(now: int, largest: Run, expect: Expect) -> Iterator[str]:
    before = largest.calls
    if now < expect.shrink * before:
        limit = f"the limit is {expect.shrink:.0%} of them"
        yield f"{now} records after {before} in the good run {largest.id}; {limit}"
    elif now in PAGE_SIZES and now < FIRST_PAGE_ONLY * before:
        yield f"exactly {now} records after {before} in the good run {largest.id}: this looks like the first page only"


def _doubled(now: int, largest: Run, distinct: int) -> Iterator[str]:
    more = now - largest.calls
    if now <= DOUBLED * largest.calls or more < SOME_MORE:
        return
    repeated = DOUBLED * distinct <= now
    if more >= MANY_MORE or repeated:
        titles = f", with {distinct} different titles" if repeated else ""
        yield f"{now} records{titles} after {largest.calls} in the good run {largest.id}: is everything listed twice?"


def _stages(now: Stages, before: Stages, run: str) -> Iterator[str]:
    earlier = before.rates
    for stage, counts in now.rates.items():
        yield from _fallen(f"stage {stage}", earlier[stage], counts, STAGES[stage], run)


def _fallen(what: str, before: Counts, now: Counts, meaning: str, run: str) -> Iterator[str]:
    if has_run_dry(before, now) or has_dropped(before, now):
        yield f"{what}: {now[0]} of {now[1]} {meaning}, {before[0]} of {before[1]} did in the good run {run}"


def has_run_dry(before: Counts, now: Counts) -> bool:
    """Most had it, at least two of them, and now none of at least two has it."""
    usual = before[0] >= LEAST_RECORDS and before[0] >= LEAST_SHARE * before[1]
    return usual and now[0] == 0 and now[1] >= LEAST_RECORDS


def has_dropped(before: Counts, now: Counts) -> bool:
    """The share fell by ten points or more, and by more than chance explains (two-proportion z-test, pooled)."""
    if not before[1] or not now[1]:
        return False
    drop = before[0] / before[1] - now[0] / now[1]
    pooled = (before[0] + now[0]) / (before[1] + now[1])
    error = sqrt(pooled * (1 - pooled) * (1 / before[1] + 1 / now[1]))
    return drop >= LEAST_DROP and error > 0 and drop / error > SIGNIFICANT


def _counts(part: float, whole: int) -> Counts:
    return round(part * whole), whole
