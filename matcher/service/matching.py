"""Calls as one organisation sees them: ranked, judged, and quoted. Knows neither which calls there are nor who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from matcher.brief.lens import Lens, goals_served
from matcher.eligibility.crowd import judge
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.embedding import Encoder, Vectors, embed_profile
from matcher.explanation import find_evidence
from matcher.model import Call, Contribution, Match, Profile
from matcher.money.own_contribution import Finance
from matcher.money.size import size_part
from matcher.pools import Pool
from matcher.ranking import Index, Weights, rank
from matcher.reference import Reference
from matcher.selection import by_use
from matcher.store import Store


@dataclass(frozen=True)
class Matching:
    """Makes matches, given what the service has at hand. `finance`: the money of one project of a call."""

    store: Store
    encoder: Encoder
    reference: Reference
    lens: Lens
    weights: Weights
    finance: Callable[[Call], Finance]
    progress: bool = False

    def matches(self, profile: Profile, pool: Pool, on: date) -> list[Match]:
        """Every call of the pool as the organisation sees it that day, by `usability`, score and id; without quotes."""
        ranking = rank(profile, self._index(pool), self._queries(profile), self.weights)
        return sorted((self._judged(profile, pool.calls[key], on, ranking[key]) for key in ranking), key=by_use)

    def match(self, profile: Profile, call: Call, pool: Pool, on: date) -> Match:
        """One call of the pool, compared with all of them; with quotes."""
        ranking = rank(profile, self._index(pool), self._queries(profile), self.weights)
        return self.quoted(profile, [self._judged(profile, call, on, ranking[call.id])], pool)[0]

    def quoted(self, profile: Profile, matches: Iterable[Match], pool: Pool) -> list[Match]:
        """The matches with the call's own sentences that speak to a need, and those that show a goal of the brief."""
        levels = self._index(pool).levels(self._queries(profile))
        return [
            match.model_copy(
                update={
                    "evidence": find_evidence(profile, match.call, self.encoder, self.store, levels),
                    "goals": goals_served(match.call, self.lens, self.encoder, self.store),
                }
            )
            for match in matches
        ]

    def _index(self, pool: Pool) -> Index:
        return pool.index(self.encoder, self.progress)

    def _queries(self, profile: Profile) -> Vectors:
        return embed_profile(profile, self.encoder, self.store)

    def _judged(self, profile: Profile, call: Call, on: date, parts: tuple[Contribution, ...]) -> Match:
        verdicts, route = judge(Situation(profile, CallTerms(call, on, self.reference)))
        size = size_part(profile, call, self.finance(call), self.weights.size, self.reference.rates)
        parts = (*parts, size)
        return Match(
            profile=profile.id,
            call=call,
            on=on,
            status=call.status(on),
            score=sum(part.value for part in parts),
            contributions=parts,
            verdicts=verdicts,
            route=route,
        )
