"""What became news of a call: the entries of the ledger, each with what was seen."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum

from matcher.model.base import Frozen, Text

HELD = "held: "
"""How the reason begins for which a mass of events is told to nobody until a person lets it out."""


class EventKind(StrEnum):
    NEW = "new"
    """Met for the first time by a source that was read before."""
    CHANGED = "changed"
    """Says something else in a field that matters."""
    ELIGIBILITY = "eligibility"
    """Says otherwise who may apply, with whom or for how much."""
    OPENING = "opening"
    """Opens within so many days."""
    OPENED = "opened"
    CLOSING = "closing"
    """Its next deadline is within so many days."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    """Gone from its source before its deadline, and its absence is confirmed."""
    RETURNED = "returned"
    """There again after it was said to be withdrawn."""


class MaterialField(StrEnum):
    """The fields of a call whose change is news. Hours, texts, keywords and the order of lists are not."""

    TITLE = "title"
    STATE = "state"
    OPENING = "opening"
    DEADLINES = "deadlines"
    BUDGET = "budget"
    GRANT = "grant"
    APPLICANTS = "applicants"
    TERMS = "terms"
    CONDITIONS = "conditions"
    CRITERIA = "criteria"
    DOCUMENT = "document"


class FieldChange(Frozen):
    """One field, before and after, in a form that any language can put into words.

    Days are ISO ("2027-03-02", "2027-03", "2027-Q1", "2027"), money is "EUR 1200000", of a grant with what it is
    ("maximum EUR 300000", "grants 3", "rate 90", "months 24"), a criterion is "country: at, de" (all at once "at + de",
    of a role "(coordinator)"), a state is that of CallStatus,
    and what a text or document says are its sentences. Empty: nothing was, or is, said.
    """

    field: MaterialField
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    where: str = ""
    """In a document: its address and the headings above."""


class Observation(Frozen):
    """On what an event rests: the reading that showed it, and the one before."""

    run: str = ""
    """Id of the run; empty for what the calendar alone brings (opening, closing, closed)."""
    url: str = ""
    seen_before: date | None = None
    """The day of the reading that it is held against; of an absence, the last day on which the call was seen."""
    content_before: str = ""
    """Content hash of the call, or SHA-256 of the document, as it was."""
    content_now: str = ""
    note: str = ""
    """Which rule made it news, in words: "absent from 8 complete readings since 3 March 2027"."""


class Event(Frozen):
    """One entry of the ledger. Never changed and never deleted."""

    seq: int = 0
    """Place in the ledger, growing; given by the store."""
    call: Text
    """Id of the source's record; several records may be one call for a reader (matcher.merging)."""
    source: Text
    kind: EventKind
    on: date
    """The day on which it was learnt."""
    day: date | None = None
    """The day it is about: the deadline of `closing` and `closed`, the opening of `opening` and `opened`."""
    within: int | None = None
    """Of `opening` and `closing`: so many days before `day` at most."""
    changes: tuple[FieldChange, ...] = ()
    silent: str = ""
    """Why it is told to nobody: the first reading of a source, an import marked as such. Empty: it is news."""
    observation: Observation = Observation()

    @property
    def is_held(self) -> bool:
        """It waits for a person, who may let it out (`funding ledger release`)."""
        return self.silent.startswith(HELD)

    @property
    def key(self) -> str:
        """The same event learnt twice has the same key, so that a ledger holds it once.

        What was held and what a person lets out of it are two entries. A call may change, change back and change again
        on one day, each in a reading of its own; a document is the same whichever reading brought it.
        """
        parts: list[object] = [self.call, self.kind, self.day, self.within]
        if self.kind is not EventKind.NEW and (self.kind not in OF_CALENDAR or self.day is None):
            by_document = any(change.field is MaterialField.DOCUMENT for change in self.changes)
            parts += [
                self.on,
                "" if by_document else self.observation.run,
                *(change.model_dump_json() for change in self.changes),
            ]
        parts += [HELD] if self.is_held else []
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


OF_CALENDAR = (EventKind.OPENING, EventKind.OPENED, EventKind.CLOSING, EventKind.CLOSED)
"""About a day of the call: the same whenever it is learnt."""
