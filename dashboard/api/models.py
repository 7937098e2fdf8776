"""What the API answers, field by field. The names are promises: a golden file of the tests shows every change of them.

They are in camel case; which of them are words of CommonGrants (commongrants.org), the API's description says.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from pydantic import Field

from dashboard.api.call_models import Call, Told
from matcher.coverage import Condition
from matcher.model import (
    Answer,
    ApplicantKind,
    CallStatus,
    EventKind,
    Fund,
    MaterialField,
    OrganisationType,
    Role,
    RouteKind,
    Tier,
)


class Change(Told):
    """A field before and after; days, money and states in the forms of this API, texts as their sentences."""

    field: MaterialField
    was: list[str]
    now: list[str]
    where: str


class Event(Told):
    """One entry of the ledger. Never changed and never deleted."""

    seq: int = Field(description="Place in the ledger; grows.")
    key: str = Field(description="The same event has the same key for ever.")
    call: str | None = Field(description="Id of the call today; null where it is not there any more, or not one alone.")
    record: str = Field(description="Id of the source's record that it was seen in.")
    source: str
    kind: EventKind
    on: date = Field(description="The day on which it was learnt.")
    day: date | None = Field(description="The deadline or opening that it is about.")
    within: int | None = Field(description="Of `opening` and `closing`: so many days before at most.")
    changes: list[Change]
    silent: str = Field(description="Why it is told to nobody: a first reading, an import. Empty: it is news.")
    seen_before: date | None = Field(description="The day of the reading that it is held against.")
    url: str | None = Field(description="Where it was read.")
    note: str = Field(description="Which rule made it an event, in English words.")


class Profile(Told):
    """An organisation, by public facts."""

    id: str
    name: str
    type: OrganisationType
    country: str
    nuts: str | None
    kinds: list[ApplicantKind]
    roles: list[Role]
    languages: list[str]
    description: str


class Part(Told):
    """One part of a score; the score is the sum of its parts."""

    name: str
    label: str
    value: float


class Verdict(Told):
    """The answer to one condition. Silence of a call is `unknown`, never `not_met`."""

    rule: str
    label: str
    answer: Answer
    reason: str
    reference: str = Field(description="The law, guide or page that it rests on.")
    remedy: str = Field(description="What would have to change or to be found out.")


class Route(Told):
    """How the organisation gets at the money."""

    kind: RouteKind
    also: list[RouteKind]
    label: str
    reason: str
    is_open: bool | None = Field(description="null: not known.")
    body: str | None = Field(description="Whom to apply to, where it is one body and known.")
    body_url: str | None


class Evidence(Told):
    """A sentence of the call, word for word, that speaks to a need of the organisation."""

    need: str
    quote: str
    place: str = Field(description="The field or document that it stands in.")


class Match(Told):
    """A call as one organisation sees it today."""

    place: int = Field(description="From 1, the best.")
    call: Call
    score: float
    parts: list[Part]
    route: Route
    verdicts: list[Verdict]
    evidence: list[Evidence] = Field(description="Of the first matches only.")


class Source(Told):
    """A source and how fresh it is."""

    name: str
    title: str
    publisher: str | None
    url: str | None
    licence: str | None
    tier: Tier | None
    funds: list[Fund]
    country: str | None
    frequency: str | None = Field(description="How often it is to be read; null or none: it is not crawled.")
    condition: Condition
    is_stale: bool
    last_read: date | None = Field(description="The day of the last good reading.")
    age_days: int | None
    calls: dict[CallStatus, int]
    gaps: list[str] = Field(description="What is known to be missing.")


T = TypeVar("T", bound=Told)


class Listing(Told, Generic[T]):
    """A part of a list."""

    items: list[T]
    next: str | None = Field(description="Value of `cursor` for the part after this one; null: this is the last.")


class Calls(Listing[Call]):
    """A part of the list of calls."""


class Profiles(Listing[Profile]):
    """The organisations."""


class Matches(Listing[Match]):
    """The best calls of one organisation."""


class Sources(Listing[Source]):
    """The sources."""


class Events(Told):
    """A part of the ledger, oldest first."""

    items: list[Event]
    next: int = Field(description="Value of `after` for the part after this one, also when there is none yet.")
    head: int = Field(description="The newest place in the ledger.")


class Fault(Told):
    where: str = Field(description="query or path")
    name: str
    message: str


class Problem(Told):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    faults: list[Fault] = Field(default=[], description="Parameters that are wrong.")
