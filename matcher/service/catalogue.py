"""The calls of the store, merged: found by what a reader asks for. Knows no organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matcher.model import Call, CallStatus, Fund
from matcher.pools import Pool
from matcher.selection import stands_in
from matcher.service.lookup import NoCalls, NotFound, named_country, not_found
from matcher.store import Store


@dataclass
class Catalogue:
    """Each set of calls is read once: make a new catalogue after a crawl. Whatever is asked of an empty store raises
    NoCalls."""

    store: Store
    _pools: dict[frozenset[str], Pool] = field(default_factory=dict, init=False)

    @cached_property
    def everywhere(self) -> Pool:
        """The calls of the EU and of all countries."""
        return self._filled(Pool(self.store.calls(), self.store))

    def of(self, *countries: str) -> Pool:
        """The calls of the EU and of these countries: what an organisation there is compared with."""
        key = frozenset(countries)
        if key not in self._pools:
            self._pools[key] = self._filled(Pool(self.store.calls_for(key), self.store))
        return self._pools[key]

    def forget(self) -> None:
        """Let go of the calls of single countries: of each, the calls of the EU are there once more."""
        self._pools.clear()

    def calls(
        self, on: date, status: CallStatus | None, fund: Fund | None, source: str | None, country: str | None
    ) -> list[Call]:
        """See `Service.calls`."""
        code = country and named_country(country)
        known = {record.source for record in self.everywhere.records}
        if source is not None and source not in known:
            raise not_found("source", source, known, "funding sources")
        found = [
            call
            for call in self.everywhere.calls.values()
            if status in (None, call.status(on)) and fund in (None, call.fund)
            if source is None or stands_in(call, source)
            if code is None or (call.national and call.national.country == code)
        ]
        return sorted(found, key=lambda call: (call.final_day or date.max, call.id))

    def call(self, key: str) -> Call:
        """See `Service.call`."""
        found = self.listed(key)
        if found is not None:
            return found
        same = self.everywhere.names.get(key.upper(), [])
        if same:
            raise NotFound(f"{len(same)} calls go by {key!r}; name one of: {', '.join(same)}")
        raise not_found("call", key, (c.identifier for c in self.everywhere.calls.values()), "funding calls")

    def listed(self, key: str) -> Call | None:
        """See `Service.listed`."""
        for pool in self._pools.values():
            if key in pool.calls:
                return pool.calls[key]
        calls = self.everywhere.calls
        same = [key] if key in calls else self.everywhere.names.get(key.upper(), [])
        return calls[same[0]] if len(same) == 1 else None

    def _filled(self, pool: Pool) -> Pool:
        if not pool.calls:
            raise NoCalls(f"no calls in {self.store.place} yet; run `funding snapshot load` or `funding crawl`")
        return pool
