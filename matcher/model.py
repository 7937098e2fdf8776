"""The words of the trade as frozen types: call, profile, criterion, verdict, route, contribution, match.

Imports nothing of ours and nothing heavy, so that every part of the system can speak these words.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 (GR and GB, not the EU's EL and UK; XK for Kosovo)."""


class Frozen(BaseModel):
    """A value that is never changed after it was made, and that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fund(StrEnum):
    """The five rows of Table 1 of MILE policy brief 3 (April 2023)."""

    AMIF = "AMIF"
    ESF_PLUS = "ESF+"
    ERDF = "ERDF"
    ERASMUS_PLUS = "Erasmus+"
    CERV = "CERV"


class CallKind(StrEnum):
    """What one applies to: a grant topic or an external-action call (PROSPECT) of the portal, a sub-grant of a funded
    project, or a call that a body publishes on a site of its own (`call`)."""

    TOPIC = "topic"
    EXTERNAL_ACTION = "external_action"
    CASCADE = "cascade"
    CALL = "call"


class Tier(StrEnum):
    """What a source is worth for a call, best first: the body that decides, our own dated restatement of public pages,
    an official page that points to the call, and anybody else's list."""

    OFFICIAL_RECORD = "official_record"
    CURATED = "curated"
    OFFICIAL_POINTER = "official_pointer"
    DISCOVERY = "discovery"

    @property
    def rank(self) -> int:
        """0 is best."""
        return list(Tier).index(self)


class CallStatus(StrEnum):
    FORTHCOMING = "forthcoming"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class DeadlineModel(StrEnum):
    SINGLE_STAGE = "single_stage"
    TWO_STAGE = "two_stage"
    MULTIPLE_CUT_OFF = "multiple_cut_off"
    PERMANENT = "permanent"


class Precision(StrEnum):
    """How much of a date its source really states. `day` means: the time of day is not known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Deadline(Frozen):
    """One submission deadline. `day` is the first day of a month, quarter or year when the source says no more."""

    day: date
    at: time | None = None
    """Time of day."""
    zone: str | None = None
    """IANA name; None where the source gives a time but its zone cannot be trusted."""
    precision: Precision = Precision.DAY
    stage: int | None = None
    """1 and 2 in a two-stage call, 1..n for cut-offs, None for the only deadline."""

    @model_validator(mode="after")
    def _time_and_precision_agree(self) -> Self:
        if (self.at is not None) != (self.precision is Precision.MINUTE):
            raise ValueError(f"a time of day goes with precision minute, and only with it: {self!r}")
        return self

    @property
    def last_day(self) -> date:
        """The last day on which a proposal may still be in time."""
        return last_day(self.day, self.precision)


def last_day(first: date, precision: Precision) -> date:
    """The last day of the month, quarter or year that begins on `first`; `first` itself where the day is known."""
    months = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}.get(precision)
    if months is None:
        return first
    year, month = divmod(first.year * 12 + first.month - 1 + months - 1, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


class Money(Frozen):
    """An amount the source states. A zero in a source means "not stated" and is never a Money."""

    amount: Annotated[Decimal, Field(gt=0)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"


class Budget(Frozen):
    """What a call can spend. `shared`: the amount is the pot of the whole call, repeated on its sibling topics."""

    total: Money
    shared: bool = False


class GrantSize(Frozen):
    """What one project can receive, as far as the source says."""

    minimum: Money | None = None
    maximum: Money | None = None
    expected_grants: int | None = None
    rate_percent: Annotated[Decimal, Field(gt=0, le=100)] | None = None
    duration_months_max: int | None = None


class Basis(StrEnum):
    """Where a rule comes from, strongest first: the call document wins over topic conditions over programme rules."""

    CALL_DOCUMENT = "call_document"
    TOPIC_CONDITIONS = "topic_conditions"
    CALL_RECORD = "call_record"
    PROGRAMME_RULE = "programme_rule"


class Quote(Frozen):
    """A verbatim piece of a stored text: `text == stored_text[start:end]`."""

    text: str
    place: str
    """The stored field it stands in: title, text, conditions, applicants, terms."""
    start: int
    end: int


class ApplicantKind(StrEnum):
    """Legal nature of an applicant, as call documents sort them."""

    LOCAL_AUTHORITY = "local_authority"
    REGIONAL_AUTHORITY = "regional_authority"
    PUBLIC_BODY = "public_body"
    NON_PROFIT = "non_profit"
    CIVIL_SOCIETY = "civil_society"
    SOCIAL_ENTERPRISE = "social_enterprise"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    FOR_PROFIT = "for_profit"
    SME = "sme"
    RESEARCH = "research"
    EDUCATION = "education"
    SOCIAL_PARTNER = "social_partner"
    NATURAL_PERSON = "natural_person"


class Role(StrEnum):
    """What an organisation can be in a project (EU model grant agreement, Articles 7-9)."""

    COORDINATOR = "coordinator"
    BENEFICIARY = "beneficiary"
    ASSOCIATED_PARTNER = "associated_partner"
    SUB_GRANTEE = "sub_grantee"


class CriterionKind(StrEnum):
    APPLICANT_KIND = "applicant_kind"
    COUNTRY = "country"
    MIN_APPLICANTS = "min_applicants"
    MIN_COUNTRIES = "min_countries"
    POPULATION = "population"
    ROLE = "role"


class Criterion(Frozen):
    """A condition that the call itself states. `values` are applicant kinds, countries or one number, as strings."""

    kind: CriterionKind
    values: tuple[str, ...]
    basis: Basis
    quote: Quote | None = None
    role: Role | None = None
    """The role the condition holds for; None means every funded applicant."""


class Link(Frozen):
    url: str
    label: str = ""
    language: str = ""
    """ISO 639-1, where the page says it."""


class Document(Frozen):
    """One state of a call document that was fetched; another content at the same address is another state."""

    source: Text
    url: str
    found_on: str
    """The page that linked to it."""
    label: str = ""
    language: str = ""
    media_type: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """Of the bytes; names the file that holds them in the folder of documents."""
    size: int
    """Bytes."""
    first_fetched: date
    last_fetched: date


class Body(Frozen):
    """An organisation that helps with a programme in a country: a national contact point. No persons."""

    source: Text
    reference: Text
    role: Text
    """What it does, as a key: national_contact_point."""
    programme: str | None = None
    country: Country | None = None
    name: Text
    url: str = ""
    as_of: date


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
        Without a deadline a call is never said to be open, unless it is permanent.
        """
        final = self.final_day
        if final is not None and on > final:
            return CallStatus.CLOSED
        if self.opening is not None:
            if on < self.opening:
                return CallStatus.FORTHCOMING
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
        """The last day on which a new applicant can come in.

        That is the first deadline of a two-stage call (stage two is for those who passed stage one), else the last one.
        """
        days = [deadline.last_day for deadline in self.deadlines]
        if not days:
            return None
        return min(days) if self.deadline_model is DeadlineModel.TWO_STAGE else max(days)

    def next_deadline(self, on: date) -> Deadline | None:
        """The deadline a new applicant works towards on that day; None when all are over."""
        final = self.final_day
        ahead = [d for d in self.deadlines if final is not None and on <= d.last_day <= final]
        return min(ahead, key=lambda d: (d.last_day, d.at or time.max), default=None)

    @property
    def code(self) -> str | None:
        """The official code; None where the source gives none, and its address or a key of ours stands in for it."""
        return None if self.kind is CallKind.CALL and self.identifier == self.reference else self.identifier

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


class OrganisationKind(StrEnum):
    """What the portal's register of organisations takes a participant for: its five types."""

    PUBLIC_BODY = "public_body"
    FOR_PROFIT = "for_profit"
    EDUCATION = "education"
    """A school of secondary or higher education."""
    RESEARCH = "research"
    OTHER = "other"
    """Everybody else; most associations are found here."""


class ProjectRole(StrEnum):
    """What an organisation is in a funded project (EU model grant agreement, Articles 7-9)."""

    COORDINATOR = "coordinator"
    PARTICIPANT = "participant"
    AFFILIATED_ENTITY = "affiliated_entity"
    ASSOCIATED_PARTNER = "associated_partner"


class ProjectStatus(StrEnum):
    """What the portal says of a funded project."""

    FORTHCOMING = "forthcoming"
    ONGOING = "ongoing"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Participant(Frozen):
    """An organisation in a funded project, as the portal names it. Never a person, never a street."""

    pic: str = ""
    """Participant identification code, nine digits: the same organisation in all its projects."""
    name: Text
    role: ProjectRole | None = None
    country: Country | None = None
    kind: OrganisationKind | None = None
    sme: bool | None = None
    city: str = ""
    nuts: str = ""
    eu_contribution: Money | None = None
    web: str = ""


class Project(Frozen):
    """A project that the EU pays or paid for: a precedent for a call, and a list of partners who did it before."""

    source: Text
    reference: Text
    title: Text
    acronym: str = ""
    url: str = ""
    objective: str = ""
    programme: str | None = None
    """Key of a programme in data/reference/programmes.yml."""
    fund: Fund | None = None
    topic: str | None = None
    """The topic it was funded under (CERV-2023-CITIZENS-TOWN-TT)."""
    call_identifier: str | None = None
    type_of_action: str = ""
    status: ProjectStatus | None = None
    start: date | None = None
    end: date | None = None
    budget: Money | None = None
    """All it costs; `eu_contribution` is the grant."""
    eu_contribution: Money | None = None
    keywords: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    as_of: date
    """The day on which the source said this."""

    @property
    def id(self) -> str:
        return f"{self.source}:{self.reference}"

    @property
    def coordinators(self) -> tuple[Participant, ...]:
        return tuple(one for one in self.participants if one.role is ProjectRole.COORDINATOR)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries it is carried out from, each once, sorted."""
        return tuple(sorted({one.country for one in self.participants if one.country}))


class OrganisationType(StrEnum):
    MUNICIPALITY = "municipality"
    MIGRANT_LED = "migrant_led"
    MIGRANT_SERVING = "migrant_serving"


class Need(Frozen):
    """One thing the organisation looks for, in its own words."""

    text: Text
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Fact(Frozen):
    """A statement about an organisation with the page it was read on."""

    text: Text
    source: Text
    as_of: date


class Population(Frozen):
    value: Annotated[int, Field(gt=0)]
    source: Text
    as_of: str
    """Year or day the figure is for, as its source says."""


class Profile(Frozen):
    """A municipality or a migrant-led organisation. Public facts only, each with its source."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    type: OrganisationType
    country: Country
    nuts: str | None = None
    population: Population | None = None
    kinds: Annotated[tuple[ApplicantKind, ...], Field(min_length=1)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """Roles the organisation can take on; the first is the one it prefers."""
    languages: tuple[str, ...]
    description: Text
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]
    networks: tuple[str, ...] = ()
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Verdict(Frozen):
    """The answer to one criterion, with the reason in words and where the rule comes from."""

    rule: str
    label: str
    answer: Answer
    reason: str
    basis: Basis | None = None
    reference: str = ""
    """The law, guide or page the rule rests on."""
    quote: Quote | None = None
    remedy: str = ""
    """What the organisation would have to change or find out; empty when met."""


class RouteKind(StrEnum):
    """How a profile gets at the money, best first."""

    LEAD = "lead"
    CO_APPLICANT = "co_applicant"
    SUB_GRANT = "sub_grant"
    MANAGING_AUTHORITY = "managing_authority"
    NATIONAL_AGENCY = "national_agency"
    ASSOCIATED_PARTNER = "associated_partner"
    UNKNOWN = "unknown"
    NOT_OPEN = "not_open"


class Route(Frozen):
    """The best way in, the others that are open as well, and why."""

    kind: RouteKind
    also: tuple[RouteKind, ...] = ()
    label: str
    """In words: "lead or co-applicant"."""
    reason: str
    reference: str = ""

    @property
    def is_open(self) -> bool | None:
        """True: money can be had this way. False: it cannot. None: not known."""
        if self.kind is RouteKind.UNKNOWN:
            return None
        return self.kind not in (RouteKind.NOT_OPEN, RouteKind.ASSOCIATED_PARTNER)


class Contribution(Frozen):
    """One labelled part of a score: `value == weight * signal`."""

    name: str
    label: str
    weight: float
    signal: float
    value: float


class Evidence(Frozen):
    """A sentence of the call that speaks to a need of the profile."""

    need: str
    quote: Quote
    similarity: float


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

    @model_validator(mode="after")
    def _score_is_the_sum(self) -> Self:
        if self.score != sum(c.value for c in self.contributions):
            raise ValueError(f"score {self.score} is not the sum of its contributions {self.contributions}")
        return self


class Issue(Frozen):
    """Something a record says that could not be understood; kept beside the call, never guessed away."""

    field: str
    problem: str
    found: str = ""
    allowed: str = ""
    reference: str = ""
    """Reference of the record the issue was met in."""


class RunOutcome(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class SourceCard(Frozen):
    """What a reader is told of a source: the registry entry without its crawl settings."""

    name: str
    title: str
    publisher: str
    url: str
    licence: str
    tier: Tier
    funds: tuple[Fund, ...] = ()
    frequency: str = ""
    """How often it is to be read: daily, weekly, none (it is not crawled)."""
    yields: str = "calls"
    expected: tuple[int, int] | None = None
    """Least and most records of a usual run."""
    gaps: tuple[str, ...] = ()
    """What is known to be missing, in sentences."""


class Stages(Frozen):
    """How many things came through each stage of a run."""

    listed: int = 0
    """Entries that the source's lists (or result pages) named and that we wanted."""
    fetched: int = 0
    """Those whose page answered and was the page it should be; equals `listed` where lists hold everything."""
    parsed: int = 0
    """Raw records."""
    normalised: int = 0
    """Records that became a call (or project, or document)."""
    valid: int = 0
    """Calls that a reader can act on: title, page, programme, and a deadline or the word that there is none."""

    @property
    def rates(self) -> dict[str, tuple[int, int]]:
        """What came through each stage, of how many that came through the one before it."""
        return {
            "fetched": (self.fetched, self.listed),
            "parsed": (self.parsed, self.fetched),
            "normalised": (self.normalised, self.parsed),
            "valid": (self.valid, self.normalised),
        }


class Run(Frozen):
    """One attempt to read a source, as the store remembers it."""

    id: str
    source: str
    card: SourceCard | None = None
    snapshot: bool = False
    """The run came with the project as a dated snapshot; it was not crawled here."""
    started: datetime
    finished: datetime | None = None
    as_of: date
    programmes: tuple[str, ...] = ()
    """Set when only these programmes were read."""
    outcome: RunOutcome
    reasons: tuple[str, ...] = ()
    accepted: str = ""
    """Why a person let in a run that was held: from then on it is the measure for the next ones."""
    calls: int = 0
    """Records stored: calls, or projects, documents and bodies where the source gives those."""
    new: int = 0
    changed: int = 0
    closed: int = 0
    """Calls of the source that were not closed on the day of the last good run and are closed now."""
    issues: int = 0
    stages: Stages | None = None
    filled: dict[str, float] = Field(default_factory=dict)
    """Per field of a call, the share (0..1) of calls in which it is filled."""
    alarms: tuple[str, ...] = ()
    """What is suspicious, each with its evidence; part of `reasons` as well."""
    notes: tuple[str, ...] = ()
    """What a reader should know: a fallback was used, the data is a snapshot…"""
