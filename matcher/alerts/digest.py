"""News, and how an organisation sees the calls -> what one mail says. Pure; knows no language.

Text and choice share the numbers of this module: what is said to close within 14 days is what was chosen by 14 days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from matcher.alerts.cards import Card
from matcher.alerts.news import News
from matcher.model import EventKind, FieldChange, Frozen, Profile, Subscription, Text

SOON, LATER = 14, 30
"""Days before a deadline: the two groups of calls that close; under the first a new call is urgent as well."""
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
    raise NotImplementedError


def compose_urgent(
    subscription: Subscription,
    profile: Profile,
    news: Iterable[News],
    cards: Mapping[str, Card],
    on: date,
    told: frozenset[str] = frozenset(),
) -> Digest | None:
    """New calls with under SOON days, and deadlines moved earlier; None where there are none."""
    raise NotImplementedError
