"""What one reading of a source brings, held against what the store knew before it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.model import Call, Event, Run


@dataclass(frozen=True)
class Observed:
    """What a reading brought."""

    events: tuple[Event, ...] = ()
    doubted: tuple[str, ...] = ()
    """Groups of running calls (kinds, programmes) that are missing as a whole, which is not believed; for Run.doubted."""


def observe(
    before: Mapping[str, Call],
    known: Iterable[Event],
    earlier: Sequence[Run],
    run: Run,
    read: Mapping[str, Call],
    gone: frozenset[str] = frozenset(),
    silent: str = "",
) -> Observed:
    """The events of a reading. `before`: the calls of the source as stored before it, by id; `known`: events of the
    source so far; `earlier`: its runs; `run`: this one; `read`: the calls it brought, by id; `gone`: ids of calls whose
    own page is known to be gone; `silent`: why nothing of it is told."""
    raise NotImplementedError
