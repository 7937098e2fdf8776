"""The list of each organisation, ranked once for each state of the store and day. Computes: not for the event loop."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.alerts.digests.cards import Card
    from matcher.model import Match
    from matcher.service import Service

LISTS, LONGEST = 32, 200
"""Lists that are kept, and matches of each: what no route shows is not kept in memory."""


class Lists:
    """One for each server. One list is made at a time, so that many readers of a new day cost no more than one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._service: Service | None = None
        self._kept: OrderedDict[tuple[str, date], tuple[Match, ...]] = OrderedDict()

    def matches(self, service: Service, profile: str, on: date) -> tuple[Match, ...]:
        """The best LONGEST matches, best first. Raises NotFound, NoCalls."""
        with self._lock:
            if service is not self._service:
                self._service = service
                self._kept.clear()
            key = profile, on
            if key not in self._kept:
                self._kept[key] = tuple(service.match(profile, on)[:LONGEST])
            self._kept.move_to_end(key)
            while len(self._kept) > LISTS:
                self._kept.popitem(last=False)
            return self._kept[key]

    def cards(self, service: Service, profile: str, on: date, also: Collection[str] = ()) -> Mapping[str, Card]:
        """What mails say of the calls at the top of its list, and of those in `also`: what they were told is kept."""
        from matcher.alerts.digests.standing import Outlook

        with self._lock:
            return Outlook(service, service.profile(profile), on).cards(also)


LISTED = Lists()
