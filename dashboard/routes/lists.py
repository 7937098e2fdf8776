"""The list of each organisation, ranked once for each state of the store and day. Computes: not for the event loop."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.alerts.digests.cards import Card
    from matcher.model import Match, Profile
    from matcher.service import Service

LISTS, LONGEST, QUOTED = 32, 200, 20
"""Lists that are kept, matches of each (what no route shows is not judged), and those of them that carry quotes."""


class Lists:
    """One for each server. One list is made at a time, so that many readers of a new day cost no more than one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._service: Service | None = None
        self._kept: OrderedDict[tuple[str, date], tuple[Match, ...]] = OrderedDict()

    def matches(self, service: Service, profile: Profile, on: date) -> tuple[Match, ...]:
        """The best LONGEST matches, best first. Raises NoCalls."""
        with self._lock:
            if service is not self._service:
                self._service = service
                self._kept.clear()
            key = profile.model_dump_json(), on  # its members may have changed it
            if key not in self._kept:
                self._kept[key] = tuple(service.match(profile, on, LONGEST, QUOTED))
            self._kept.move_to_end(key)
            while len(self._kept) > LISTS:
                self._kept.popitem(last=False)
            return self._kept[key]

    def cards(self, service: Service, profile: Profile, on: date, also: Collection[str] = ()) -> Mapping[str, Card]:
        """What mails say of the calls at the top of its list, and of those in `also`: what they were told is kept."""
        from matcher.alerts.digests.standing import Outlook

        with self._lock:
            return Outlook(service, profile, on).cards(also)


LISTED = Lists()
