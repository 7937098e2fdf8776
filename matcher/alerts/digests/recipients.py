"""What lies before each subscription: its news, and the calls it follows; read for many of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.alerts.digests.news import News
from matcher.alerts.digests.window import Past, Window, past
from matcher.model import MailKind, MailState, Subscription, Telling

if TYPE_CHECKING:
    from matcher.store import Store


@dataclass(frozen=True)
class Recipient:
    """One that may have something to be told."""

    subscription: Subscription
    """Its choices are under the ids that the calls are listed by."""
    known: Past
    news: Sequence[News]
    told: frozenset[str]
    """Calls that accepted mails told of."""

    @property
    def followed(self) -> frozenset[str]:
        """The calls of its news that it hears of whatever their place in the list."""
        return self.told.union(self.subscription.saved).intersection(one.call for one in self.news)


def recipients(
    store: Store, window: Window, kind: MailKind, slot: str, subscriptions: Sequence[Subscription]
) -> Iterator[Recipient]:
    """Those that have news and not the mail of this slot."""
    tellings = store.outbox.tellings([one.id for one in subscriptions])
    mails = {one.id: tellings.get(one.id, []) for one in subscriptions}
    pasts = {id: past(theirs, kind) for id, theirs in mails.items() if not any(_is(one, kind, slot) for one in theirs)}
    records = store.ledger.call_at(seq for known in pasts.values() for seq in known.told)
    for one in subscriptions:
        known = pasts.get(one.id)
        if known is not None and (news := window.news(one.cursor, known, kind)):
            told = window.listed_as(records[seq] for seq in known.told if seq in records)
            yield Recipient(window.normal(one), known, news, told)


def _is(mail: Telling, kind: MailKind, slot: str) -> bool:
    """A cancelled mail leaves its slot free."""
    return (mail.kind, mail.slot) == (kind, slot) and mail.state is not MailState.CANCELLED
