"""The deadlines of an organisation for calendar programs: `/plain/deadlines.ics?profile=…`.

What its page of deadlines shows, but the calls that are in its pipeline alone: who works on what is nobody else's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.routing import Route

from dashboard.deadlines.days import chosen, moments, of_funds
from dashboard.plain import reading
from dashboard.routes.answers import Answers
from dashboard.routes.conditional import conditional
from dashboard.routes.page import reader_language
from dashboard.routes.paths import DEADLINES, KEY
from dashboard.routes.resource import Asked, Resource

if TYPE_CHECKING:
    from matcher.alerts.calendars.calendar import Entry
    from matcher.languages import Speaker

CACHE = "private, no-cache"
FILE = {"Content-Disposition": 'inline; filename="deadlines.ics"'}
MOST = 200
"""Calls, by their next day: calendar programs read all of them anew each time."""


def _calendar(asked: Asked) -> Response:
    """Raises NotFound for an organisation that is not there or not the reader's."""
    from matcher.alerts.calendars.calendar import calendar
    from matcher.languages import speaker

    now, answers = datetime.now(UTC), asked.answers
    profile = reading.readable(answers.service, asked.query("profile"), asked.query(KEY), now)
    say = speaker(reader_language(asked.request))
    title = say.gettext("Deadlines for %(name)s", name=profile.name)
    host = urlsplit(answers.settings.public_url).hostname or "localhost"
    body = calendar(title, _entries(answers, profile.id, say, date.today()), say, host, now)
    return conditional(asked.request, body, "text/calendar; charset=utf-8", CACHE, headers=FILE)


def _entries(answers: Answers, profile: str, say: Speaker, on: date) -> list[Entry]:
    """By the day that comes first."""
    from matcher.alerts.calendars.calendar import Entry
    from matcher.alerts.calendars.following import in_order, records
    from matcher.languages.terms import ROUTES as WAYS
    from matcher.model import RouteKind

    service = answers.service
    standing, titles = service.standing(profile, on), service.source_titles()
    listed = service.listed_many(chosen(standing, {})).values()
    found = moments(of_funds(listed, ()), {}, on)
    calls = list({one.call.id: one.call for one in found}.values())[:MOST]
    events = service.store.ledger.events_of(record for call in calls for record in records(call))
    return [
        Entry(
            call=call,
            events=in_order(call, events),
            route=say.term(WAYS[RouteKind(str(standing.at[call.id, "route"]))]),
            page=answers.links.call_page(profile, call.id),
            source=titles.get(call.source, call.source),
        )
        for call in calls
    ]


ROUTES = [Route(DEADLINES, Resource(get=_calendar))]
