"""Brings together records without a common code that are surely alike, where nothing else is as much alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz, process

from matcher.merging.codes import own_code
from matcher.merging.groups import Group
from matcher.merging.likeness import LEAST_LIKE, NONE, Likeness, Name, last_deadline, likeness

Alike = Mapping[Group, Mapping[Group, Likeness]]


def join_by_likeness(heads: Sequence[Group]) -> None:
    """Let records join, best first, until none can; `heads` come in the order of their rank.

    A record joins only the one better record that is most like it, and only if of its source nothing is more like that
    one. Where two are equally alike, neither is taken: which of them it is cannot be told.
    """
    alike = _alike(heads)
    waiting = [group for group in heads if group in alike]
    while joined := [group for group in waiting if _join(group, alike)]:
        waiting = [group for group in waiting if group not in joined]


def _join(group: Group, alike: Alike) -> bool:
    if not group.is_head:
        return False
    best = _nearest(group, alike, (other for other in alike[group] if other.rank < group.rank))
    if best is None or not best.can_take(group):
        return False
    rivals = (other for other in alike[best] if other.call.source == group.call.source and other.rank > best.rank)
    if _nearest(best, alike, rivals) is not group:
        return False
    best.take(group, *alike[group][best])
    return True


def _nearest(group: Group, alike: Alike, others: Iterable[Group]) -> Group | None:
    """The one that is most like the group; None where there is none or two are."""
    found = sorted((other for other in others if other.is_head), key=lambda other: -alike[group][other].confidence)
    if len(found) > 1 and alike[group][found[0]].confidence == alike[group][found[1]].confidence:
        return None
    return found[0] if found else None


def _alike(heads: Sequence[Group]) -> Alike:
    """All pairs of records of different sources that fit and are alike enough."""
    pairs: dict[Group, dict[Group, Likeness]] = defaultdict(dict)
    names = {group: Name.of(group.own.title) for group in heads}
    for one, other in {*_of_same_words(names), *_of_same_day(names)}:
        found = NONE if not one.fits(other) else likeness(one.own, other.own, names[one], names[other])
        if found.confidence:
            pairs[one][other] = pairs[other][one] = found
    return pairs


def _of_same_words(names: Mapping[Group, Name]) -> Iterator[tuple[Group, Group]]:
    blocks: dict[tuple[str, frozenset[str]], list[Group]] = defaultdict(list)
    for group, name in names.items():
        blocks[name.key, name.marks].append(group)
    for block in blocks.values():
        yield from _comparable(combinations(block, 2))


def _of_same_day(names: Mapping[Group, Name]) -> Iterator[tuple[Group, Group]]:
    """Pairs with the same last deadline and nearly the same words. What has a code is compared with what has none."""
    blocks: dict[date, list[Group]] = defaultdict(list)
    for group in names:
        if deadline := last_deadline(group.own):
            blocks[deadline.last_day].append(group)
    for block in blocks.values():
        without = [group for group in block if own_code(group.own) is None]
        keys = [[names[group].key for group in groups] for groups in (without, block)]
        scores = process.cdist(*keys, scorer=fuzz.ratio, score_cutoff=100 * LEAST_LIKE)
        found = ((without[i], block[j]) for i, j in np.argwhere(scores).tolist())
        yield from _comparable((a, b) if a.rank < b.rank else (b, a) for a, b in found)


def _comparable(pairs: Iterable[tuple[Group, Group]]) -> Iterator[tuple[Group, Group]]:
    """Better record first."""
    return ((one, other) for one, other in pairs if one.call.source != other.call.source)
