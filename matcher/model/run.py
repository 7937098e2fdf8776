"""One attempt to read a source, and what was met on the way."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from matcher.model.base import Frozen
from matcher.model.kinds import Fund, Tier


class Issue(Frozen):
    """Something a record says that could not be understood; kept beside the call, never guessed away."""

    field: str
    problem: str
    found: str = ""
    allowed: str = ""
    reference: str = ""
    """Reference of the record the issue was met in."""
    place: str = ""
    """Where in a published file that is: "plan.xlsx, sheet 'Plan', row 12, column 'Start'"."""


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
    country: str = ""
    """ISO code of the Member State whose national calls the source holds; empty for calls of the whole EU."""
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
    partial: bool = False
    """Read from a poorer fallback, whose silence about a call tells nothing."""
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
    unledgered: bool = False
    """Loaded before there was a ledger of news: what it found was not written down (migration 0006)."""
    doubted: tuple[str, ...] = ()
    """Groups of running calls that were missing as a whole, so that their absence is not believed (matcher.ledger)."""
    notes: tuple[str, ...] = ()
    """What a reader should know: a fallback was used, the data is a snapshot…"""
