"""What belongs to calls and programmes beside them: call documents, what stands in them, and bodies that help."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from matcher.model.base import Country, Frozen, Text
from matcher.model.run import Issue

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Document(Frozen):
    """One state of a call document that was fetched; another content at the same address is another state."""

    source: Text
    url: str
    found_on: str
    """The page that linked to it."""
    label: str = ""
    language: str = ""
    media_type: str
    sha256: Sha256
    """Of the bytes; names the file that holds them in the folder of documents."""
    size: int
    """Bytes."""
    first_fetched: date
    last_fetched: date


class DocumentRole(StrEnum):
    """What a document is for a call. Conditions are taken from the first alone."""

    CALL_DOCUMENT = "call_document"
    """The call's own: call fiche, text of the call, guidelines for its applicants."""
    PROGRAMME_GUIDE = "programme_guide"
    WORK_PROGRAMME = "work_programme"
    TEMPLATE = "template"
    """Forms, budget tables, model agreements."""
    OTHER = "other"


class Heading(Frozen):
    """`text[start:end]` of the document's text is a heading; level 1 is the highest."""

    level: int
    start: int
    end: int


class Table(Frozen):
    """A table, which stands in the document's text as well: `text[start:end]`, a line for each row, cells apart by
    " | "."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


class DocumentText(Frozen):
    """What stands in a document. Every quote is a piece of `text`."""

    sha256: Sha256
    """Of the document's bytes."""
    reader: Text
    """Which reader made this text, with its version: another one may cut it differently."""
    role: DocumentRole
    title: str = ""
    version: str = ""
    """What the document says of its own edition: "1.1", "22 February 2023"."""
    language: str = ""
    """ISO 639-1."""
    text: str
    pages: tuple[int, ...]
    """Where in `text` each page begins; a page without text begins where the next one does."""
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    """What could not be read: scanned pages, a table that broke."""

    def page_at(self, offset: int) -> int:
        """The page, counted from 1, that a character stands on."""
        return max(1, bisect_right(self.pages, offset))

    def section_at(self, offset: int) -> tuple[str, ...]:
        """The headings above a character, highest level first."""
        above: list[Heading] = []
        for heading in self.headings:
            if heading.start > offset:
                break
            above = [*(one for one in above if one.level < heading.level), heading]
        return tuple(self.text[one.start : one.end] for one in above)


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
