"""Who gets which mail now: profile by profile, from the ledger to rows of the outbox."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.service import Service


@dataclass(frozen=True)
class Planned:
    """What became of one planning."""

    slot: str
    due: int
    """Subscriptions that were looked at."""
    planned: int
    """Mails that were put into the outbox; the others have nothing to be told, or have the mail of this slot."""


def plan_digests(service: Service, now: datetime, profiles: Collection[str] | None = None) -> Planned:
    """Plan the mails of this ISO week, in Brussels' time, for all due subscriptions, or those of `profiles`.

    May be called as often as one likes: a subscription has one digest a week.
    """
    raise NotImplementedError


def plan_urgent(service: Service, now: datetime, profiles: Collection[str] | None = None) -> Planned:
    """Plan today's urgent mails for those who asked for them."""
    raise NotImplementedError
