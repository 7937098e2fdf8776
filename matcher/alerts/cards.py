"""What a mail says of one call for one organisation, in a form that any language can put into words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from matcher.model import (
    Answer,
    CallKind,
    CallStatus,
    Deadline,
    Frozen,
    Fund,
    Match,
    Precision,
    Profile,
    RouteKind,
    Text,
)

NOTICED = 50
"""A call counts for an organisation when it can be used, or may be, and stands among so many first ones of its list."""


class Reason(Frozen):
    """The sentence of the call that speaks most strongly to a need of the organisation."""

    need: str
    need_language: str
    quote: str


class Caution(Frozen):
    """The first condition that is not met or not known."""

    rule: str
    """Name of the rule (matcher.eligibility.rules)."""
    answer: Answer


class Card(Frozen):
    """One call on one day for one organisation. Texts are the call's own, unescaped."""

    call: Text
    """Id of the listed call."""
    title: str
    language: str = ""
    """ISO 639-1 of the call's texts, where known."""
    url: str = ""
    """The call's own page on its source's host; empty where it lies elsewhere."""
    fund: Fund | None = None
    programme: str = ""
    country: str = ""
    """Of a national call."""
    kind: CallKind
    route: RouteKind
    also: tuple[RouteKind, ...] = ()
    body: str = ""
    """Whom to apply to, where it is one body and known."""
    status: CallStatus
    usability: int
    """See matcher.selection.usability."""
    place: int
    """In the organisation's list, from 1."""
    opening: date | None = None
    opening_precision: Precision = Precision.DAY
    is_planned: bool = False
    deadline: Deadline | None = None
    """The next one."""
    has_no_end: bool = False
    reason: Reason | None = None
    caution: Caution | None = None
    is_confirmed: bool = True
    sources: tuple[str, ...] = ()
    """Keys of the sources that know it."""

    @property
    def is_noticed(self) -> bool:
        """Whether its news reaches the organisation without anybody having saved it."""
        return self.usability <= 1 and self.place <= NOTICED


def card(match: Match, place: int, profile: Profile, hosts: Iterable[str]) -> Card:
    """`match` with quotes; `place` in the organisation's list; `hosts` of the call's source."""
    raise NotImplementedError


def noticed(matches: Sequence[Match]) -> list[tuple[int, Match]]:
    """Those of an organisation's list whose news reaches it, each with its place."""
    raise NotImplementedError
