"""The use case: from stored projects, profiles and networks to who could join a draft for a call.

The one part of `matcher.partners` that reads the store and asks the encoder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.drafts import distinct, member_of
from matcher.eligibility.consortium import board as board_of
from matcher.eligibility.consortium import check
from matcher.embedding import Encoder, embed_calls, embed_queries
from matcher.model import Call, CallKind, Member, Profile, Project, Role, said
from matcher.partners.candidate import Candidate
from matcher.partners.gathering import gather
from matcher.partners.page import PartnerPage
from matcher.partners.roles import advise_profile
from matcher.partners.signals import Fit
from matcher.partners.suggesting import suggest
from matcher.precedents import Codes
from matcher.reference import Reference
from matcher.signals import RESOLUTION, dense_similarities
from matcher.store import Store

LOOKED_AT = 200
"""Past projects whose participants are candidates: those of the line first, then the newest of the programme."""
LONGEST = 600
"""Characters of a project's title and objective that are compared with the call."""


@dataclass(frozen=True)
class PartnerSearch:
    """Finds partners, given what the service has at hand.

    `known`: the profiles of everybody; those that did not opt in are never shown.
    """

    store: Store
    encoder: Encoder
    reference: Reference
    known: Sequence[Profile]

    def find(self, call: Call, members: Sequence[Member], asking: Profile, on: date) -> PartnerPage:
        """For a draft in which the asking organisation usually is; see `opening_draft`."""
        board = board_of(members, call, on, self.reference)
        closed = _closed(call)
        projects = [] if closed else near_projects(self.store, call)
        candidates = self._candidates(call, projects) if not closed else []
        found = suggest(
            candidates,
            board,
            lambda some: check(some, call, on, self.reference),
            self._fits(call, candidates, projects),
            asking.type,
            on,
        )
        own = self._networks_of(members)
        return PartnerPage(
            board=board,
            asking=asking,
            advice=advise_profile(asking),
            suggestions=found,
            networks=tuple(sorted(self.reference.networks, key=lambda one: one.key not in own)),
            memberships=tuple(sorted(own)),
            closed=closed,
            looked_at=len(projects),
            stored=self.store.count_projects(),
        )

    def _candidates(self, call: Call, projects: Sequence[Project]) -> list[Candidate]:
        known = self.reference
        return gather(call, self.known, projects, known.networks, known.authority_names)

    def _networks_of(self, members: Sequence[Member]) -> set[str]:
        """Keys of the networks that members of the draft say they are in."""
        ids = {one.profile for one in members}
        named = [profile.networks for profile in self.known if profile.id in ids]
        return {network.key for network in self.reference.networks if any(map(network.has, named))}

    def _fits(self, call: Call, candidates: Sequence[Candidate], projects: Iterable[Project]) -> dict[str, Fit]:
        """How near each candidate's needs or past projects are to the call, scaled over all that are compared."""
        texts = _texts(candidates, {one.id: one for one in projects}, {one.id: one for one in self.known})
        flat = sorted({text for told in texts.values() for text in told})
        if not flat:
            return {}
        passages = embed_calls([call], self.encoder, self.store)
        queries = embed_queries(flat, self.encoder, self.store)
        near = dense_similarities(queries, passages.vectors, passages.starts)[:, 0]
        scaled = dict(zip(flat, _scaled(near), strict=True))
        best = {key: max(told, key=lambda text: (scaled[text], text)) for key, told in texts.items() if told}
        return {key: Fit(float(scaled[text]), texts[key][text]) for key, text in best.items()}


def opening_draft(asking: Profile, others: Sequence[Member] = (), leads: bool = False) -> tuple[Member, ...]:
    """The asking organisation in the role it is advised to take, or as lead if it says so, with who is in already.

    Raises BadDraft where one of these has its name.
    """
    role = Role.COORDINATOR if leads else advise_profile(asking).role
    return distinct((member_of(asking, role), *others))


def near_projects(store: Store, call: Call) -> list[Project]:
    """At most LOOKED_AT past projects: of the topic, the call, other editions, then the newest of the programme."""
    found: dict[str, Project] = {}
    for basis, key in Codes.of(call).steps():
        found |= {one.id: one for one in store.projects((basis, key), limit=LOOKED_AT)}
    if call.programme and len(found) < LOOKED_AT:
        found |= {one.id: one for one in store.projects(programme=call.programme, limit=LOOKED_AT)}
    if call.fund and len(found) < LOOKED_AT:
        found |= {one.id: one for one in store.projects(fund=call.fund, limit=LOOKED_AT)}
    return list(found.values())[:LOOKED_AT]


def _closed(call: Call) -> str:
    if call.national:
        return said("Partnerships of a national call follow the rules of its authority: ask there who may be partner.")
    if call.kind is CallKind.CASCADE:
        return said("A sub-grant is applied for alone, unless its own call says otherwise.")
    return ""


def _texts(
    candidates: Iterable[Candidate], projects: Mapping[str, Project], profiles: Mapping[str, Profile]
) -> dict[str, dict[str, str]]:
    """By candidate: each text that tells what it looks for or did, with the name under which a reader is told of it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in candidates:
        if one.profile:
            found[one.id] |= {
                need.text: said("it looks for “%(need)s”", need=need.text) for need in profiles[one.profile].needs
            }
        for done in one.past:
            if done.stored in projects:
                found[one.id][_text(projects[done.stored])] = said("it took part in %(project)s", project=done.project)
    return dict(found)


def _text(project: Project) -> str:
    return f"{project.title}\n{project.objective}"[:LONGEST].strip()


def _scaled(near: np.ndarray) -> np.ndarray:
    """From 0 for the farthest to 1 for the nearest; all alike: all 1."""
    lowest, highest = float(near.min()), float(near.max())
    if highest - lowest <= RESOLUTION:
        return np.ones(len(near))
    return (near.astype(np.float64) - lowest) / (highest - lowest)
