"""Who gets which mail now: organisation by organisation, from the ledger to rows of the outbox.

A subscription's cursor moves only when a mail server accepted a digest. So where there is nothing to tell, no mail is
planned and the cursor stays: the next window is the longer one, and holds all that this one held.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from matcher.alerts.digests.cards import Card
from matcher.alerts.digests.digest import Digest, StaleSource, compose, compose_urgent
from matcher.alerts.digests.gate import source_states, stale_sources, waiting
from matcher.alerts.digests.news import listed_by_record
from matcher.alerts.digests.recipients import Recipient, recipients
from matcher.alerts.digests.rhythm import is_due, monday_of, slot_of
from matcher.alerts.digests.standing import Outlook
from matcher.alerts.digests.window import Window
from matcher.alerts.mailing.mail import message_id
from matcher.coverage import SourceState
from matcher.days import BRUSSELS
from matcher.model import (
    Call,
    Event,
    EventKind,
    MailKind,
    OutboxMail,
    Profile,
    Subscription,
    SubscriptionState,
)
from matcher.store.outbox_steps import AT_ONCE

if TYPE_CHECKING:
    from matcher.service import Service

HOUR = time(7)
"""Of a Monday in Brussels, from which on digests are sent."""


@dataclass(frozen=True)
class Planned:
    """What became of one planning."""

    slot: str
    due: int
    """Subscriptions that were looked at."""
    planned: int
    """Mails that were put into the outbox; the others have nothing to be told, or have the mail of this slot."""


@dataclass(frozen=True)
class _Round:
    """One planning: of which kind, for which slot, and what all recipients share."""

    service: Service
    kind: MailKind
    slot: str
    on: date
    now: datetime
    not_before: datetime
    window: Window
    states: list[SourceState]


def plan_digests(service: Service, now: datetime, profiles: Collection[str] | None = None) -> Planned:
    """Plan the mails of this ISO week, in Brussels' time, for all due subscriptions, or those of `profiles`.

    May be called as often as one likes: a subscription has one digest a week. Raises NoCalls, StoreError.
    """
    on = now.astimezone(BRUSSELS).date()
    opens = datetime.combine(monday_of(on), HOUR, BRUSSELS).astimezone(UTC)
    return _plan(service, MailKind.DIGEST, slot_of(on), on, now, max(now, opens), profiles)


def plan_urgent(service: Service, now: datetime, profiles: Collection[str] | None = None) -> Planned:
    """Plan today's urgent mails for those who asked for them. Raises NoCalls, StoreError."""
    on = now.astimezone(BRUSSELS).date()
    return _plan(service, MailKind.URGENT, on.isoformat(), on, now, now, profiles)


def open_window(service: Service, since: int, states: Iterable[SourceState], on: date) -> Window:
    """The ledger beyond a place, and the calls it speaks of as a reader knows them."""
    head = service.store.ledger.head()
    events = service.store.ledger.events(after=since, upto=head)
    listed = listed_by_record(service.calls(on)) if events else {}
    firsts = _firsts(service, events, listed)
    return Window(events, head, waiting(events, states, on), listed, firsts, on)


def _plan(
    service: Service,
    kind: MailKind,
    slot: str,
    on: date,
    now: datetime,
    not_before: datetime,
    profiles: Collection[str] | None,
) -> Planned:
    wanted = [one for one in service.open_profiles() if profiles is None or one.id in profiles]
    states = source_states(service.store.cards(), service.store.runs(), on)
    least = _least_place(service, wanted, kind, on)
    if least is None:
        return Planned(slot, 0, 0)
    current = _Round(service, kind, slot, on, now, not_before, open_window(service, least, states, on), states)
    due = planned = 0
    for outlook, some in _by_organisation(service, wanted, kind, on):
        due += len(some)
        planned += service.store.outbox.plan(_mails(current, outlook, some))
    return Planned(slot, due, planned)


def match_followed(service: Service, now: datetime) -> None:
    """Work out the cards that digests planned at this moment would need. Raises NoCalls, StoreError."""
    kind, on, wanted = MailKind.DIGEST, now.astimezone(BRUSSELS).date(), service.open_profiles()
    states = source_states(service.store.cards(), service.store.runs(), on)
    least = _least_place(service, wanted, kind, on)
    if least is None:
        return
    window = open_window(service, least, states, on)
    for outlook, some in _by_organisation(service, wanted, kind, on):
        found = recipients(service.store, window, kind, slot_of(on), some)
        outlook.cards(frozenset[str]().union(*(one.followed for one in found)))


def _least_place(service: Service, profiles: Iterable[Profile], kind: MailKind, on: date) -> int | None:
    """Of all due subscriptions in the ledger; None where none is due."""
    return min((one.cursor for profile in profiles for one in _due(service, profile, kind, on)), default=None)


def _by_organisation(
    service: Service, profiles: Iterable[Profile], kind: MailKind, on: date
) -> Iterator[tuple[Outlook, list[Subscription]]]:
    """Each organisation with its due subscriptions, so many at once as a statement takes; by country."""
    for profile in sorted(profiles, key=lambda one: (one.country, one.id)):
        outlook, waiting = Outlook(service, profile, on), _due(service, profile, kind, on)
        while some := list(islice(waiting, AT_ONCE)):
            yield outlook, some


def _due(service: Service, profile: Profile, kind: MailKind, on: date) -> Iterator[Subscription]:
    """The confirmed subscriptions of an organisation that get such mails on that day."""
    for one in service.store.subscriptions.subscriptions(SubscriptionState.CONFIRMED, profile.id):
        if one.urgent if kind is MailKind.URGENT else is_due(one.rhythm, on):
            yield one


def _mails(current: _Round, outlook: Outlook, subscriptions: Sequence[Subscription]) -> list[OutboxMail]:
    """The mails of one organisation's subscriptions that have something to tell; their calls are looked at once."""
    found = list(recipients(current.service.store, current.window, current.kind, current.slot, subscriptions))
    if not found:
        return []
    cards = outlook.cards(frozenset[str]().union(*(one.followed for one in found)))
    stale = stale_sources(current.states, outlook.profile.country)
    contents = ((one, _content(current, outlook.profile, one, cards, stale)) for one in found)
    return [_mail(current, one, digest) for one, digest in contents if digest is not None]


def _content(
    current: _Round, profile: Profile, one: Recipient, cards: Mapping[str, Card], stale: tuple[StaleSource, ...]
) -> Digest | None:
    if current.kind is MailKind.URGENT:
        return compose_urgent(one.subscription, profile, one.news, cards, current.on, one.told)
    return compose(one.subscription, profile, one.news, cards, current.on, stale, one.told)


def _mail(current: _Round, one: Recipient, digest: Digest) -> OutboxMail:
    id, cursor = secrets.token_hex(16), one.subscription.cursor
    return OutboxMail(
        id=id,
        subscription=one.subscription.id,
        kind=current.kind,
        slot=current.slot,
        message_id=message_id(id, current.service.settings),
        planned=current.now,
        not_before=current.not_before,
        upto=current.window.upto(cursor, one.known) if current.kind is MailKind.DIGEST else cursor,
        events=digest.events,
        content=digest.model_dump_json(exclude_defaults=True),
    )


def _firsts(service: Service, events: Iterable[Event], listed: Mapping[str, Sequence[Call]]) -> dict[str, int]:
    """Record id -> place of its first entry "new", of all records of calls of which one is new in the window.

    One that is held has no place yet: it is new when a person lets it out.
    """
    new = {event.call for event in events if event.kind is EventKind.NEW}
    calls = [call for record in new for call in listed.get(record, ())]
    records = {record for call in calls for record in (call.id, *(seen.id for seen in call.sightings))}
    known = service.store.ledger.events_of(records)
    places = {
        record: [sys.maxsize if one.is_held else one.seq for one in found if one.kind is EventKind.NEW]
        for record, found in known.items()
    }
    return {record: min(found) for record, found in places.items() if found}
