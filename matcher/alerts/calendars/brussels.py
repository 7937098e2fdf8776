"""Brussels time as a calendar program reads it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

import icalendar

from matcher.days import BRUSSELS

CLOCK_CHANGES = (
    (icalendar.TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 3, 1, 2),
    (icalendar.TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, 2, 1),
)
"""The last Sundays of March and October at 01:00 UTC, in the clock before the change (Directive 2000/84/EC; so since
1996): part, name, first time, month, offset before and after in hours."""


def zone() -> icalendar.Timezone:
    """The rules of Brussels time for a calendar (RFC 5545, 3.6.5): standing rules, which need no list of years."""
    told = icalendar.Timezone()
    told.add("TZID", BRUSSELS.key)
    for kind, name, begun, month, before, after in CLOCK_CHANGES:
        part = kind()
        part.add("DTSTART", begun)
        part.add("TZOFFSETFROM", timedelta(hours=before))
        part.add("TZOFFSETTO", timedelta(hours=after))
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("TZNAME", name)
        told.add_component(part)
    return told
