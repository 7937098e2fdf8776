"""A call while its records are brought together: the best record, what joined it and what names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.merging.codes import address, agree, further_addresses
from matcher.merging.filling import fill, own, richness
from matcher.model import Call, CallKind, Sighting, Tier

Rank = tuple[int, int, int, str]
"""Best first: tier, day of reading, how much it says, id."""

_WORTH = {tier: tier.rank for tier in Tier}

NAMED, NAMED_AMONG_OTHERS = 0.9, 0.5
"""Confidence of naming: a page that names one call is about it; one that names others as well only speaks of it."""


def rank(call: Call) -> Rank:
    return _WORTH[call.tier], -call.as_of.toordinal(), -richness(own(call)), call.id


@dataclass(frozen=True)
class Found:
    """A record of the same call, how sure that is and why, and whether it is about this call alone."""

    call: Call
    confidence: float
    basis: str
    fills: bool = True

    @property
    def rank(self) -> Rank:
        return rank(self.call)

    @property
    def sighting(self) -> Sighting:
        call = self.call
        return Sighting(
            id=call.id,
            source=call.source,
            tier=call.tier,
            url=call.url,
            as_of=call.as_of,
            confidence=self.confidence,
            basis=self.basis,
        )


@dataclass(eq=False)
class Group:
    """`call` is the record that would win; `own` the same without what other records gave it in an earlier merge."""

    call: Call
    own: Call
    rank: Rank
    address: str
    pages: frozenset[str]
    sources: set[str]
    found: list[Found] = field(default_factory=list)
    joined: list[Group] = field(default_factory=list)
    into: Group | None = None

    @classmethod
    def of(cls, call: Call) -> Group:
        bare = own(call)
        return cls(
            call=call,
            own=bare,
            rank=rank(call),
            address=address(bare.url),
            # The further pages of a merged call were looked at when it was merged, and some are its sightings'.
            pages=frozenset() if call.sightings else further_addresses(call),
            sources={call.source, *(sighting.source for sighting in call.sightings)},
        )

    @property
    def is_head(self) -> bool:
        return self.into is None

    @property
    def is_single(self) -> bool:
        return not self.joined and not self.call.sightings

    def fits(self, other: Group) -> bool:
        """Whether the other record can be of this call at all: by its kind, and by the codes it gives.

        A cascade call is no topic, and joins only a cascade call, so that no two of them ever meet in a third record.
        """
        mixed = (self.call.kind is CallKind.CASCADE) is not (other.call.kind is CallKind.CASCADE)
        if mixed and (self.call.kind, other.call.kind) != (CallKind.CASCADE, CallKind.CALL):
            return False
        return agree(self.own, other.own)

    def can_take(self, other: Group) -> bool:
        """Whether the other record may join: it fits, it is alone, and nothing of its source is here yet."""
        free = self.is_head and other.is_head and other.is_single and other.call.source not in self.sources
        return free and self.fits(other)

    def take(self, other: Group, confidence: float, basis: str) -> None:
        """Let a record join; ask `can_take` before."""
        self.found.append(Found(other.call, confidence, basis))
        self.joined.append(other)
        self.sources.add(other.call.source)
        other.into = self

    def attach(self, pointer: Group, confidence: float) -> None:
        """Note that a page names this call; of one source there may be several such pages."""
        group = self.into or self
        if all(one.call.id != pointer.call.id for one in group.found):
            alone = confidence == NAMED and pointer.call.source not in group.sources
            group.found.append(Found(pointer.call, confidence, "names it", fills=alone))
            group.sources.add(pointer.call.source)

    def merged(self) -> Call:
        """The call as it is listed."""
        return joined(self.call, sorted(self.found, key=lambda one: one.rank))


def joined(winner: Call, found: Sequence[Found]) -> Call:
    """The best record with what others of the same call add to it, best first."""
    if not found:
        return winner
    sightings = (*winner.sightings, *(one.sighting for one in found))
    return fill(winner, (one.call for one in found if one.fills), sightings)
