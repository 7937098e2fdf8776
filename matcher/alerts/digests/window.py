"""The news that lies beyond each recipient's place in the ledger, worked out once for all who stand at the same place.

Takes everything in; reads no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from matcher.alerts.digests.digest import may_be_urgent
from matcher.alerts.digests.news import News, by_call, call_news
from matcher.model import Call, Event, MailKind, MailState, Subscription, Telling

PLACES = 100
"""In the ledger, of which the news is kept in memory."""
IN_FLIGHT = (MailState.SENDING, MailState.HANDED_OVER)


@dataclass(frozen=True)
class Past:
    """What a subscription was told by mails that a server accepted, and what it is being told at this moment."""

    told: frozenset[int] = frozenset()
    telling: frozenset[int] = frozenset()


def past(tellings: Iterable[Telling], kind: MailKind) -> Past:
    """From the mails of one subscription. A mail that is held or failed told nothing: its news comes again.

    A digest that waits takes the place of whatever else waits; an urgent mail leaves to it what it tells.
    """
    told: set[int] = set()
    telling: set[int] = set()
    for mail in tellings:
        if mail.state is MailState.ACCEPTED:
            told.update(mail.events)
        elif mail.state in IN_FLIGHT or (kind is MailKind.URGENT and _waits_as_digest(mail)):
            telling.update(mail.events)
    return Past(frozenset(told), frozenset(telling))


def _waits_as_digest(mail: Telling) -> bool:
    return mail.state is MailState.PLANNED and mail.kind is MailKind.DIGEST


@dataclass
class Window:
    """`events`: from the least place of any recipient to `head`. `waiting`: those that are not told yet (gate)."""

    events: Sequence[Event]
    head: int
    waiting: frozenset[int]
    listed: Mapping[str, Sequence[Call]]
    firsts: Mapping[str, int]
    on: date
    _known: dict[tuple[int, frozenset[int], MailKind], list[News]] = field(default_factory=dict, init=False)
    _of_calls: dict[tuple[str, tuple[int, ...]], News | None] = field(default_factory=dict, init=False)

    def news(self, cursor: int, known: Past, kind: MailKind = MailKind.DIGEST) -> list[News]:
        """What is news beyond `cursor` and was not told otherwise; for urgent mails only what may be urgent."""
        left_out = frozenset(seq for seq in known.told | known.telling | self.waiting if seq > cursor)
        key = cursor, left_out, kind
        if key not in self._known:
            if len(self._known) >= PLACES:
                self._known.clear()
            window = [event for event in self.events if event.seq > cursor and event.seq not in left_out]
            news = [self._of_call(call, events) for call, events in by_call(window, self.listed)]
            is_urgent = kind is MailKind.URGENT
            self._known[key] = [one for one in news if one and (not is_urgent or may_be_urgent(one, self.on))]
        return self._known[key]

    def _of_call(self, call: Call, events: Sequence[Event]) -> News | None:
        """Recipients who were told different things of other calls share what is news of this one."""
        key = call.id, tuple(event.seq for event in events)
        if key not in self._of_calls:
            self._of_calls[key] = call_news(call, events, self.firsts, self.on)
        return self._of_calls[key]

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
