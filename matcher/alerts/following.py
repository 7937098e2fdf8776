"""Which calls stand in a subscription's calendar: saved, told of by mail, and the best of its organisation's list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from matcher.alerts.calendar import Entry
from matcher.alerts.links import Links
from matcher.languages import Speaker
from matcher.languages.terms import ROUTES
from matcher.model import Call, CallStatus, Event, MailState, Match, Subscription
from matcher.selection import usability
from matcher.service import NotFound, Service

BEST = 20
"""Calls from the top of the organisation's list that can be used now or soon."""
MOST = 200
"""Calls of a calendar at most: what was saved comes first, then the best, then what was told."""


def followed(
    service: Service, subscription: Subscription, matches: Sequence[Match], links: Links, speaker: Speaker
) -> list[Entry]:
    """The entries of its calendar, by call. `matches`: how its organisation sees the calls, best first."""
    calls = {call.id: call for call in _wanted(service, subscription, matches)}
    chosen = sorted(list(calls.values())[:MOST], key=lambda call: (call.final_day or date.max, call.id))
    events = service.store.ledger.events_of(record for call in chosen for record in records(call))
    routes = {match.call.id: speaker.term(ROUTES[match.route.kind]) for match in matches}
    titles = service.source_titles()
    return [
        Entry(
            call=call,
            events=_in_order(call, events),
            route=routes.get(call.id, ""),
            page=links.call_page(subscription.profile, call.id),
            source=titles.get(call.source, call.source),
        )
        for call in chosen
    ]


def records(call: Call) -> list[str]:
    """Ids of the sources' records that are this call; a page that only names it is none."""
    return [call.id, *(seen.id for seen in call.sightings if seen.basis != "names it")]


def _wanted(service: Service, subscription: Subscription, matches: Sequence[Match]) -> Iterator[Call]:
    put_aside = {call.id for call in _listed(service, subscription.dismissed)}
    told = {seq for mail in service.store.outbox.mails(subscription.id, (MailState.ACCEPTED,)) for seq in mail.events}
    yield from _listed(service, subscription.saved)
    best = [match.call for match in matches if _is_usable(match)][:BEST]
    yield from (call for call in best if call.id not in put_aside)
    known = _listed(service, sorted(service.store.ledger.calls_at(told)))
    yield from (call for call in known if call.id not in put_aside)


def _is_usable(match: Match) -> bool:
    return usability(match) == 0 and match.status in (CallStatus.OPEN, CallStatus.FORTHCOMING)


def _listed(service: Service, ids: Iterable[str]) -> Iterator[Call]:
    """The calls that these records are now; what is not there any more is left out."""
    for id in ids:
        try:
            yield service.call(id)
        except NotFound:
            continue


def _in_order(call: Call, events: Mapping[str, Sequence[Event]]) -> tuple[Event, ...]:
    known = [event for record in records(call) for event in events.get(record, ())]
    return tuple(sorted(known, key=lambda event: event.seq))
