"""Deadlines and opening days of calls as an iCalendar (RFC 5545, RFC 7986) that calendar programs subscribe to. Pure.

A day that its source states only as a month, quarter or year is no entry: the calendar's description names it. An hour
is given in Brussels time with the rules of that zone (VTIMEZONE): programs show it in the reader's own, and still know
the zone that the call names, which UTC would lose. Hours of another zone are converted; an hour whose zone is not
stated makes a whole day, because every program would read it as the reader's local time.
Entries carry no alarm (that is the reader's choice) and do not make a day busy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import icalendar
from icalendar import vDuration, vText

from matcher.alerts.calendars.brussels import zone
from matcher.days import BRUSSELS
from matcher.languages import Speaker
from matcher.model import Call, Deadline, Event, EventKind, MaterialField, Precision, last_day
from matcher.printable import one_line, safe_url

KEPT = timedelta(days=60)
"""So long an entry stays after its day, and a withdrawn call as cancelled after that was learnt."""
REFRESHED = timedelta(hours=12)
"""How often a calendar program should ask again."""
NAMED = 20
"""Calls without an exact day that the description names."""
TITLE, LINE = 200, 500
"""Characters of a title and of a line of the description at most."""
EXACT = (Precision.MINUTE, Precision.DAY)
NO_LONGER = (EventKind.WITHDRAWN, EventKind.RETURNED)


@dataclass(frozen=True)
class Entry:
    """A call that somebody follows. `events`: the whole ledger of its records, silent ones too, in order."""

    call: Call
    events: Sequence[Event] = ()
    route: str = ""
    """How the organisation gets at the money, in the recipient's language."""
    page: str = ""
    """Address of the call's page here."""
    source: str = ""
    """Name of the source for a reader."""


@dataclass(frozen=True)
class _Day:
    """One day of a call that becomes an entry: `key` is the same wherever the day moves."""

    key: str
    day: date
    start: date | datetime
    summary: str


def calendar(name: str, entries: Iterable[Entry], speaker: Speaker, host: str, now: datetime) -> bytes:
    """The calendar of these calls, in their order; the same for the same entries as long as none grows too old.

    `host`: of the site's public address, part of every UID. `now`: decides which past days are still shown.
    """
    entries = list(entries)
    events = [event for entry in entries for event in _events(entry, speaker, host, now.date())]
    made = icalendar.Calendar.new(
        prodid="-//eu-funding-matcher//deadlines//EN",
        uid=_uid(host, "calendar", name),
        subcomponents=[zone(), *events],
    )
    # Set here, not by `new`: its X-properties are written without the escapes that a text needs.
    for prefix, text in (("NAME", _line(name, TITLE)), ("DESCRIPTION", _about(entries, speaker, now.date()))):
        made.add(prefix, vText(text))
        made.add({"NAME": "X-WR-CALNAME"}.get(prefix, "X-WR-CALDESC"), vText(text))
    made.add("REFRESH-INTERVAL", vDuration(REFRESHED, params={"VALUE": "DURATION"}))
    made.add("X-PUBLISHED-TTL", vDuration(REFRESHED))
    return bytes(made.to_ical())


def _events(entry: Entry, speaker: Speaker, host: str, on: date) -> Iterator[icalendar.Event]:
    withdrawn = _withdrawn(entry)
    if withdrawn and on - withdrawn > KEPT:
        return
    title = _title(entry.call)
    gone, over = speaker.gettext("Withdrawn: %(title)s", title=title), speaker.gettext("Closed: %(title)s", title=title)
    for one in _days(entry.call, speaker):
        if on - one.day > KEPT:
            continue
        closed = entry.call.is_ended and one.day > entry.call.as_of
        status = "CANCELLED" if withdrawn or closed else "TENTATIVE" if entry.call.is_planned else "CONFIRMED"
        stamp = _stamp(entry)
        yield icalendar.Event.new(
            uid=_uid(host, entry.call.id, one.key),
            stamp=stamp,
            last_modified=stamp,
            sequence=_moves(entry.events, one.key),
            start=one.start,
            summary=gone if withdrawn else over if closed else one.summary,
            description="\n".join(_told(entry, speaker)),
            status=icalendar.STATUS(status),
            transparency=icalendar.TRANSP.TRANSPARENT,
            categories=(entry.call.fund,) if entry.call.fund else (),
            url=safe_url(entry.call.url),
        )


def _days(call: Call, speaker: Speaker) -> Iterator[_Day]:
    """The exactly known days: the opening, then each deadline, under its stage or its place among its equals."""
    title = _title(call)
    if call.opening and call.opening_precision in EXACT:
        yield _Day("opening", call.opening, call.opening, speaker.gettext("Opens: %(title)s", title=title))
    staged = sorted(call.deadlines, key=lambda one: (one.stage or 0, one.day, one.at or time.max))
    for stage, same in groupby(staged, key=lambda one: one.stage):
        for place, deadline in enumerate(same):
            if deadline.precision in EXACT:
                words = _deadline_title(stage, title, speaker)
                yield _Day(f"deadline {stage or 0} {place}", deadline.day, _start(deadline), words)


def _deadline_title(stage: int | None, title: str, speaker: Speaker) -> str:
    if stage is None:
        return speaker.gettext("Deadline: %(title)s", title=title)
    return speaker.gettext("Deadline %(stage)s: %(title)s", stage=stage, title=title)


def _start(deadline: Deadline) -> date | datetime:
    if deadline.at is None or deadline.zone is None:
        return deadline.day
    try:
        return datetime.combine(deadline.day, deadline.at, ZoneInfo(deadline.zone)).astimezone(BRUSSELS)
    except OverflowError:  # the last day of the calendar, by which some sources mean that there is no end
        return deadline.day


def _told(entry: Entry, speaker: Speaker) -> Iterator[str]:
    """The description of an entry, line by line: days as the source states them, way in, source and its age, page."""
    call = entry.call
    for deadline in call.deadlines:
        yield speaker.gettext("Deadline: %(day)s", day=speaker.deadline(deadline))
    if call.is_planned:
        yield speaker.gettext("This call is planned: its days may still change.")
    if entry.route:
        yield speaker.gettext("Way in: %(route)s", route=_line(entry.route, LINE))
    source = _line(entry.source or call.source, TITLE)
    yield speaker.gettext("Source: %(source)s, read on %(day)s", source=source, day=speaker.day(call.as_of))
    if entry.page:
        yield entry.page


def _about(entries: Sequence[Entry], speaker: Speaker, on: date) -> str:
    """What the calendar does not show: calls of which no exact day is known yet."""
    lines = [speaker.gettext("Deadlines and opening days of calls for funding. Hours are Brussels time.")]
    vague = [line for entry in entries for line in _vague(entry, speaker, on)]
    if vague:
        lines.append(speaker.gettext("Not in the calendar, because no exact day is known:"))
        lines += vague[:NAMED]
        rest = len(vague) - NAMED
        lines += [speaker.ngettext("and %(num)s more", "and %(num)s more", rest)] if rest > 0 else []
    return "\n".join(lines)


def _vague(entry: Entry, speaker: Speaker, on: date) -> Iterator[str]:
    call = entry.call
    if _withdrawn(entry) or call.is_ended:
        return
    days = [(one.day, one.precision) for one in call.deadlines if one.last_day >= on]
    if call.opening and last_day(call.opening, call.opening_precision) >= on:
        days.append((call.opening, call.opening_precision))
    days = sorted({one for one in days if one[1] not in EXACT})
    if days:
        yield f"{_title(call)} ({', '.join(speaker.day(*one) for one in days)})"


def _title(call: Call) -> str:
    return _line(call.title, TITLE)


def _line(text: str, most: int) -> str:
    """One line without backslashes: programs disagree whether an escaped one before an n is a line break."""
    return one_line(text.replace("\\", "/"), most)


def _withdrawn(entry: Entry) -> date | None:
    """The day on which the call's own record was learnt to be gone; None while it is there."""
    own = [one for one in entry.events if one.call == entry.call.id and one.kind in NO_LONGER]
    return own[-1].on if own and own[-1].kind is EventKind.WITHDRAWN else None


def _moves(events: Iterable[Event], key: str) -> int:
    """How often the ledger says that this day moved, or that the call went, came back or changed its state.

    Events are never deleted, so the number never shrinks (RFC 5545, 3.8.7.4). An hour that is changed within its day is
    no event: such an entry is newer only by its stamp.
    """
    moving = {MaterialField.STATE, MaterialField.OPENING if key == "opening" else MaterialField.DEADLINES}
    return sum(
        one.kind in NO_LONGER or (one.kind is EventKind.CHANGED and any(c.field in moving for c in one.changes))
        for one in events
    )


def _stamp(entry: Entry) -> datetime:
    """When what is told was last learnt: the day of the reading, or of the newest event after it."""
    day = max([entry.call.as_of, *(one.on for one in entry.events)])
    return datetime.combine(day, time(), UTC)


def _uid(host: str, *parts: str) -> str:
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@{host}"
