"""Calls as one organisation sees them: judged and quoted, with their places among all. Knows not who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from matcher.brief.lens import goals_served
from matcher.eligibility.crowd import judge
from matcher.eligibility.situation import Situation
from matcher.eligibility.terms import CallTerms
from matcher.explanation import find_evidence
from matcher.model import Call, Contribution, Match, Profile
from matcher.money.size import size_part
from matcher.signals import Levels
from matcher.standing.library import Library
from matcher.standing.standings import Standings


@dataclass(frozen=True)
class Matching:
    """Makes matches of single calls, from what was worked out of all."""

    library: Library
    standings: Standings

    def matches(self, profile: Profile, ids: Sequence[str], on: date) -> list[Match]:
        """The calls with these ids as the organisation sees them that day, in the order given; without quotes."""
        shelf, weights = self.library.shelf, self.standings.weights
        calls, stance = self.library.read(ids), self.standings.stance(profile, on)
        ranking = stance.ranking(shelf.ids, weights, shelf.ids.get_indexer(pd.Index(ids)))
        judged = (self._judged(profile, calls[id], on, ranking[id]) if id in ranking else None for id in ids)
        return [one or self._foreign(profile, calls[id], on) for one, id in zip(judged, ids, strict=True)]

    def quoted(self, profile: Profile, matches: Sequence[Match], on: date) -> list[Match]:
        """The matches with the call's own sentences that speak to a need, and those that show a goal of the brief."""
        levels = self.standings.stance(profile, on).levels
        return [self._quoted(profile, match, levels) for match in matches]

    def _foreign(self, profile: Profile, call: Call, on: date) -> Match:
        """A national call of another country, compared with those of both countries."""
        ranking = self.standings.compared(profile, call.national.country if call.national else profile.country)
        return self._judged(profile, call, on, ranking[call.id])

    def _quoted(self, profile: Profile, match: Match, levels: Levels) -> Match:
        encoder, store = self.library.get_encoder(), self.library.store
        evidence = find_evidence(profile, match.call, encoder, store, levels)
        goals = goals_served(match.call, self.library.lens, encoder, store)
        return match.model_copy(update={"evidence": evidence, "goals": goals})

    def _judged(self, profile: Profile, call: Call, on: date, parts: tuple[Contribution, ...]) -> Match:
        reference = self.library.reference
        verdicts, route = judge(Situation(profile, CallTerms(call, on, reference)))
        weight = self.standings.weights.size
        parts = (*parts, size_part(profile, call, self.library.finance(call), weight, reference.rates))
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
