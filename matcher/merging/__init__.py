"""One call, one record: the records of several sources that are the same call become one. Pure; reads no store.

By official code, by address, by being named, else by likeness. Never two records of one source, and never a chain: what
joins a call was compared with the call's best record itself. National calls are compared within their country only:
what is alike in those of two countries is the wording of the common law.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from matcher.merging.exact import join_by_code_and_address
from matcher.merging.groups import Found, Group
from matcher.merging.lookalikes import join_by_likeness
from matcher.merging.naming import named_by_pointers
from matcher.model import Call

__all__ = ["Found", "Group", "groups", "merge"]


def merge(calls: Iterable[Call]) -> list[Call]:
    """The calls by id, each once; ids are unique. Records that joined another are its `sightings`.

    The best tier wins, then the latest reading, then the record that says most, then the id. What joins fills the
    winner's empty fields, best record first. A pointer that names codes is a sighting of every call it names, and fills
    fields only where it names a single one. The order of the input does not matter; merging again changes nothing.
    """
    return [group.merged() for group in groups(calls)]


def groups(calls: Iterable[Call]) -> list[Group]:
    """The same before the records become one: each call by its best record's id, with what joined it."""
    by_country: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_country[call.national.country if call.national else ""].append(call)
    found = (group for country in sorted(by_country) for group in _groups(by_country[country]))
    return sorted(found, key=lambda group: group.call.id)


def _groups(calls: Iterable[Call]) -> Iterator[Group]:
    """The calls of one country, or of the whole EU."""
    ranked = sorted((Group.of(call) for call in calls), key=lambda group: group.rank)
    join_by_code_and_address(ranked)
    heads = [group for group in ranked if group.is_head]
    named = named_by_pointers(heads)
    listed = [group for group in heads if group.call.id not in named]
    join_by_likeness(listed)
    for group in heads:
        for target, confidence in named.get(group.call.id, ()):
            target.attach(group, confidence)
    return (group for group in listed if group.is_head)
