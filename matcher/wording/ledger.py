"""The ledger in plain words for a person at a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.ledger.replay import Replayed
from matcher.ledger.series import Series
from matcher.ledger.series_files import BadFile
from matcher.model import Event, EventKind, FieldChange
from matcher.printable import one_line
from matcher.wire.ledger import replay_json

MOST = 160
"""Characters of one value."""


def event_lines(event: Event) -> Iterator[str]:
    """What became news of a call, and on what that rests."""
    within = f" within {event.within} days" if event.within else ""
    day = f" ({event.day.isoformat()})" if event.day else ""
    yield f"{event.seq}  {event.on.isoformat()}  {event.kind}{within}{day}  {event.call}"
    yield from (f"    {_change(change)}" for change in event.changes)
    if event.observation.note:
        yield f"    {event.observation.note}"
    if event.silent:
        yield f"    told to nobody: {event.silent}"


def replay_lines(series: Series, done: Replayed, bad: Sequence[BadFile]) -> Iterator[str]:
    """What would have been told of a series, in figures."""
    found = replay_json(series, done, bad)
    counts, days = found["counts"], found["days_read"]
    yield f"{len(days)} days read ({days[0]} to {days[-1]}), {found['calls']} calls"
    yield f"{len(found['days_rebuilt'])} of them rebuilt from the difference; {len(found['days_not_read'])} not read"
    yield from (f"{counts[kind]:6}  {kind}" for kind in EventKind if counts[kind])
    yield f"{counts['deadline_moves']:6}  deadlines moved to another day"
    yield f"{counts['absences_without_news']:6}  absences that were no news"
    yield from (
        f"not believed on {one['day']}: most running calls of {', '.join(one['groups'])} were missing"
        for one in found["absences_not_believed"]
    )
    yield from found["held"]


def bad_file_line(bad: BadFile) -> str:
    return f"{bad.file}: not read: {bad.problem}"


def _change(change: FieldChange) -> str:
    where = f" ({one_line(change.where, MOST)})" if change.where else ""
    return f"{change.field}{where}: {_values(change.was)} -> {_values(change.now)}"


def _values(values: Sequence[str]) -> str:
    return "; ".join(one_line(value, MOST) for value in values) or "nothing said"
