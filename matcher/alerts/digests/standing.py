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
        parts = (store.worked_out.state(), self.on.isoformat(), self.profile.model_dump_json(), settings.model)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def source_hosts(service: Service) -> frozenset[str]:
    """The hosts of the sources' sites: pages on them may be linked to."""
    pages = [card.url for card in service.store.cards()]
    pages += [run.card.url for run in service.store.runs() if run.card]
    return frozenset((urlsplit(page).hostname or "").removeprefix("www.") for page in pages) - {""}


def _cards(service: Service, profile: Profile, on: date, asked: Collection[str]) -> tuple[Card, ...]:
    hosts, listed = source_hosts(service), service.standing(profile, on)
    noticed = (listed["place"] <= NOTICED) & (listed["usability"] <= 1)
    wanted = listed["place"][noticed | listed.index.isin(list(asked))]
    matches = service.entries(profile, list(wanted.index), on)
    return tuple(card(match, int(place), profile, hosts) for match, place in zip(matches, wanted, strict=True))
