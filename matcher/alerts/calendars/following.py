"""Which calls stand in a subscription's calendar: saved, told of by mail, and the best of its organisation's list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from matcher.alerts.calendars.calendar import Entry
from matcher.alerts.digests.cards import Card
from matcher.alerts.readers.links import Links
from matcher.languages import Speaker
from matcher.languages.terms import ROUTES
from matcher.model import Call, CallStatus, Event, MailState, Subscription
from matcher.service import Service

BEST = 20
"""Calls from the top of the organisation's list that can be used now or soon."""
MOST = 200
"""Calls that were saved or told of at most; what was saved comes first."""
SOON = (CallStatus.OPEN, CallStatus.FORTHCOMING)


Cards = Callable[[Collection[str]], Mapping[str, Card]]
"""How the organisation sees the calls at the top of its list, and those that are named besides."""


def followed(service: Service, subscription: Subscription, cards: Cards, links: Links, speaker: Speaker) -> list[Entry]:
    """The entries of its calendar, by their last day."""
    asked = {call.id: call for call in _asked(service, subscription)}
    seen = cards(tuple(asked))
    best = _listed(service, _best(seen, {call.id for call in _listed(service, subscription.dismissed)}))
    calls = {call.id: call for call in (*list(asked.values())[:MOST], *best)}
    events = service.store.ledger.events_of(record for call in calls.values() for record in records(call))
    titles = service.source_titles()
    return [
        Entry(
            call=call,
            events=in_order(call, events),
            route=speaker.term(ROUTES[seen[call.id].route]) if call.id in seen else "",
            page=links.call_page(subscription.profile, call.id),
            source=titles.get(call.source, call.source),
        )
        for call in sorted(calls.values(), key=lambda call: (call.final_day or date.max, call.id))
    ]


def records(call: Call) -> list[str]:
    """Ids of the sources' records that are this call; a page that only names it is none."""
    return [call.id, *(seen.id for seen in call.sightings if seen.basis != "names it")]


def _asked(service: Service, subscription: Subscription) -> Iterator[Call]:
    """What it saved, then what it was told of and did not put aside."""
    put_aside = {call.id for call in _listed(service, subscription.dismissed)}
    told = {seq for mail in service.store.outbox.mails(subscription.id, (MailState.ACCEPTED,)) for seq in mail.events}
    yield from _listed(service, subscription.saved)
    known = _listed(service, sorted(service.store.ledger.calls_at(told)))
    yield from (call for call in known if call.id not in put_aside)


def _best(cards: Mapping[str, Card], put_aside: Collection[str]) -> list[str]:
    """The first BEST calls of the list that can be used now or soon."""
    usable = [one for one in cards.values() if one.usability == 0 and one.status in SOON and one.is_noticed]
    return [one.call for one in sorted(usable, key=lambda one: one.place) if one.call not in put_aside][:BEST]


def _listed(service: Service, ids: Iterable[str]) -> Iterator[Call]:
    """The calls that these records are now; what is not there any more is left out."""
    return (call for call in map(service.listed, ids) if call is not None)


def in_order(call: Call, events: Mapping[str, Sequence[Event]]) -> tuple[Event, ...]:
    """The whole ledger of a call's records."""
    known = [event for record in records(call) for event in events.get(record, ())]
    return tuple(sorted(known, key=lambda event: event.seq))
