"""The days of a daily feed, each with its records: kept whole, or rebuilt from a difference. Pure.

A naive day-to-day difference names what is new, gone, there again and changed; applied to a whole day it gives the next
one. It tells no change that fell into a gap of the listing. So what a call says when it is there again is taken from
what is known of that stretch of days: the value before its next change, the next whole day, the deadline with which it
went. A day that neither a file nor the difference names counts as not read: nothing is concluded from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One record of the feed, by the feed's own names; times are its texts, empty is not said."""

    id: str
    identifier: str = ""
    title: str = ""
    url: str = ""
    kind: str = ""
    programme: str = ""
    status: str = ""
    startDate: str = ""
    deadlineDate: str = ""
    budget: tuple[float | int | None, ...] = ()
    """Total, expected grants, least and most for one project, in euro."""


class Difference(NamedTuple):
    """One line of the naive difference."""

    day: date
    event: str
    id: str
    identifier: str = ""
    deadline: str | None = None
    """With which it went."""
    changes: Mapping[str, tuple[Any, Any]] = {}
    """Field of a Row -> before and after."""


class Fact(NamedTuple):
    """What is known of a record's values: until that day, and from it on. `ends`: it was gone on that day."""

    day: date
    before: Mapping[str, Any]
    after: Mapping[str, Any] = {}
    ends: bool = False


@dataclass
class Series:
    """Days of a feed."""

    snapshots: Mapping[date, Mapping[str, Row]]
    differences: Sequence[Difference] = ()
    """In the order of the days."""
    union: Mapping[str, Row] = field(default_factory=dict)
    """Each record as it was last known."""
    contradicted: list[date] = field(default_factory=list)
    """Whole days that hold other records than the difference says; the whole day is believed. Known after `days`."""

    @property
    def read(self) -> list[date]:
        """The days that were read, from the first whole one on."""
        first = min(self.snapshots)
        return sorted({*self.snapshots, *(one.day for one in self.differences if one.day > first)})

    @property
    def not_read(self) -> list[date]:
        """The days in between of which nothing is said."""
        read = self.read
        span = range((read[-1] - read[0]).days)
        return sorted({read[0] + timedelta(days=number) for number in span} - set(read))

    @property
    def known_before(self) -> frozenset[str]:
        """Records that the first whole day lacks, and that the difference knows from before it."""
        first = min(self.snapshots)
        earliest: dict[str, Difference] = {}
        for one in self.differences:
            earliest.setdefault(one.id, one)
        old = (id for id, one in earliest.items() if one.day <= first or one.event != "new")
        return frozenset(old) - self.snapshots[first].keys()

    def days(self) -> Iterator[tuple[date, dict[str, Row]]]:
        """Each day that was read with its records by id, in order."""
        of_day = defaultdict(list)
        for one in self.differences:
            of_day[one.day].append(one)
        facts, present, last = self._facts(), dict[str, Row](), dict[str, Row]()
        for day in self.read:
            named = self._present(day, present, of_day[day])
            present = {id: self._row(id, day, present.get(id), last.get(id), facts[id]) for id in sorted(named)}
            last |= present
            yield day, present

    def _present(self, day: date, before: Mapping[str, Row], lines: Iterable[Difference]) -> set[str]:
        ids, whole = set(before), self.snapshots.get(day)
        for one in lines:
            if one.event in ("new", "reappeared"):
                ids.add(one.id)
            elif one.event == "gone":
                ids.discard(one.id)
        if whole is None:
            return ids
        if lines and ids != whole.keys():
            self.contradicted.append(day)
        return set(whole)

    def _facts(self) -> dict[str, list[Fact]]:
        """By record, in the order of the days; of one day the whole record comes last."""
        facts: dict[str, list[Fact]] = defaultdict(list)
        for one in self.differences:
            if one.event == "changed":
                was, now = ({name: pair[side] for name, pair in one.changes.items()} for side in (0, 1))
                facts[one.id].append(Fact(one.day, was, now))
            elif one.event == "gone":
                deadline = {"deadlineDate": one.deadline} if one.deadline else {}
                facts[one.id].append(Fact(one.day, deadline, ends=True))
        if self.differences:
            for day, rows in self.snapshots.items():
                for id, row in rows.items():
                    facts[id].append(Fact(day, row._asdict(), row._asdict()))
        return defaultdict(list, {id: sorted(some, key=lambda fact: fact.day) for id, some in facts.items()})

    def _row(self, id: str, day: date, before: Row | None, last: Row | None, facts: Sequence[Fact]) -> Row:
        """A record on a day that it is there. `before`: the day before; `last`: when it was last there."""
        whole = self.snapshots.get(day, {}).get(id)
        if whole is not None:
            return whole
        row = before or _at_start(id, day, last, self.union.get(id), facts)
        for fact in facts:
            if fact.day == day and not fact.ends:
                row = row._replace(**fact.after)
        return row


def _at_start(id: str, day: date, last: Row | None, union: Row | None, facts: Sequence[Fact]) -> Row:
    """A record on the first day of a stretch: what is known of the stretch, then what it said last, then what it says
    in a later stretch."""
    here: dict[str, Any] = {}
    later: dict[str, Any] = {}
    ended = False
    for fact in facts:
        if fact.day >= day and not (fact.ends and fact.day == day):
            known = later if ended else here
            known |= {name: value for name, value in fact.before.items() if name not in known}
            ended = ended or fact.ends
    base = last._asdict() if last else {**(union._asdict() if union else {}), **later}
    return Row(**{**base, **here, "id": id})
