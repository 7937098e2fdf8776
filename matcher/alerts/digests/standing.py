"""The cards of one organisation on one day: matched once for a state of the store, then kept in it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from matcher.alerts.digests.cards import NOTICED, Card, card
from matcher.model import Frozen, Profile
from matcher.selection import usability

if TYPE_CHECKING:
    from matcher.service import Service


class Standing(Frozen):
    """What is kept. `asked`: calls beside the noticed ones that were looked for, whether they are listed or not."""

    asked: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass
class Outlook:
    """One organisation's view of the calls on one day."""

    service: Service
    profile: Profile
    on: date
    _cards: dict[str, Card] = field(default_factory=dict, init=False)
    _asked: frozenset[str] | None = field(default=None, init=False)

    def cards(self, also: Collection[str] = ()) -> Mapping[str, Card]:
        """Call id -> card of the first NOTICED calls of its list, and of those named in `also`."""
        if self._asked is None:
            self._read()
        if self._asked is None or not set(also) <= self._asked | self._cards.keys():
            self._work_out(frozenset(also) | (self._asked or frozenset()))
        return self._cards

    def _read(self) -> None:
        body = self.service.store.standings.kept(self.profile.id, self.state)
        if body is not None:
            self._take(Standing.model_validate_json(body))

    def _work_out(self, asked: frozenset[str]) -> None:
        found = Standing(asked=tuple(sorted(asked)), cards=_cards(self.service, self.profile, self.on, asked))
        self.service.store.standings.keep(self.profile.id, self.state, found.model_dump_json(exclude_defaults=True))
        self._take(found)

    def _take(self, found: Standing) -> None:
        self._cards, self._asked = {one.call: one for one in found.cards}, frozenset(found.asked)

    @cached_property
    def state(self) -> str:
        """What the cards rest on: the stored calls, the day, the organisation, the model."""
        settings, store = self.service.settings, self.service.store
        parts = (store.standings.state(), self.on.isoformat(), self.profile.model_dump_json(), settings.model)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def source_hosts(service: Service) -> frozenset[str]:
    """The hosts of the sources' sites: pages on them may be linked to."""
    pages = [card.url for card in service.store.cards()]
    pages += [run.card.url for run in service.store.runs() if run.card]
    return frozenset((urlsplit(page).hostname or "").removeprefix("www.") for page in pages) - {""}


def _cards(service: Service, profile: Profile, on: date, asked: Collection[str]) -> tuple[Card, ...]:
    hosts = source_hosts(service)
    listed = enumerate(service.match(profile.id, on), 1)
    wanted = [(at, one) for at, one in listed if one.call.id in asked or (at <= NOTICED and usability(one) <= 1)]
    return tuple(card(service.quote(match), place, profile, hosts) for place, match in wanted)
