"""Funded projects of the past: by what a reader asks for, and as precedents of a call."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.model import Fund, Project
from matcher.precedents import Basis, Codes, Precedents
from matcher.reference import Reference
from matcher.service.lookup import NoProjects, named_country, not_found
from matcher.store import Store


@dataclass(frozen=True)
class PastProjects:
    """Both questions raise NoProjects when none were loaded yet, NotFound for a programme or country that is none."""

    store: Store
    reference: Reference

    def find(
        self,
        programme: str | None,
        fund: Fund | None,
        topic: str | None,
        country: str | None,
        organisation: str | None,
        text: str | None,
        limit: int | None,
    ) -> list[Project]:
        """See `Service.projects`."""
        self._need_some()
        return self.store.projects(
            (Basis.TOPIC, topic) if topic else None,
            programme=programme and self._programme(programme),
            fund=fund,
            country=country and named_country(country),
            organisation=organisation,
            text=text,
            limit=limit,
        )

    def precedents(self, call_key: str, country: str | None, organisation: str | None) -> Precedents:
        """See `Service.precedents`."""
        self._need_some()
        country = country and named_country(country)
        call = self.store.call(call_key) or next(iter(self.store.find(call_key)), None)
        codes = Codes.of(call) if call else Codes(call_key.strip())
        for basis, key in codes.steps():
            found = self.store.projects((basis, key), country=country, organisation=organisation)
            if found:
                return Precedents(codes, basis, tuple(found))
        return Precedents(codes, None, ())

    def _need_some(self) -> None:
        if not self.store.count_projects():
            raise NoProjects(f"no funded projects in {self.store.place} yet; run `funding crawl funded_projects`")

    def _programme(self, key: str) -> str:
        known = {programme.key.upper(): programme.key for programme in self.reference.programmes}
        if key.upper() not in known:
            raise not_found("programme", key.upper(), known.values(), "data/reference/programmes.yml")
        return known[key.upper()]
