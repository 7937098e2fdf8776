"""News, and how an organisation sees the calls -> what one mail says. Pure; knows no language.

Text and choice share their numbers with the ledger: what is said to close within 14 days was entered at 14 days.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from matcher.alerts.digests.cards import Card
from matcher.alerts.digests.moves import days_moved
from matcher.alerts.digests.news import OF_CHANGE, News
from matcher.ledger.passing import CLOSING_WITHIN, OPENING_WITHIN
from matcher.model import EventKind, FieldChange, Frozen, Profile, Subscription, Text

SOON, LATER = min(CLOSING_WITHIN), max(CLOSING_WITHIN)
"""Days before a deadline: the two groups of calls that close; under the first a new call is urgent as well."""
OPENS_WITHIN = max(OPENING_WITHIN)
"""Days before an opening."""
SHOWN = 10
"""Items that a mail shows; the others are on the page that it links to."""


class Part(StrEnum):
    """The parts of a mail, in their order."""

    CLOSING_SOON = "closing_soon"
    """Within SOON days."""
    CLOSING_LATER = "closing_later"
    """Within LATER days."""
    NEW = "new"
    CHANGED = "changed"
    OPENED = "opened"
    OPENING = "opening"
    GONE = "gone"
    """Withdrawn or closed, among what was saved or told before."""
    EARLIER = "earlier"
    """Of an urgent mail: deadlines that were moved earlier."""


class Item(Frozen):
    """One call in one mail."""

    card: Card
    kinds: tuple[EventKind, ...]
    """What became of it; the first decides its part."""
    learnt: date
    """The last day on which something of it was learnt."""
    changes: tuple[FieldChange, ...] = ()
    events: tuple[int, ...] = ()


class Section(Frozen):
    """A part of a mail. Ranked; the first `shown` items stand in the mail, all on the page of the mail."""

    part: Part
    items: tuple[Item, ...]
    shown: int


class StaleSource(Frozen):
    """A source of this organisation's calls that was not read as it should have been."""

    title: str
    read: date | None
    """Of the last good reading."""


class Digest(Frozen):
    """What one mail says to one subscription; the content of its OutboxMail, as JSON."""

    profile: Text
    name: str
    """Of the organisation."""
    on: date
    sections: tuple[Section, ...]
    stale: tuple[StaleSource, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def events(self) -> tuple[int, ...]:
        """All that is told, by `Event.seq`, ascending."""
        return tuple(sorted({seq for item in self.items for seq in item.events}))

    @property
    def left(self) -> int:
        """Items that only the page shows."""
        return sum(len(section.items) - section.shown for section in self.sections)


PARTS = {
    EventKind.WITHDRAWN: Part.GONE,
    EventKind.CLOSED: Part.GONE,
    EventKind.NEW: Part.NEW,
    EventKind.OPENED: Part.OPENED,
    EventKind.ELIGIBILITY: Part.CHANGED,
    EventKind.CHANGED: Part.CHANGED,
    EventKind.RETURNED: Part.CHANGED,
    EventKind.OPENING: Part.OPENING,
}
"""Headline -> part; what closes goes by its days."""
STILL_TOLD = frozenset(OF_CHANGE)
"""What is told even of calls that are not for the organisation, as it said."""


def compose(
    subscription: Subscription,
    profile: Profile,
    news: Iterable[News],
    cards: Mapping[str, Card],
    on: date,
    stale: Sequence[StaleSource] = (),
    told: frozenset[str] = frozenset(),
) -> Digest | None:
    """The weekly or monthly mail; None when there is nothing to tell.

    `cards`: call id -> card, of what is noticed, saved or told. `told`: calls that an accepted mail told of.
    """
    items = [
        (_part(one, cards[one.call], on), _item(one, cards[one.call]))
        for one in news
        if one.call in cards and _concerns(subscription, one, cards[one.call], told)
    ]
    return _digest(profile, items, on, stale)


def compose_urgent(
    subscription: Subscription,
    profile: Profile,
    news: Iterable[News],
    cards: Mapping[str, Card],
    on: date,
    told: frozenset[str] = frozenset(),
) -> Digest | None:
    """New calls with under SOON days, and deadlines moved earlier; None where there are none."""
    items = [
        (part, _item(one, cards[one.call]))
        for one in news
        if one.call in cards and _concerns(subscription, one, cards[one.call], told)
        if (part := _urgent_part(one, cards[one.call], on)) is not None
    ]
    return _digest(profile, items, on, ())


def may_be_urgent(news: News, on: date) -> bool:
    """Whether it can be for anybody; what its days are decides the card."""
    return EventKind.NEW in news.kinds or _is_earlier(news, on)


def _concerns(subscription: Subscription, news: News, card: Card, told: frozenset[str]) -> bool:
    """Whether a subscription wants to hear of it."""
    if news.call in subscription.dismissed:
        return bool(STILL_TOLD.intersection(news.kinds))
    followed = news.call in subscription.saved or news.call in told
    return followed or (card.is_noticed and PARTS.get(news.kind) is not Part.GONE)


def _part(news: News, card: Card, on: date) -> Part:
    if news.kind is EventKind.CLOSING:
        return Part.CLOSING_SOON if _days_left(card, on) <= SOON else Part.CLOSING_LATER
    return PARTS[news.kind]


def _urgent_part(news: News, card: Card, on: date) -> Part | None:
    if _is_earlier(news, on):
        return Part.EARLIER
    return Part.NEW if EventKind.NEW in news.kinds and _days_left(card, on) < SOON else None


def _is_earlier(news: News, on: date) -> bool:
    return any((days_moved(change, on) or 0) < 0 for change in news.changes)


def _days_left(card: Card, on: date) -> int:
    """To the next deadline as it stands today; many where there is none."""
    return (card.deadline.last_day - on).days if card.deadline else sys.maxsize


def _item(news: News, card: Card) -> Item:
    return Item(card=card, kinds=news.kinds, learnt=news.on, changes=news.changes, events=news.events)


def _digest(
    profile: Profile, items: Sequence[tuple[Part, Item]], on: date, stale: Sequence[StaleSource]
) -> Digest | None:
    if not items:
        return None
    found = {part: sorted((item for at, item in items if at is part), key=_rank(part)) for part in Part}
    found = {part: ranked for part, ranked in found.items() if ranked}
    shown = shares([len(ranked) for ranked in found.values()])
    sections = tuple(
        Section(part=part, items=tuple(ranked), shown=share)
        for (part, ranked), share in zip(found.items(), shown, strict=True)
    )
    return Digest(profile=profile.id, name=profile.name, on=on, sections=sections, stale=tuple(stale))


def _rank(part: Part) -> Callable[[Item], tuple[date, int, str]]:
    """By the day where the part is about days, then by the place in the organisation's list."""

    def key(item: Item) -> tuple[date, int, str]:
        card = item.card
        days = {
            Part.CLOSING_SOON: card.deadline and card.deadline.last_day,
            Part.CLOSING_LATER: card.deadline and card.deadline.last_day,
            Part.OPENING: card.opening,
        }
        return days.get(part) or date.max, card.place, card.call

    return key


def shares(sizes: Sequence[int]) -> list[int]:
    """How many items of each part a mail shows: one of each by turns until SHOWN are, so that no part hides another."""
    shown = [0] * len(sizes)
    turns = ((number, part) for part, size in enumerate(sizes) for number in range(size))
    for _, part in sorted(turns)[:SHOWN]:
        shown[part] += 1
    return shown
