"""How organisations stand to the calls on a day: taken as it was kept, else worked out now and kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matcher.eligibility.crowd import assess_all
from matcher.embedding import Vectors, embed_profile
from matcher.model import Call, Profile
from matcher.ranking import Ranking, Weights, rank
from matcher.signals import Levels
from matcher.standing.library import Library, country_of, digest
from matcher.standing.packing import packed, unpacked
from matcher.standing.sizes import strains
from matcher.standing.stance import Stance, stance_of, standing, verdict_row
from matcher.store.worked_out import STANDING, WorkedOutStore

DAY = "day"
REMEMBERED = 32
"""Stances of whatever organisations and days: a row a call, so a few megabytes each at most."""
TOGETHER = 50
"""Organisations that are judged at once: what the rules say of all of them is in memory meanwhile."""
Judged = dict[str, tuple[str, str, int, int]]
"""Call id -> what the rules say."""


@dataclass
class _Remembered:
    stance: Stance | None = None
    making: Lock = field(default_factory=Lock)


@dataclass
class Standings:
    """Of one state of the store."""

    library: Library
    weights: Weights
    today: Callable[[], date] = date.today
    _stances: dict[str, _Remembered] = field(default_factory=dict, init=False)
    """By state: those that were asked for last, the very last at the end."""
    _looking: Lock = field(default_factory=Lock, init=False)
    _running: tuple[date | None, dict[str, Call]] = field(default=(None, {}), init=False)
    """Of the day that was asked for last. Replaced as a whole: several threads read it."""

    def table(self, profile: Profile, on: date) -> pd.DataFrame:
        """See `Service.standing`."""
        found = standing(self.library.shelf.day(on), self.stance(profile, on), self.weights)
        goals = self.library.goals(on)
        return found.assign(goals=pd.Series([goals.get(id, "") for id in found.index], found.index, dtype="str"))

    def stance(self, profile: Profile, on: date) -> Stance:
        """Whoever asks for the same waits until it is worked out; nobody else does."""
        state = self._state(profile, on)
        remembered = self._remembered(state)
        with remembered.making:
            if remembered.stance is None:
                body = self._kept.kept(STANDING + profile.id, state)
                kept = Stance.unpacked(unpacked(body)) if body is not None else None
                remembered.stance = kept or next(self.work_out([profile], on))
            return remembered.stance

    def _remembered(self, state: str) -> _Remembered:
        with self._looking:
            self._stances[state] = self._stances.pop(state, _Remembered())
            while len(self._stances) > REMEMBERED:
                self._stances.pop(next(iter(self._stances)))
            return self._stances[state]

    def work_out(self, profiles: Sequence[Profile], on: date) -> Iterator[Stance]:
        """Each organisation in the order given; what is the same for several of them is judged once."""
        judged, is_kept = self._judged(profiles, on), self._day in (None, on) or on == self.today()
        for profile in profiles:
            made = self._made(profile, judged[profile.id])
            if is_kept:
                self._kept.keep(STANDING + profile.id, self._state(profile, on), packed(made.to_pack()))
            yield made

    def prepare(self, profiles: Sequence[Profile], on: date) -> int:
        """Work out what is missing for that day, which from now on is the one that is kept. Returns how many."""
        self._kept.keep(DAY, "", on.isoformat().encode())
        missing = self.missing(profiles, on)
        for start in range(0, len(missing), TOGETHER):
            list(self.work_out(missing[start : start + TOGETHER], on))
        self.forget_others({one.id for one in profiles})
        return len(missing)

    def missing(self, profiles: Iterable[Profile], on: date) -> list[Profile]:
        """Those of which none is kept for that day."""
        return [one for one in profiles if self._kept.kept(STANDING + one.id, self._state(one, on)) is None]

    def ready(self, profiles: Iterable[Profile], on: date) -> Profile | None:
        """The first of which one is kept for that day."""
        return next((one for one in profiles if not self.missing([one], on)), None)

    def forget_others(self, profiles: Collection[str]) -> None:
        """Delete what is kept of organisations that are no more."""
        kept = {name for name in self._kept.names() if name.startswith(STANDING)}
        self._kept.forget(kept - {STANDING + id for id in profiles})

    def compared(self, profile: Profile, *countries: str) -> Ranking:
        """The organisation's ranking of the calls of the EU, its own country and these."""
        return self._ranked(profile, self.library.shelf.of_countries([profile.country, *countries]))[0]

    @property
    def _kept(self) -> WorkedOutStore:
        return self.library.store.worked_out

    @property
    def _day(self) -> date | None:
        """The day whose standings are kept: what somebody asks of another day is not."""
        kept = self._kept.kept(DAY, "")
        return date.fromisoformat(kept.decode()) if kept else None

    def _state(self, profile: Profile, on: date) -> str:
        return digest(self.library.model_state, on.isoformat(), profile.model_dump_json())

    def _made(self, profile: Profile, judged: Judged) -> Stance:
        shelf = self.library.shelf
        places = shelf.of_countries([profile.country])
        ranking, levels = self._ranked(profile, places)
        facts = shelf.facts.iloc[places]
        written = facts["language"].isin([need.language for need in profile.needs]).to_numpy()
        strain = strains(facts, profile, self.weights.size)
        return stance_of(places, shelf.ids, ranking, written, strain, judged, levels)

    def _ranked(self, profile: Profile, places: NDArray[np.intp]) -> tuple[Ranking, Levels]:
        index, queries = self.library.index, self._queries(profile)
        near = index.similarities(queries)
        ranking = rank(profile, index, queries, self.weights, [index.ids[i] for i in places], near)
        return ranking, Levels.of(near[:, places])

    def _queries(self, profile: Profile) -> Vectors:
        return embed_profile(profile, self.library.get_encoder(), self.library.store)

    def _judged(self, profiles: Sequence[Profile], on: date) -> dict[str, Judged]:
        """The calls that run, as the rules see each organisation before them."""
        found: dict[str, Judged] = {profile.id: {} for profile in profiles}
        calls = self.running(on)
        for country in sorted(set(map(country_of, calls))):
            concerned = [one for one in profiles if country in ("", one.country)]
            theirs = [one for one in calls if country_of(one) == country]
            for one in assess_all(concerned, theirs, on, self.library.reference):
                found[one.profile][one.call] = verdict_row(one.verdicts, one.route)
        return found

    def running(self, on: date) -> list[Call]:
        """The calls that are not closed, in full."""
        day, calls = self._running
        if day != on:
            shelf = self.library.shelf
            calls = self.library.read(shelf.ids[shelf.running(on)])
            self._running = on, calls
        return list(calls.values())
