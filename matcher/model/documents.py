"""What belongs to calls and programmes beside them: call documents and bodies that help."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from matcher.model.base import Country, Frozen, Text


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
