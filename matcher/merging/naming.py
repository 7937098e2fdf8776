"""Which calls an official pointer or somebody's list names by code. Such a page is no call of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from matcher.merging.codes import CASCADE_PAGE, codes, own_code, whole_call
from matcher.merging.groups import NAMED, NAMED_AMONG_OTHERS, Group
from matcher.model import CallKind, Tier

POINTERS = (Tier.OFFICIAL_POINTER, Tier.DISCOVERY)

Named = dict[str, list[tuple[Group, float]]]
"""Id of a pointer -> the calls it names, each with the confidence that it is about that call."""


def named_by_pointers(heads: Sequence[Group]) -> Named:
    """What each pointer names that joined nothing; a pointer that names nothing known is left out, and stays a call."""
    directory = _Directory(group for group in heads if group.call.tier not in POINTERS)
    named = {}
    for group in heads:
        if group.call.tier in POINTERS and group.call.kind is not CallKind.CASCADE and group.is_single:
            found = directory.find(codes(group.own))
            if found:
                named[group.call.id] = found
    return named


class _Directory:
    """Calls by their own code, and by that of the whole call they are a topic of."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._topics: dict[str, list[Group]] = defaultdict(list)
        self._wholes: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            for code in set(_own_codes(group)):
                self._topics[code].append(group)
            if whole := whole_call(group.own):
                self._wholes[whole].append(group)

    def find(self, named: Iterable[str]) -> list[tuple[Group, float]]:
        """Those codes' calls. The code of a whole call stands for all its topics, unless some are named themselves."""
        named = set(named)
        calls = {group: None for code in sorted(named) for group in self._topics.get(code, ())}
        for code in sorted(named):
            topics = self._wholes.get(code, ())
            if calls.keys().isdisjoint(topics):
                calls |= dict.fromkeys(topics)
        known = {code for group in calls for code in (*_own_codes(group), whole_call(group.own))}
        confidence = NAMED if len(calls) == 1 and named <= known else NAMED_AMONG_OTHERS
        return [(group, confidence) for group in calls]


def _own_codes(group: Group) -> Iterator[str]:
    """Codes that mean this call: its own, those of what joined it, and the number in a sub-grant's address."""
    yield from filter(None, (own_code(record.own) for record in (group, *group.joined)))
    if group.call.kind is CallKind.CASCADE and group.address.startswith(CASCADE_PAGE):
        yield group.address.removeprefix(CASCADE_PAGE)
