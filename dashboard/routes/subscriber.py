"""The page of one subscription: what it gets and how often, the calls it chose, its calendar, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.responses import Response

from dashboard.routes.form import chosen_rhythm, languages, rhythms
from dashboard.routes.page import reader_language
from dashboard.routes.resource import Asked
from dashboard.routes.rhythm import next_mail
from matcher.addresses import masked
from matcher.alerts.readers import subscribing
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Purpose
from matcher.languages import speaker
from matcher.model import Subscription
from matcher.printable import one_line
from matcher.service import NotFound, Service


@dataclass(frozen=True)
class Chosen:
    """A call that was saved or put aside. `title`: its own text; the id, where the call is not known any more."""

    id: str
    title: str
    page: str
    language: str = ""
    """ISO 639-1, of the title, where it is known."""


def settings(asked: Asked) -> Response:
    now = datetime.now(UTC)
    mine = asked.answers.owner(Purpose.SETTINGS, asked.token, now)
    return _page(asked, mine, now, saved=False)


def change(asked: Asked) -> Response:
    """Save the form, or take back what was chosen for one call."""
    now, service, given = datetime.now(UTC), asked.answers.service, asked.form.get
    if given("do") == "remove":
        mine = asked.answers.take_back(asked.token, given("call", ""), now)
    else:
        rhythm, urgent = chosen_rhythm(given("rhythm", "")), bool(given("urgent"))
        mine = subscribing.change_settings(service, asked.token, given("language", ""), rhythm, urgent, now)
    return _page(asked, mine, now, saved=True)


def chosen_call(service: Service, links: Links, profile: str, id: str) -> Chosen:
    page = links.call_page(profile, id)
    try:
        call = service.call(id)
        return Chosen(id, one_line(call.title, 200), page, call.language or "")
    except NotFound:
        return Chosen(id, one_line(id, 200), page)


def _page(asked: Asked, mine: Subscription, now: datetime, saved: bool) -> Response:
    service = asked.answers.service
    links = asked.answers.links

    def calls(ids: Iterable[str]) -> list[Chosen]:
        return [chosen_call(service, links, mine.profile, id) for id in ids]

    return asked.page(
        "settings",
        language=mine.language,
        saved=saved,
        chosen=mine,
        name=asked.answers.name(mine.profile),
        address=masked(mine.address),
        first=next_mail(now, mine.rhythm),
        rhythms=rhythms(speaker(reader_language(asked.request, mine.language))),
        languages_of_mails=languages(),
        saved_calls=calls(mine.saved),
        dismissed_calls=calls(mine.dismissed),
        calendar=links.calendar(mine.id),
        unsubscribe=links.unsubscribe(mine.id),
    )
