"""Brings together records that have the same official code, or of which one lives at or rests on the other's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from matcher.merging.codes import address, own_code
from matcher.merging.groups import Group
from matcher.merging.likeness import Name, same_deadline, same_title

IDENTIFIER, ADDRESS = 1.0, 0.98
"""Confidence. A page can move, or be shared by what it did not foresee; a code cannot."""


def join_by_code_and_address(ranked: Sequence[Group]) -> None:
    """Let each record, best first, join the best one that has its code, else the best that shares its page."""
    heads: dict[str, list[Group]] = defaultdict(list)
    pages = Pages(ranked)
    for group in ranked:
        code = own_code(group.own)
        same = next((head for head in heads.get(code or "", ()) if head.can_take(group)), None)
        near = None if same else next((head for head in pages.better(group) if _can_share_page(head, group)), None)
        if same:
            same.take(group, IDENTIFIER, "identifier")
        elif near:
            near.take(group, ADDRESS, "address")
        elif code:
            heads[code].append(group)


def _can_share_page(head: Group, group: Group) -> bool:
    """A page that is rewritten for each call is left with the links of earlier ones: another day and another name."""
    one, other = head.own, group.own
    moved_on = same_deadline(one, other) is False and not same_title(Name.of(one.title), Name.of(other.title))
    return head.can_take(group) and not moved_on


class Pages:
    """Which records live at an address, and which rest on a page or link to it."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups = {group.call.id: group for group in groups}
        self._homes: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._linking: dict[str, list[Group]] = defaultdict(list)
        for group in self._groups.values():
            self._homes[group.address].add((group.call.source, group.call.id))
            for seen in group.call.sightings:
                self._homes[address(seen.url)].add((seen.source, seen.id))
            for page in group.pages:
                self._linking[page].append(group)
        self._homes.pop("", None)

    def better(self, group: Group) -> list[Group]:
        """Better records of other sources that live where this one does, or one of which points to the other."""
        ids = {key for page in (group.address, *group.pages) for _, key in self._homes.get(page, ())}
        near = [self._groups[key] for key in ids if key in self._groups]
        near += self._linking.get(group.address, ()) if group.address else ()
        found = {other for other in near if other.rank < group.rank and other.call.source != group.call.source}
        return sorted(
            (other for other in found if self._points(group, other) or self._points(other, group)),
            key=lambda other: other.rank,
        )

    def _points(self, one: Group, other: Group) -> bool:
        """Whether a record's own page, else its further pages, are the page of that single call of the other source.

        A list of calls, or a page with links to several, tells no call.
        """
        if calls := self._living(other.call.source, {one.address}):
            return calls == {other.call.id} and len(self._living(one.call.source, {one.address})) == 1
        return self._living(other.call.source, one.pages) == {other.call.id}

    def _living(self, source: str, pages: Iterable[str]) -> set[str]:
        """Ids of that source's records that live at one of the pages."""
        return {key for page in pages for of, key in self._homes.get(page, ()) if of == source}
