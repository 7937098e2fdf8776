"""A call seen by one profile on one day: verdicts, route, score."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from matcher.model.base import Frozen
from matcher.model.call import Call
from matcher.model.criterion import Quote
from matcher.model.kinds import Basis, CallStatus
from matcher.model.national import Authority
from matcher.model.said import Sentence


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Verdict(Frozen):
    """The answer to one criterion, with the reason in words and where the rule comes from."""

    rule: str
    label: Sentence
    answer: Answer
    reason: Sentence
    basis: Basis | None = None
    reference: Sentence = ""
    """The law, guide or page the rule rests on."""
    quote: Quote | None = None
    remedy: Sentence = ""
    """What the organisation would have to change or find out; empty when met."""


class RouteKind(StrEnum):
    """How a profile gets at the money, best first."""

    LEAD = "lead"
    CO_APPLICANT = "co_applicant"
    AFFILIATED_ENTITY = "affiliated_entity"
    """With costs of its own, through a beneficiary it is linked to."""
    SUB_GRANT = "sub_grant"
    NATIONAL_AUTHORITY = "national_authority"
    MANAGING_AUTHORITY = "managing_authority"
    NATIONAL_AGENCY = "national_agency"
    ASSOCIATED_PARTNER = "associated_partner"
    UNKNOWN = "unknown"
    NOT_OPEN = "not_open"


class RouteBody(Authority):
    """A body to apply to or to ask, and what stands behind its name."""

    role: Sentence = ""
    """What it is, in words: "managing authority"; empty where the call itself names it."""
    english: str = ""
    source: str = ""
    as_of: date | None = None
    evidence: str = ""
    """How far it was read (matcher.reference.told.Witness); empty where the call itself names it."""
    note: Sentence = ""


class Route(Frozen):
    """The best way in, the others that are open as well, and why."""

    kind: RouteKind
    also: tuple[RouteKind, ...] = ()
    label: Sentence
    """In words: "lead or co-applicant"."""
    reason: Sentence
    reference: Sentence = ""
    body: RouteBody | None = None
    """Whom to apply to, where it is one body and known."""
    contacts: tuple[RouteBody, ...] = ()
    """Whom to ask: contact points, and bodies of which it is not known which one decides."""
    gap: Sentence = ""
    """Which body is not known, and what to do instead; empty where nobody is missing."""

    @property
    def is_open(self) -> bool | None:
        """True: money can be had this way. False: it cannot. None: not known."""
        if self.kind is RouteKind.UNKNOWN:
            return None
        return self.kind not in (RouteKind.NOT_OPEN, RouteKind.ASSOCIATED_PARTNER)


class Contribution(Frozen):
    """One labelled part of a score: `value == weight * signal`."""

    name: str
    label: Sentence
    weight: float
    signal: float
    value: float
    note: Sentence = ""
    """What the signal rests on, in words, where it is not measured against the other calls."""
    answer: Answer | None = None
    """Whether the note speaks for the organisation (met), against it, or says that nothing is known."""


class Evidence(Frozen):
    """A sentence of the call that speaks to a need of the profile."""

    need: str
    quote: Quote
    similarity: float


class Goal(StrEnum):
    """The four goals of migrants' political inclusion in MILE policy brief 3 (April 2023)."""

    ASSEMBLIES = "assemblies"
    """Taking part in assemblies and councils."""
    VOTING = "voting"
    """The right to vote and stand in elections, and its use."""
    DECISIONS = "decisions"
    """Taking part in decision-making and the design of policies."""
    ENGAGEMENT = "engagement"
    """Civic and social engagement."""


class GoalServed(Frozen):
    """A goal of the brief that a call serves, with the sentence that shows it."""

    goal: Goal
    quote: Quote
    confidence: float


class Match(Frozen):
    """A call seen by one profile on one day. `score` is exactly the sum of its contributions' values."""

    profile: str
    call: Call
    on: date
    status: CallStatus
    score: float
    contributions: tuple[Contribution, ...]
    verdicts: tuple[Verdict, ...]
    route: Route
    evidence: tuple[Evidence, ...] = ()
    goals: tuple[GoalServed, ...] = ()
    """Looked up together with the evidence."""

    @model_validator(mode="after")
    def _score_is_the_sum(self) -> Self:
        if self.score != sum(c.value for c in self.contributions):
            raise ValueError(f"score {self.score} is not the sum of its contributions {self.contributions}")
        return self
