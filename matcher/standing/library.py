"""What is worked out of all calls of a store: taken as it was kept, else made now and kept.

Where it is kept, no call is read but those that are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock

import pyarrow as pa

from matcher.brief.lens import Lens, goals_served
from matcher.embedding import Encoder, embed_calls
from matcher.local_model import ModelMissing
from matcher.merging import Found, groups
from matcher.merging.groups import joined
from matcher.model import Call
from matcher.money.own_contribution import Finance
from matcher.ranking import Index
from matcher.readings import with_readings
from matcher.reference import Reference
from matcher.selection import names
from matcher.settings import Settings
from matcher.standing.facts import facts, records
from matcher.standing.index_files import open_index, save_index
from matcher.standing.packing import packed, unpacked
from matcher.standing.rules import rules
from matcher.standing.shelf import Shelf
from matcher.standing.words import Words
from matcher.store import Store

SHELF, NAMES, GOALS, INDEX = "shelf", "names", "goals", "index"


class NoCalls(LookupError):
    """The store is empty: nothing was loaded yet."""


class Outdated(LookupError):
    """Calls were asked for that this state of the store does not list: one of both is from before a load. Ask anew."""


@dataclass
class Library:
    """One state of the store: make a new one after a crawl."""

    settings: Settings
    store: Store
    reference: Reference
    lens: Lens
    get_encoder: Callable[[], Encoder]
    finance: Callable[[Call], Finance]
    progress: bool = False
    making: RLock = field(default_factory=RLock, init=False)
    """Whoever finds nothing kept makes it; others of this process wait for that."""

    @cached_property
    def state(self) -> str:
        """What calls say and what our rules make of it."""
        return digest(self.store.worked_out.state(), rules(self.settings.data / "reference"))

    @property
    def model_state(self) -> str:
        """The same, and the model."""
        with self.making:
            return self._model_state

    @cached_property
    def _model_state(self) -> str:
        try:
            encoder = self.get_encoder()
        except ModelMissing:
            return digest(self.state, "no model")
        return digest(self.state, encoder.name, encoder.revision, self.settings.dtype)

    @property
    def shelf(self) -> Shelf:
        with self.making:
            return self._shelf

    @property
    def is_kept(self) -> bool:
        """Whether the list of calls and their index can be opened, and need not be made."""
        parts = [self.store.worked_out.kept(name, self.state) for name in (SHELF, NAMES)]
        return None not in parts and self._folder.is_dir()

    @property
    def index(self) -> Index:
        """All calls ready to be ranked; what is not embedded yet is embedded now. Raises ModelMissing."""
        with self.making:
            return self._indexed[0]

    @property
    def words(self) -> Words:
        """In which calls which words stand. Raises ModelMissing."""
        with self.making:
            return self._indexed[1]

    @cached_property
    def _shelf(self) -> Shelf:
        kept = [self.store.worked_out.kept(name, self.state) for name in (SHELF, NAMES)]
        if all(one is not None for one in kept):
            return Shelf(*(unpacked(one) for one in kept if one is not None))
        made = self._made_shelf()
        self.store.worked_out.keep(NAMES, self.state, packed(made.names))
        self.store.worked_out.keep(SHELF, self.state, packed(made.table))
        return made

    @cached_property
    def _indexed(self) -> tuple[Index, Words]:
        ids, languages = list(self.shelf.ids), list(self.shelf.facts["language"])
        return open_index(self._folder, ids, languages) or self._made_index()

    def read(self, ids: Iterable[str]) -> dict[str, Call]:
        """Those calls in full, by id: put together from their records, with what was read in them. Raises Outdated."""
        wanted = list(dict.fromkeys(ids))
        if unlisted := [id for id in wanted if self.shelf.place(id) is None]:
            raise Outdated(_outdated(unlisted))
        parts = {id: self.shelf.joined(id) for id in wanted}
        found = self.store.calls_of({record for id in wanted for record in (id, *(one.id for one in parts[id]))})
        if gone := [id for id in wanted if not found.keys() >= {id, *(one.id for one in parts[id])}]:
            raise Outdated(_outdated(gone))
        calls = [joined(found[id], [Found(found[one.id], *one[1:]) for one in parts[id]]) for id in wanted]
        return {call.id: call for call in with_readings(calls, self.store)}

    def goals(self, on: date) -> Mapping[str, str]:
        """Of each call that runs on that day: the goals of the brief it serves, as words of `Goal` between spaces."""
        kept = self.store.worked_out.kept(GOALS, self.model_state)
        known = dict(zip(*unpacked(kept).to_pydict().values(), strict=True)) if kept else {}
        running = self.shelf.ids[self.shelf.running(on)]
        missing = [id for id in running if id not in known]
        if missing:
            known |= {call.id: self._served(call) for call in self.read(missing).values()}
            table = pa.table([list(known), list(known.values())], ["call", "goals"])
            self.store.worked_out.keep(GOALS, self.model_state, packed(table))
        return known

    def _served(self, call: Call) -> str:
        try:
            encoder = self.get_encoder()
        except ModelMissing:
            encoder = None
        return " ".join(one.goal for one in goals_served(call, self.lens, encoder, self.store))

    def _made_shelf(self) -> Shelf:
        stored = self.store.calls()
        if not stored:
            raise NoCalls(f"no calls in {self.store.place} yet; run `funding snapshot load` or `funding crawl`")
        merged = groups(stored)
        calls = with_readings((group.merged() for group in merged), self.store)
        rows = [
            facts(call, self.finance(call), self.reference.rates)
            | {"records": records(sorted(group.found, key=lambda one: one.rank))}
            for call, group in zip(calls, merged, strict=True)
        ]
        return Shelf.of(rows, names(calls, stored))

    def _made_index(self) -> tuple[Index, Words]:
        calls = list(self.read(self.shelf.ids).values())
        made = Index.of(calls, embed_calls(calls, self.get_encoder(), self.store, progress=self.progress))
        words = Words.of(calls)
        save_index(made, words, self._folder)
        return made, words

    @property
    def _folder(self) -> Path:
        return self.settings.home / INDEX / self.model_state


def _outdated(ids: list[str]) -> str:
    return f"{', '.join(ids[:3])}: not in the list of calls as it was read; calls were loaded meanwhile, ask again"


def country_of(call: Call) -> str:
    """Of a national call; empty for calls of the whole EU."""
    return call.national.country if call.national else ""


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
