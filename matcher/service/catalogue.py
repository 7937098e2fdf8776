"""The calls of the store, merged: found by what a reader asks for. Knows no organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.model import Call, CallStatus, Fund
from matcher.selection import stands_in
from matcher.service.lookup import NotFound, named_country, not_found
from matcher.standing.library import Library


@dataclass(frozen=True)
class Catalogue:
    """Whatever is asked of an empty store raises NoCalls."""

    library: Library

    def calls(
        self, on: date, status: CallStatus | None, fund: Fund | None, source: str | None, country: str | None
    ) -> list[Call]:
        """See `Service.calls`."""
        code = country and named_country(country)
        known = self.library.store.call_sources()
        if source is not None and source not in known:
            raise not_found("source", source, known, "funding sources")
        day = self.library.shelf.day(on)
        if status is not None:
            day = day[day["status"] == status]
        if fund is not None:
            day = day[day["fund"] == fund]
        if code is not None:
            day = day[day["country"] == code]
        found = (call for call in self.library.read(day.index).values() if source is None or stands_in(call, source))
        return sorted(found, key=lambda call: (call.final_day or date.max, call.id))

    def call(self, key: str) -> Call:
        """See `Service.call`."""
        same = self._named(key)
        if len(same) == 1:
            return self.library.read(same)[same[0]]
        if same:
            raise NotFound(f"{len(same)} calls go by {key!r}; name one of: {', '.join(same)}", tuple(same))
        raise not_found("call", key, self.library.shelf.identifiers(), "funding calls")

    def listed(self, key: str) -> Call | None:
        """See `Service.listed`."""
        return self.listed_many([key]).get(key)

    def listed_many(self, keys: Iterable[str]) -> dict[str, Call]:
        """See `Service.listed_many`."""
        same = {key: self._named(key) for key in keys}
        leads = {key: found[0] for key, found in same.items() if len(found) == 1}
        calls = self.library.read(leads.values())
        return {key: calls[id] for key, id in leads.items()}

    def _named(self, key: str) -> list[str]:
        shelf = self.library.shelf
        return [key] if shelf.place(key) is not None else shelf.named(key)
