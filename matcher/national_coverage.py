"""What we hold of each Member State's own calls: read by a source, imported by hand, only linked, or nothing. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.coverage import SourceState
from matcher.model import CallStatus, Fund
from matcher.reference.bodies import Bodies, BodyRole, NamedBody
from matcher.reference.national_portals import NationalPortal

SHARED = (Fund.AMIF, Fund.ESF_PLUS, Fund.ERDF)
"""Funds whose money Member States hand out through programmes of their own (Regulation (EU) 2021/1060, Article 1)."""


NO_BODIES = Bodies()
AUTHORITIES = (BodyRole.MANAGING_AUTHORITY, BodyRole.INTERMEDIATE_BODY)


class Reach(StrEnum):
    """How far a Member State's calls are to be found here."""

    COVERED = "covered"
    """A source reads them from their publisher, or is there to do so."""
    IMPORTED = "imported"
    """Only a list that somebody imported by hand."""
    LINKED = "linked"
    """Nothing is read; the country's portal is named."""
    NOTHING = "nothing"
    """Nothing is read, and no portal is known."""


@dataclass(frozen=True)
class MemberState:
    """One Member State: its sources in the registry's order, and what is known of its portal and its bodies."""

    country: str
    states: tuple[SourceState, ...] = ()
    known: NationalPortal | None = None
    bodies: tuple[NamedBody, ...] = ()

    @property
    def authorities(self) -> tuple[NamedBody, ...]:
        """Those of its bodies that manage programmes under shared management, or a part of them."""
        return tuple(body for body in self.bodies if body.role in AUTHORITIES)

    @property
    def reach(self) -> Reach:
        if any(state.is_crawled for state in self.states):
            return Reach.COVERED
        if self.states:
            return Reach.IMPORTED
        return Reach.LINKED if self.known and self.known.portal else Reach.NOTHING

    @property
    def funds(self) -> tuple[Fund, ...]:
        """The funds whose calls its sources hold, in the order of the brief's table."""
        held = {fund for state in self.states if state.card for fund in state.card.funds}
        return tuple(fund for fund in Fund if fund in held)

    @property
    def elsewhere(self) -> tuple[Fund, ...]:
        """The shared funds whose calls none of its sources holds."""
        return tuple(fund for fund in SHARED if fund not in self.funds)

    @property
    def open(self) -> int:
        return self._count(CallStatus.OPEN)

    @property
    def planned(self) -> int:
        return self._count(CallStatus.FORTHCOMING)

    @property
    def read(self) -> tuple[SourceState, ...]:
        """Its sources that were read at least once."""
        return tuple(state for state in self.states if state.last_good)

    @property
    def unread(self) -> tuple[SourceState, ...]:
        """Its sources that exist but were never read with success."""
        return tuple(state for state in self.states if not state.last_good)

    @property
    def last_read(self) -> date | None:
        return max((state.last_good.as_of for state in self.states if state.last_good), default=None)

    def _count(self, status: CallStatus) -> int:
        return sum(state.calls.get(status, 0) for state in self.states)


def member_states(
    states: Iterable[SourceState], portals: Mapping[str, NationalPortal], bodies: Bodies = NO_BODIES
) -> list[MemberState]:
    """A line for each country of `portals`, and for any other that a source holds calls of, by ISO code.

    A source is national when its card names a country; calls are counted on the day of the states.
    """
    sources = defaultdict(list)
    for state in states:
        if state.card and state.card.country:
            sources[state.card.country].append(state)
    return [
        MemberState(country, tuple(sources.get(country, ())), portals.get(country), bodies.of(country))
        for country in sorted(portals.keys() | sources.keys())
    ]
