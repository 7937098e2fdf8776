"""Which calls a reader wants to see, and in which order: read from a page's address, and written back into one. Pure.

The same names hold in the dashboard, the plain pages and the exports, so that a link means the same everywhere. An
address is written by anybody: what is not understood is told, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from matcher.countries import country_code
from matcher.model import CallStatus, Fund, Goal, RouteKind

LONGEST_TEXT = 200
LONGEST_WINDOW = 3650
MOST_MONEY = 10**12
BETWEEN = "~"
"""Between several values of one filter: it stands in no value and needs no escape in an address (RFC 3986, 2.3)."""


class Sort(StrEnum):
    FIT = "fit"
    """What can be used first, then the score."""
    DEADLINE = "deadline"
    FIRST_SEEN = "first-seen"
    """Newest first."""
    AMOUNT = "amount"
    """Largest grant first, what is not stated last."""


class Part(StrEnum):
    """What the organisation wants to be in a project."""

    LEAD = "lead"
    JOIN = "join"
    SUB_GRANT = "sub-grant"


@dataclass(frozen=True)
class Filters:
    """An empty one asks for nothing. All that are given must hold; of several values of one filter, any."""

    text: str = ""
    fund: tuple[Fund, ...] = ()
    route: tuple[RouteKind, ...] = ()
    status: tuple[CallStatus, ...] = ()
    within: int | None = None
    """Days to the next deadline, at most."""
    seen: int | None = None
    """Days since the call was first seen here, at most; one of which that is not known does not pass."""
    role: Part | None = None
    least: int | None = None
    """Euro that one grant must be able to reach; a call that does not state it stays in."""
    most: int | None = None
    """Euro from which one grant may start at most; a call that does not state it stays in."""
    country: str = ""
    """ISO code: leaves out national calls of other countries; calls of the whole EU stay in."""
    goal: tuple[Goal, ...] = ()
    language: tuple[str, ...] = ()
    """ISO 639-1 codes of the calls' texts."""
    sort: Sort = Sort.FIT

    @property
    def are_any(self) -> bool:
        return any(getattr(self, one.name) != one.default for one in fields(self) if one.name != "sort")


def from_query(query: Mapping[str, str]) -> tuple[Filters, tuple[str, ...]]:
    """The filters an address asks for, and the names of parameters that were not understood."""
    read: dict[str, Any] = {}
    refused = []
    for name, reader in READERS.items():
        if asked := query.get(name, "").strip():
            try:
                read[name] = reader(asked)
            except ValueError:
                refused.append(name)
    return Filters(**read), tuple(refused)


def to_query(filters: Filters) -> dict[str, str]:
    """The address parameters of what is not as always; `from_query` gives the same filters back."""
    values = {one.name: getattr(filters, one.name) for one in fields(filters)}
    asked = {name: value for name, value in values.items() if value != getattr(Filters, name)}
    return {name: BETWEEN.join(value) if isinstance(value, tuple) else str(value) for name, value in asked.items()}


def _several(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    return lambda asked: tuple(dict.fromkeys(read(one) for one in asked.split(BETWEEN)))


def _number(most: int) -> Callable[[str], int]:
    def read(asked: str) -> int:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 15 and int(asked) <= most):
            raise ValueError(asked)
        return int(asked)

    return read


def _text(asked: str) -> str:
    if len(asked) > LONGEST_TEXT:
        raise ValueError(asked)
    return asked


def _language(asked: str) -> str:
    if not (asked.isascii() and asked.islower() and len(asked) == 2):
        raise ValueError(asked)
    return asked


READERS: dict[str, Callable[[str], Any]] = {
    "text": _text,
    "fund": _several(Fund),
    "route": _several(RouteKind),
    "status": _several(CallStatus),
    "within": _number(LONGEST_WINDOW),
    "seen": _number(LONGEST_WINDOW),
    "role": Part,
    "least": _number(MOST_MONEY),
    "most": _number(MOST_MONEY),
    "country": country_code,
    "goal": _several(Goal),
    "language": _several(_language),
    "sort": Sort,
}
"""Name in the address -> how a value is read; raises ValueError for what is none."""
