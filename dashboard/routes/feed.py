"""The Atom feed of news: `/feed.atom`, with `?profile=` only of what is open to it and near the top of its list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.responses import Response
from starlette.routing import Route

from dashboard.routes.conditional import FirstGiven, conditional
from dashboard.routes.lists import LISTED
from dashboard.routes.resource import Asked, Resource

if TYPE_CHECKING:
    from matcher.model import Call, Event
    from matcher.service import Service

GIVEN = FirstGiven()
CACHE = "public, max-age=900"
LOOKED_AT = 2_000
"""Newest events of the ledger among which those of one organisation are looked for."""


def _feed(asked: Asked) -> Response:
    from matcher.alerts.calendars.feed import Feed, Item, atom
    from matcher.languages import speaker

    service, profile = asked.answers.service, asked.query("profile")
    public = asked.answers.settings.public_url.rstrip("/")
    found = _news_of(service, profile) if profile else _news(service)
    titles = service.source_titles()
    items = [
        Item(
            event=event,
            title=call.title if call else event.call,
            page=f"{public}/call?{urlencode({'call': call.id if call else event.call})}",
            url=call.url if call else "",
            source=titles.get(event.source, event.source),
        )
        for event, call in found
    ]
    asked_for = f"?{urlencode({'profile': profile})}" if profile else ""
    feed = Feed(
        key=f"news/{profile}" if profile else "news",
        title=f"Calls for {service.open_profile(profile).name}" if profile else "News of EU calls for integration",
        address=f"{public}/feed.atom{asked_for}",
        home=f"{public}/{asked_for}",
        host=urlsplit(public).hostname or "localhost",
        updated=_last_reading(service),
    )
    body = atom(feed, items, speaker("en"))
    given = GIVEN.moment(feed.address, body, datetime.now(UTC))
    return conditional(asked.request, body, "application/atom+xml; charset=utf-8", CACHE, given)


def _news(service: Service) -> Sequence[tuple[Event, Call | None]]:
    from matcher.alerts.calendars.feed import ENTRIES

    return [(event, service.listed(event.call)) for event in service.store.ledger.events(limit=ENTRIES)]


def _news_of(service: Service, profile: str) -> Sequence[tuple[Event, Call | None]]:
    """The news of calls that the organisation notices."""
    from matcher.alerts.calendars.feed import ENTRIES
    from matcher.alerts.calendars.following import records

    cards = LISTED.cards(service, service.open_profile(profile), date.today())
    calls = [call for one in cards.values() if one.is_noticed and (call := service.listed(one.call))]
    mine = {record: call for call in calls for record in records(call)}
    newest = service.store.ledger.events(limit=LOOKED_AT)
    return [(event, mine[event.call]) for event in newest if event.call in mine][-ENTRIES:]


def _last_reading(service: Service) -> datetime:
    runs = service.store.runs()
    return max((run.started for run in runs), default=datetime(1970, 1, 1, tzinfo=UTC))


ROUTES = [Route("/feed.atom", Resource(get=_feed))]
