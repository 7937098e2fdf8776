"""The news that lies beyond each recipient's place in the ledger, worked out once for all who stand at the same place.

Takes everything in; reads no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from matcher.alerts.digests.news import News, readers_news
from matcher.model import Call, Event, MailKind, MailState, OutboxMail, Subscription

PLACES = 100
"""In the ledger, of which the news is kept in memory."""
IN_FLIGHT = (MailState.SENDING, MailState.HANDED_OVER)


@dataclass(frozen=True)
class Past:
    """What a subscription was told by mails that a server accepted, and what it is being told at this moment."""

    told: frozenset[int] = frozenset()
    telling: frozenset[int] = frozenset()


def past(mails: Sequence[OutboxMail], kind: MailKind) -> Past:
    """From the mails of one subscription. A mail that is held or failed told nothing: its news comes again.

    A digest that waits takes the place of whatever else waits; an urgent mail leaves to it what it tells.
    """
    telling = [mail for mail in mails if mail.state in IN_FLIGHT]
    if kind is MailKind.URGENT:
        telling += [mail for mail in mails if mail.state is MailState.PLANNED and mail.kind is MailKind.DIGEST]
    return Past(
        told=frozenset(seq for mail in mails if mail.state is MailState.ACCEPTED for seq in mail.events),
        telling=frozenset(seq for mail in telling for seq in mail.events),
    )


@dataclass
class Window:
    """`events`: from the least place of any recipient to `head`. `waiting`: those that are not told yet (gate)."""

    events: Sequence[Event]
    head: int
    waiting: frozenset[int]
    listed: Mapping[str, Sequence[Call]]
    firsts: Mapping[str, int]
    on: date
    _known: dict[tuple[int, frozenset[int]], list[News]] = field(default_factory=dict, init=False)

    def news(self, cursor: int, known: Past) -> list[News]:
        """What is news beyond `cursor` and was not told otherwise."""
        left_out = frozenset(seq for seq in known.told | known.telling | self.waiting if seq > cursor)
        key = cursor, left_out
        if key not in self._known:
            if len(self._known) >= PLACES:
                self._known.clear()
            window = [event for event in self.events if event.seq > cursor and event.seq not in left_out]
            self._known[key] = readers_news(window, self.listed, self.firsts, self.on)
        return self._known[key]

    def upto(self, cursor: int, known: Past) -> int:
        """Where the cursor may move once the news is told: not beyond what waits, or what another mail may yet lose."""
        ahead = [seq for seq in known.telling | self.waiting if seq > cursor]
        return min(ahead, default=self.head + 1) - 1

    def listed_as(self, records: Iterable[str]) -> frozenset[str]:
        """The calls that records are part of."""
        return frozenset(call.id for record in records for call in self.listed.get(record, ()))

    def normal(self, subscription: Subscription) -> Subscription:
        """With its choices under the ids that the calls are listed by: a saved record may have joined another since."""
        choices = {kind: tuple(sorted(self.listed_as(getattr(subscription, kind)))) for kind in ("saved", "dismissed")}
        return subscription.model_copy(update=choices)
