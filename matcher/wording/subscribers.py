"""Subscriptions in words for the operator's terminal, their addresses masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.addresses import masked
from matcher.model import Subscription, SubscriptionState

if TYPE_CHECKING:
    from matcher.alerts.readers.personal_data import Erased, Purged


def subscriber_line(one: Subscription) -> str:
    urgent = ", urgent news too" if one.urgent else ""
    return f"{masked(one.address)}  {one.profile}  {one.language}, {one.rhythm}{urgent}  {_state(one)}"


def _state(one: Subscription) -> str:
    if one.state is SubscriptionState.CONFIRMED and one.consent.confirmed:
        return f"confirmed on {one.consent.confirmed.date()}"
    if one.state is SubscriptionState.ENDED and one.ended:
        return f"ended on {one.ended.date()} ({one.ending})"
    return f"not confirmed; asked on {one.consent.asked.date()}"


def erased_lines(erased: Erased) -> list[str]:
    kept = (
        "kept: that no mail may go there, because mail bounced or was complained of, as a code that does not tell "
        "the address"
    )
    return [
        f"erased: subscriptions {erased.subscriptions}, choices {erased.choices}, mails {erased.mails}, files "
        f"{erased.files}",
        *([kept] if erased.suppressed else []),
        "backups of the store may hold the address until newer ones take their place",
    ]


def purged_line(purged: Purged) -> str:
    return f"purged: subscriptions {purged.subscriptions}, contents of mails {purged.contents}, files {purged.files}"
