"""A run held against the last good runs of its source: what fell, what doubled, what ran dry, each with figures. Pure.

The rules are made for small sources: one call more or less, or one field less in one call, is never news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import sqrt

from crawler.measures import NOTHING
from crawler.source import Expect
from matcher.model import Call, CallStatus, Deadline, Run, Stages

LEAST_SHARE = 0.5
"""A field or a stage that stood at this share or above and is at zero now has run dry."""
LEAST_RECORDS = 2
"""Fewer records than this prove nothing about a field."""
LEAST_DROP = 0.10
SIGNIFICANT = 3.0
"""Two-proportion z: chance alone goes beyond it about once in 700 comparisons."""
DOUBLED, MANY_MORE = 1.9, 10
MANY_TWINS = 0.25
"""New calls that repeat known ones word for word, as a share of the known ones."""
SOME, MANY = 3, 1 / 3
"""So many single calls, and such a share of those that could, do not change in the same way by chance."""
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


def beside(
    calls: Sequence[Call], before: Mapping[str, Call], on: date, newest: Run | None, fields: Sequence[str]
) -> Iterator[str]:
    """What single calls show when they are held against what was stored of them: `before`, by id.

    `newest`: the last good run; `fields`: those that this run could have read.
    """
    now = {call.id: call for call in calls}
    both = [(before[id], call) for id, call in now.items() if id in before]
    yield from _alike(both)
    yield from _twins(calls, before)
    yield from _emptied(both, fields)
    if newest:
        seen = [call for call in before.values() if _last_seen(call) == newest.as_of]
        yield from _gone(seen, len(seen) - newest.calls, now, on)


def _alike(both: Sequence[tuple[Call, Call]]) -> Iterator[str]:
    """Two calls do not come to say the same by themselves: their pages show one page, of an error or a login."""
    texts = defaultdict(list)
    for earlier, call in both:
        if call.text and earlier.text:  # a planned call has none: when it opens it may say what an earlier round said
            texts[call.text].append(earlier.text)
    for text, earlier_texts in texts.items():
        if len(set(earlier_texts)) >= LEAST_RECORDS:
            yield f"{len(earlier_texts)} calls whose texts were different have one text now: {text[:80]!r}"


def _twins(calls: Sequence[Call], before: Mapping[str, Call]) -> Iterator[str]:
    """Calls that are known do not all appear once more under another address."""
    known = {_says(call) for call in calls if call.id in before}
    twins = sum(_says(call) in known for call in calls if call.id not in before)
    if twins >= LEAST_RECORDS and twins >= MANY_TWINS * len(known):
        yield f"{twins} of {len(calls)} calls are copies, under other addresses, of calls that were there before"


def _emptied(both: Sequence[tuple[Call, Call]], fields: Sequence[str]) -> Iterator[str]:
    """Calls do not lose a field together; one alone may."""
    for name in fields:
        had = [call for earlier, call in both if getattr(earlier, name) not in NOTHING]
        lost = sum(getattr(call, name) in NOTHING for call in had)
        if _are_many(lost, len(had)):
            yield f"{name} is empty in {lost} of the {len(had)} calls that had it"


def _gone(last: Sequence[Call], gone_before: int, now: Mapping[str, Call], on: date) -> Iterator[str]:
    """Calls that are not closed by their own dates do not leave a list in numbers.

    `gone_before`: so many of `last` were read earlier on the day of the newest good run, and no more by that run.
    """
    running = [call for call in last if call.status(on) is not CallStatus.CLOSED]
    gone = [call for call in running if call.id not in now]
    news = len(gone) - max(0, gone_before)
    if news >= SOME and news >= MANY * len(running):
        yield f"{len(gone)} of {len(running)} calls that are not closed are gone, such as {gone[0].title!r}"


def _are_many(part: int, whole: int) -> bool:
    return (part == whole and part >= LEAST_RECORDS) or (part >= SOME and part >= MANY * whole)


def _last_seen(call: Call) -> date:
    return call.last_seen or call.as_of


def _says(call: Call) -> tuple[str, str, tuple[Deadline, ...]]:
    return call.title, call.text, call.deadlines


def _size(now: int, largest: Run, expect: Expect) -> Iterator[str]:
    """A source that may be empty says itself when it is, and its spider fails where it says nothing."""
    before = largest.calls
    if now == 0 and expect.min == 0:
        return
    if now < expect.shrink * before:
        limit = f"the limit is {expect.shrink:.0%} of them"
        yield f"{now} records after {before} in the good run {largest.id}; {limit}"
    elif now in PAGE_SIZES and now < FIRST_PAGE_ONLY * before:
        yield f"exactly {now} records after {before} in the good run {largest.id}: this looks like the first page only"


def _doubled(now: int, largest: Run, distinct: int) -> Iterator[str]:
    more = now - largest.calls
    if now <= DOUBLED * largest.calls or more < SOME:
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
