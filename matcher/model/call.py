"""One thing one can apply to, and what its source says of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

from pydantic import Field

from matcher.model.base import Frozen, Text
from matcher.model.criterion import Criterion
from matcher.model.deadlines import Deadline, Precision, last_day
from matcher.model.kinds import CallKind, CallStatus, DeadlineModel, Fund, Tier
from matcher.model.money import Budget, GrantSize
from matcher.model.national import National

READ_IN = "Read in the text"
"""How a line of `Call.terms` begins that tells in which sentence a fact was read: "Read in the text, budget: …"."""


class Link(Frozen):
    url: str
    label: str = ""
    language: str = ""
    """ISO 639-1, where the page says it."""


class Sighting(Frozen):
    """Another source's record of the same call, and how sure it is that it is the same."""

    id: str
    source: str
    tier: Tier
    url: str
    as_of: date
    confidence: Annotated[float, Field(gt=0, le=1)]
    basis: str
    """On what they were held to be the same: "identifier", "address", "title, deadline", "names it"."""


class Origin(Frozen):
    """A field whose value came from another source than the call itself."""

    field: str
    source: str


class Update(Frozen):
    """News that the publisher attached to a call. Never part of what is embedded."""

    reference: str
    published: datetime | None = None
    title: str = ""
    text: str = ""


class Call(Frozen):
    """One thing one can apply to. Identity is source + reference, never the topic code alone."""

    source: Text
    reference: Text
    identifier: Text
    """The code people quote (AMIF-2025-TF2-AG-INTE-01-WOMEN); shared by translations and sub-grants, so no identity."""
    title: Text
    kind: CallKind
    url: str
    tier: Tier = Tier.OFFICIAL_RECORD
    programme: str | None = None
    """Key of a programme in data/reference/programmes.yml; None when the source's code is not known there."""
    fund: Fund | None = None
    call_identifier: str | None = None
    call_title: str | None = None
    national: National | None = None
    """Set for calls of national and regional programmes, which a Member State's authorities run."""
    parent_title: str | None = None
    """Title of the topic a cascade call belongs to."""
    granting_project: str | None = None
    """The funded project that gives a cascade call's money on."""
    language: str | None = None
    published_status: CallStatus = CallStatus.UNKNOWN
    """What the source's label says; evidence, never trusted alone (see `status`)."""
    opening: date | None = None
    opening_precision: Precision = Precision.DAY
    """`opening` is the first day of a month, quarter or year when the source says no more."""
    deadlines: tuple[Deadline, ...] = ()
    deadline_model: DeadlineModel | None = None
    budget: Budget | None = None
    grant: GrantSize = GrantSize()
    text: str = ""
    """The topic text, clean; what is embedded."""
    conditions: str = ""
    applicants: str = ""
    """Who may apply, in the source's words."""
    terms: str = ""
    """Who may lead, how many partners, which countries: the source's words, each under a label of ours."""
    keywords: tuple[str, ...] = ()
    types_of_action: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    documents: tuple[Link, ...] = ()
    updates: tuple[Update, ...] = ()
    mentions: tuple[str, ...] = ()
    """Official codes of topics and calls that the page names: what a pointer points to."""
    sources: tuple[str, ...] = ()
    """Further pages the facts come from, when not all come from `url`."""
    sightings: tuple[Sighting, ...] = ()
    """Other records of this call. Set when calls are merged, never stored."""
    origins: tuple[Origin, ...] = ()
    """Fields that were filled from a sighting. Set when calls are merged, never stored."""
    as_of: date
    """The day on which the source said this."""
    first_seen: date | None = None
    last_seen: date | None = None

    @property
    def id(self) -> str:
        return f"{self.source}:{self.reference}"

    def status(self, on: date) -> CallStatus:
        """The state on a given day, computed from dates; see `final_day` for which deadline counts.

        A missing opening day is replaced by what was seen: a call labelled open when it was read was open from then on.
        Without a deadline a call is never said to be open, unless it is permanent. A national authority that calls its
        own call closed is believed: it closes and cancels calls before their day.
        """
        if self.is_ended and on >= self.as_of:
            return CallStatus.CLOSED
        final = self.final_day
        if final is not None and on > final:
            return CallStatus.CLOSED
        if self.opening is not None:
            if on < self.opening:
                return CallStatus.FORTHCOMING
            if self.is_planned:
                return CallStatus.UNKNOWN  # its days are indicative: whether it did open, a plan does not tell
            if on < last_day(self.opening, self.opening_precision):
                return CallStatus.UNKNOWN  # it opens some day of this month, quarter or year
            return CallStatus.OPEN if self._has_no_end or final is not None else CallStatus.UNKNOWN
        if self.published_status is CallStatus.OPEN and on >= self._first_read:
            return CallStatus.OPEN if self._has_no_end or final is not None else CallStatus.UNKNOWN
        if self.published_status is CallStatus.FORTHCOMING and on <= self.as_of:
            return CallStatus.FORTHCOMING
        return CallStatus.UNKNOWN

    @property
    def final_day(self) -> date | None:
        """The last day on which a new applicant can come in; of a month, quarter or year the last it can be."""
        return self.final_deadline.last_day if self.final_deadline else None

    @property
    def final_deadline(self) -> Deadline | None:
        """The deadline that ends a call for a new applicant, as precisely as its source states it.

        That is the first one of a two-stage call (stage two is for those who passed stage one), else the last one.
        """
        if len(self.deadlines) == 1:
            return self.deadlines[0]
        ends = min if self.deadline_model is DeadlineModel.TWO_STAGE else max
        return ends(self.deadlines, key=lambda deadline: deadline.last_day, default=None)

    def next_deadline(self, on: date) -> Deadline | None:
        """The deadline a new applicant works towards on that day; None when all are over."""
        final = self.final_day
        ahead = [d for d in self.deadlines if final is not None and on <= d.last_day <= final]
        return min(ahead, key=lambda d: (d.last_day, d.at or time.max), default=None)

    @property
    def code(self) -> str | None:
        """The official code; None where the source gives none, and its address or a key of ours stands in for it."""
        if self.national:
            return self.national.code or None
        return None if self.kind is CallKind.CALL and self.identifier == self.reference else self.identifier

    @property
    def is_ended(self) -> bool:
        """Its authority says that it is over, whatever its days say."""
        return self.national is not None and self.published_status is CallStatus.CLOSED

    @property
    def is_planned(self) -> bool:
        """It stands in a timetable of planned calls: its days are indicative (Regulation 2021/1060, Article 49(2))."""
        return self.national is not None and self.published_status is CallStatus.FORTHCOMING

    @property
    def is_confirmed(self) -> bool:
        """An official page, or facts restated from one, stand behind it; else it is known from somebody's list only."""
        return self.tier is not Tier.DISCOVERY

    @property
    def _has_no_end(self) -> bool:
        return self.deadline_model is DeadlineModel.PERMANENT

    @property
    def _first_read(self) -> date:
        return min(self.as_of, self.first_seen or self.as_of)
