"""What the API answers, field by field. The names are promises: a golden file of the tests shows every change of them.

They are in camel case; which of them are words of CommonGrants (commongrants.org), the API's description says.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from matcher.coverage import Condition
from matcher.model import (
    Answer,
    ApplicantKind,
    CallKind,
    CallStatus,
    DeadlineModel,
    EventKind,
    Fund,
    MaterialField,
    OrganisationType,
    Precision,
    Role,
    RouteKind,
    Tier,
)

Stated = Annotated[str, Field(examples=["2027-03-02", "2027-03", "2027-Q2", "2027", "2027-03-02T17:00:00+01:00"])]
"""A day as exactly as its source states it, never more."""


class Told(BaseModel):
    """A value of an answer. Later versions may add fields, so a reader skips what it does not know."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, frozen=True)


class Amount(Told):
    amount: str = Field(description="A decimal number.", pattern=r"^\d+(\.\d+)?$", examples=["1200000"])
    currency: str = Field(description="ISO 4217.", pattern=r"^[A-Z]{3}$", examples=["EUR"])


class Funding(Told):
    """Money, as far as the source states it."""

    total_amount_available: Amount | None = Field(description="Budget of the call.")
    is_shared: bool = Field(description="The budget is that of several calls together.")
    min_award_amount: Amount | None = Field(description="Least grant of a project.")
    max_award_amount: Amount | None = Field(description="Largest grant of a project.")
    estimated_award_count: int | None = Field(description="Grants that are expected.")
    rate_percent: str | None = Field(description="Share of the costs that is paid, at most, in per cent.")


class KeyDay(Told):
    """A deadline."""

    at: Stated = Field(description="As exactly as stated: day, month, quarter or year; with an hour, ISO 8601.")
    last_day: date = Field(description="The last day on which a proposal may still be in time.")
    precision: Precision
    zone: str | None = Field(
        description="IANA name of the hour's zone; null where it is not stated or there is no hour."
    )
    stage: int | None = Field(description="Of a two-stage call 1 or 2, of cut-offs their number.")


class KeyDates(Told):
    opens: Stated | None = Field(description="Opening, as exactly as stated.")
    deadlines: list[KeyDay] = Field(description="In the order of the source.")
    model: DeadlineModel | None
    next: KeyDay | None = Field(description="The deadline that a new applicant works towards today.")
    closes: date | None = Field(description="The last day on which a new applicant can come in.")


class Sighting(Told):
    """Another source's record of the same call."""

    id: str
    source: str
    url: str | None
    as_of: date
    basis: str = Field(description="On what the records were held to be the same.")


class Call(Told):
    """One thing one can apply to. Texts are in the call's own language and as its source has them: escape them."""

    id: str = Field(description="Source and reference; the key of every other answer.", examples=["funding_tenders:X"])
    code: str | None = Field(description="The official code that people quote.")
    title: str
    language: str | None = Field(description="ISO 639-1 of the texts, where known.")
    status: CallStatus = Field(description="Today, computed from its dates.")
    is_planned: bool = Field(description="From a timetable: its days may still change.")
    kind: CallKind
    fund: Fund | None
    programme: str | None
    country: str | None = Field(description="ISO 3166-1, of a national call; null for calls of the whole EU.")
    authority: str | None = Field(description="The body that runs a national call.")
    funding: Funding
    key_dates: KeyDates
    url: str | None = Field(description="The call's own page.")
    source: str = Field(description="Key of the source; see /sources.")
    tier: Tier = Field(description="What the source is worth for this call.")
    is_confirmed: bool = Field(description="An official page stands behind it.")
    as_of: date = Field(description="The day on which the source said this.")
    first_seen: date | None
    last_seen: date | None
    sightings: list[Sighting]


class Document(Told):
    url: str | None
    label: str
    language: str | None


class Step(Told):
    """One thing that changed since the call was first read, in English words."""

    on: date
    what: str = Field(description="state, opening, deadline or eligibility.")
    was: str
    now: str
    where: str = Field(description="In a document: the headings above.")


class FullCall(Call):
    """A call with its texts and history."""

    description: str
    conditions: str
    applicants: str = Field(description="Who may apply, in the source's words.")
    terms: str
    keywords: list[str]
    documents: list[Document]
    history: list[Step] = Field(description="Oldest first.")


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
