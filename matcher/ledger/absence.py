"""Who is missing from a reading, and whether that is believed. Pure.

A listing flaps: of 774 gaps in 158 days of the portal 752 ended within seven days, and for eleven days it lost nearly
all of its external-action calls at once. So an absence is told when complete readings confirm it over a week; while
most of a group is missing it is not, and if that lasts a person is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_high

from matcher.model import Call, CallStatus, Run, RunOutcome

CONFIRMED = timedelta(days=7)
"""From the first complete reading without a call to the one that confirms it."""
PATIENCE = timedelta(days=28)
"""After which a person is asked of a group that is missing: in 158 days of the portal none was away half as long."""
RECENT = 5
"""Intervals between readings that tell how often a source is read."""
GROUP = 8
"""So many running calls make a group: of fewer, all may be withdrawn together, as the topics of one call are."""
MISSING = 0.5
"""Share of a group's running calls from which on their absence is not believed."""


@dataclass(frozen=True)
class Absence:
    """A running call that a complete reading did not bring, and that is believed."""

    call: Call
    since: date
    """Day of the first complete reading without it that is believed."""
    readings: int
    """How many there were, this one included."""
    page_gone: bool = False
    doubted: tuple[str, ...] = ()
    """Groups that it is missing with, for so long that a person is to judge."""

    @property
    def note(self) -> str:
        seen = f"absent from {self.readings} complete readings since {self.since.isoformat()}"
        return f"{seen}; its own page is gone" if self.page_gone else seen


def is_complete(run: Run) -> bool:
    """Whether silence of this reading about a call tells something: good, of the whole source, no page missing."""
    whole = not (run.snapshot or run.programmes or run.partial)
    stages = run.stages
    read = stages is None or (stages.fetched >= stages.listed and stages.normalised >= stages.parsed)
    return run.outcome is not RunOutcome.FAIL and whole and read


def doubted(before: Mapping[str, Call], read: Collection[str], withdrawn: Collection[str], on: date) -> tuple[str, ...]:
    """Groups of running calls of which this reading lacks so many that it is not believed for them, by name."""
    running = [call for call in before.values() if call.id not in withdrawn]
    missing = _by_group(call for call in running if call.id not in read and was_running(call, on))
    suspected = {group for group, count in missing.items() if count >= MISSING * GROUP}
    if not suspected:
        return ()
    there = _by_group(call for call in running if call.id in read and was_running(call, on))
    return tuple(sorted(group for group in suspected if _is_doubted(missing[group], there[group])))


def groups_of(call: Call) -> tuple[str, ...]:
    """The listings of a source that can fail on their own: a kind of call, a programme."""
    return (f"kind {call.kind}", *([f"programme {call.programme}"] if call.programme else []))


def absences(missing: Iterable[Call], earlier: Sequence[Run], run: Run, gone: Collection[str]) -> tuple[Absence, ...]:
    """The missing calls that are withdrawn: confirmed over a week by complete readings, or their page is gone.

    `earlier`: complete readings before this one. `run.doubted` and theirs are left out for the calls they are about,
    until PATIENCE is over.
    """
    readings = (*earlier, run)
    usual = _usual(readings)
    found = (_absence(call, readings, usual, call.id in gone) for call in missing)
    return tuple(one for one in found if one)


def was_running(call: Call, on: date) -> bool:
    """Whether a call has days ahead that its source could take back.

    A row of a timetable has none: it leaves when the call is published, under another code as well.
    """
    if call.is_planned or call.published_status is CallStatus.CLOSED:
        return False
    if call.final_day is not None:
        return call.final_day > on
    return call.status(call.last_seen or call.as_of) in (CallStatus.OPEN, CallStatus.FORTHCOMING)


def _by_group(calls: Iterable[Call]) -> Counter[str]:
    return Counter(group for call in calls for group in groups_of(call))


def _is_doubted(missing: int, there: int) -> bool:
    return missing + there >= GROUP and missing >= MISSING * (missing + there)


def _absence(call: Call, readings: Sequence[Run], usual: timedelta, page_gone: bool) -> Absence | None:
    seen, groups = call.last_seen or call.as_of, set(groups_of(call))
    lacking = [one for one in readings if one.as_of > seen]
    believed = lacking if page_gone else [one for one in lacking if not groups & set(one.doubted)]
    if believed and believed[-1] is readings[-1]:
        if page_gone or _lasted(believed, usual) >= CONFIRMED:
            return Absence(call, believed[0].as_of, len(believed), page_gone)
    elif lacking and _lasted(lacking, usual) >= PATIENCE:
        return Absence(call, lacking[0].as_of, len(lacking), doubted=tuple(sorted(groups & set(lacking[-1].doubted))))
    return None


def _usual(readings: Sequence[Run]) -> timedelta:
    """How far apart readings are of late."""
    apart = [later.as_of - one.as_of for one, later in pairwise(readings) if later.as_of > one.as_of]
    return median_high(apart[-RECENT:]) if apart else timedelta()


def _lasted(readings: Sequence[Run], usual: timedelta) -> timedelta:
    """The days that readings vouch for. Of days on which none was made nothing is known: there and gone again, a call
    was not away."""
    return sum((min(later.as_of - one.as_of, usual) for one, later in pairwise(readings)), timedelta())
