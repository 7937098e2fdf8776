"""What a spider hands over, the strings as the page said them, and the registry of sources. No Scrapy here."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from matcher.model import CallKind, Frozen, Fund, Issue, Tier

REGISTRY = Path(__file__).with_name("sources.yml")
IMPORTED = "import_"
"""How the names of sources begin that a person imported from a file; none of the registry does."""


class RawLink(Frozen):
    url: str
    label: str = ""
    language: str = ""


class RawNational(Frozen):
    """What a call of a national or regional programme says beyond any other, strings as the source wrote them."""

    country: str
    """ISO 3166-1 alpha-2."""
    programme: str = ""
    """The national programme by name; `RawCall.programme` holds the words for its funds."""
    priority: str = ""
    specific_objective: str = ""
    area: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    """Who may apply, one entry for each value the source keeps apart."""
    mode: str = ""
    institution: str = ""
    institution_url: str = ""
    share: Literal["", "eu", "total"] = ""
    """What the budget counts: the fund's money alone, or national public money with it."""
    file: str = ""
    """Name or address of the file, for messages."""
    sha256: str = ""
    sheet: str = ""
    row: int | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    """Field -> header of the column (or path) its value came from, for messages."""


class RawCall(Frozen):
    """One record of a source, nothing understood yet. Empty means: the source did not say.

    One type for all sources: a spider puts each value it finds into the field of the same meaning, as text.
    """

    record: Literal["call"] = "call"
    source: str
    reference: str
    kind: CallKind
    url: str
    fetched_at: datetime
    language: str = ""
    identifier: str = ""
    title: str = ""
    call_identifier: str = ""
    call_title: str = ""
    parent_title: str = ""
    programme: str = ""
    """The source's own programme code or name."""
    status: str = ""
    opening: str = ""
    deadlines: tuple[str, ...] = ()
    deadline_time: str = ""
    """Time of day and zone when the source gives it apart from the day: "17:00 Europe/Brussels"."""
    deadline_model: str = ""
    description: str = ""
    conditions: str = ""
    support: str = ""
    applicants: str = ""
    lead_rule: str = ""
    roles: str = ""
    """Who may join in another role than that of a funded applicant."""
    countries: tuple[str, ...] = ()
    min_applicants: str = ""
    min_countries: str = ""
    budget: str = ""
    currency: str = ""
    grant_min: str = ""
    grant_max: str = ""
    rate_percent: str = ""
    duration_months_max: str = ""
    keywords: tuple[str, ...] = ()
    types_of_action: tuple[str, ...] = ()
    budget_overview: str = ""
    """The portal's budgetOverview: JSON text, amounts of the whole call."""
    actions: str = ""
    """The portal's actions: JSON text with stages and deadline days."""
    latest_infos: str = ""
    links: str = ""
    """The portal's links: JSON text."""
    documents: tuple[RawLink, ...] = ()
    """Call documents that the page links to."""
    mentions: tuple[str, ...] = ()
    """Official codes of topics and calls that the page names, as written."""
    granting_project: str = ""
    national: RawNational | None = None
    sources: tuple[str, ...] = ()
    note: str = ""


class RawUpdate(Frozen):
    """News on a topic (record type 6 of the portal); attached to the topic of the same identifier."""

    record: Literal["update"] = "update"
    source: str
    reference: str
    identifier: str
    fetched_at: datetime
    published: str = ""
    title: str = ""
    description: str = ""


class RawDocument(Frozen):
    """A call document that was fetched; its bytes lie in the folder of documents under their SHA-256."""

    record: Literal["document"] = "document"
    source: str
    reference: str
    """Its address."""
    found_on: str
    fetched_at: datetime
    label: str = ""
    language: str = ""
    media_type: str
    """By its first bytes, not by what the server says."""
    sha256: str
    size: int


class RawBody(Frozen):
    """An organisation that helps with a programme in a country, as a page names it."""

    record: Literal["body"] = "body"
    source: str
    reference: str
    fetched_at: datetime
    role: str
    programme: str = ""
    country: str = ""
    """As written: a name in the page's language, or a code."""
    name: str
    url: str = ""


class RawParticipant(Frozen):
    """One participant of a past project, strings as the index gives them."""

    pic: str = ""
    name: str
    role: str = ""
    country: str = ""
    kind: str = ""
    """The portal's organisation type: PUB, PRC, HES, REC, OTH."""
    sme: str = ""
    city: str = ""
    nuts: str = ""
    eu_contribution: str = ""
    web: str = ""


class RawProject(Frozen):
    """A funded project of the portal's projects index."""

    record: Literal["project"] = "project"
    source: str
    reference: str
    fetched_at: datetime
    url: str = ""
    project_id: str = ""
    acronym: str = ""
    title: str = ""
    objective: str = ""
    status: str = ""
    programme: str = ""
    """The portal's id of the programme, as on calls; the index's abbreviation (AMIF2027) where it gives none."""
    topic: str = ""
    call_identifier: str = ""
    type_of_action: str = ""
    start: str = ""
    end: str = ""
    budget: str = ""
    eu_contribution: str = ""
    keywords: tuple[str, ...] = ()
    participants: tuple[RawParticipant, ...] = ()


RawRecord = Annotated[RawCall | RawUpdate | RawDocument | RawBody | RawProject, Field(discriminator="record")]


class RunReport(Frozen):
    """What a crawl says of itself: report.json beside raw.jsonl. A folder without it is an interrupted run."""

    run: str
    source: str
    started: datetime
    finished: datetime
    as_of: date
    snapshot: bool = False
    """Shipped with the project as a dated snapshot, not crawled."""
    complete: bool
    """Every page the source announced was read. Only a complete run may replace what the store holds."""
    programmes: tuple[str, ...] = ()
    """Set when only these programmes were read: the number of calls then says nothing about the whole source."""
    partial: bool = False
    """Read from a poorer fallback without texts and budgets: the loader keeps those that the store already holds."""
    records: int
    announced: dict[str, int] = Field(default_factory=dict)
    """Records the source announced per view (record type), as last agreed between two readings."""
    listed: int = 0
    """Entries that the lists named and that the spider wanted to read."""
    fetched: int = 0
    """Those whose page answered and was the page it should be."""
    requests: int = 0
    failures: tuple[str, ...] = ()
    """What keeps the run from being complete."""
    alarms: tuple[str, ...] = ()
    """What is suspicious but keeps nothing from being read, each with its evidence."""
    issues: tuple[Issue, ...] = ()
    """Single entries or values that could not be read, each with its place."""
    notes: tuple[str, ...] = ()


class Expect(Frozen):
    """Expectations on a run. Below `min`, or below a share of filled fields, it fails; above `max` it only warns."""

    min: int
    max: int
    filled: dict[str, float] = Field(default_factory=dict)
    shrink: Annotated[float, Field(gt=0, le=1)] = 0.5
    """A run with fewer calls than this share of the last good run fails."""


class Source(Frozen):
    """One entry of sources.yml."""

    name: str
    title: str
    publisher: str
    url: str
    licence: str
    tier: Tier
    funds: tuple[Fund, ...]
    frequency: Literal["daily", "weekly", "none"]
    hosts: tuple[str, ...] = ()
    """The only hosts that may be asked; empty for a source that is not crawled."""
    programme: str = ""
    """Key in data/reference/programmes.yml of calls whose page names no programme."""
    zone: str = "Europe/Brussels"
    """IANA name of the time zone of deadlines that name none; empty where the pages are of several countries."""
    language: str = "en"
    """ISO 639-1, of pages that do not say theirs."""
    country: str = ""
    """ISO code of the Member State whose national calls the source holds; empty for calls of the whole EU."""
    yields: Literal["calls", "projects", "documents"] = "calls"
    """What `expect.min` and `expect.max` count."""
    gaps: tuple[str, ...] = ()
    """What is known to be missing, in sentences for the reader."""
    delay_seconds: float = 1.0
    max_documents: int = 60
    """Call documents fetched in one run, at most; how many were left is noted."""
    time_limit_minutes: float = 30.0
    """A crawl that takes longer is ended; what it read by then is incomplete."""
    expect: Expect
    remembered: tuple[Literal["applicants", "criteria", "area", "budget"], ...] = ()
    """What a call keeps when the source tells it no more: of a source with two lists, what only its plan says."""
    lookups: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Corrections of single values of this source, per field: found -> meant."""

    @property
    def expected(self) -> tuple[int, int]:
        return self.expect.min, self.expect.max


@cache
def sources() -> dict[str, Source]:
    """The registry, by source name, in its own order."""
    entries = yaml.safe_load(REGISTRY.read_text(encoding="utf-8"))
    return {name: Source(name=name, **entry) for name, entry in entries.items()}
