"""What the API answers of a call, field by field; `models` has the other answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from matcher.model import CallKind, CallStatus, DeadlineModel, Fund, Precision, Tier

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
