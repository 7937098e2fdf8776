"""The calendar of a subscription, for calendar programs: `/alerts/calendar/{token}.ics`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.routing import Route

from dashboard.routes.conditional import conditional
from dashboard.routes.lists import LISTED
from dashboard.routes.resource import Asked, Resource

CACHE = "private, no-cache"
"""Kept by the reader's program alone, and asked for anew each time: mostly the answer is that nothing changed."""
FILE = {"Content-Disposition": 'inline; filename="calls.ics"'}


def _calendar(asked: Asked) -> Response:
    """Raises BadToken, also once the subscription has ended."""
    from matcher.alerts.calendars.calendar import calendar
    from matcher.alerts.calendars.following import followed
    from matcher.alerts.readers.tokens import BadToken, Purpose, Refusal
    from matcher.languages import speaker
    from matcher.model import SubscriptionState

    now, answers, service = datetime.now(UTC), asked.answers, asked.answers.service
    subscription = answers.owner(Purpose.CALENDAR, asked.token, now)
    if subscription.state is not SubscriptionState.CONFIRMED:
        raise BadToken(Refusal.GONE)
    spoken = speaker(subscription.language)
    profile = service.open_profile(subscription.profile)
    cards = partial(LISTED.cards, service, profile, date.today())
    entries = followed(service, subscription, cards, answers.links, spoken)
    title = spoken.gettext("Calls for %(name)s", name=profile.name)
    host = urlsplit(answers.settings.public_url).hostname or "localhost"
    body = calendar(title, entries, spoken, host, now)
    return conditional(asked.request, body, "text/calendar; charset=utf-8", CACHE, headers=FILE)


ROUTES = [Route("/alerts/calendar/{token}.ics", Resource(get=_calendar))]
