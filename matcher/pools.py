"""A set of calls that organisations of one place are compared with: merged, named and made ready to be ranked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.embedding import Encoder, embed_calls
from matcher.merging import merge
from matcher.model import Call
from matcher.ranking import Index
from matcher.readings import with_readings
from matcher.selection import names
from matcher.store import Store


@dataclass
class Pool:
    """The calls of the whole EU, alone or with those of some countries."""

    records: Sequence[Call]
    """What the sources said, record by record."""
    store: Store
    _index: Index | None = None

    @cached_property
    def calls(self) -> dict[str, Call]:
        """Each call once, by id, with what was read from its texts and documents."""
        return {call.id: call for call in with_readings(merge(self.records), self.store)}

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """What a reader may call a call by, to the ids it can mean."""
        return names(self.calls.values(), self.records)

    def index(self, encoder: Encoder, progress: bool = False) -> Index:
        """The calls ready to be ranked; what is not embedded yet is embedded now."""
        if self._index is None:
            calls = list(self.calls.values())
            self._index = Index.of(calls, embed_calls(calls, encoder, self.store, progress=progress))
        return self._index
