"""A fact that a page tells, as a type: which page, on which day, and how far it was read. Knows none of the facts."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from matcher.model import Frozen, Text

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]


class Witness(StrEnum):
    """How far a fact rests on something read."""

    SEEN = "seen"
    """An official page says so: of the body itself, the country or the Commission."""
    REPORTED = "reported"
    """A third party says so; the source says what could not be read."""
    KNOWN = "known"
    """General knowledge: nothing was read, and the source is where to check it."""


class Told(Frozen):
    """A fact with the page it was read on, or is to be checked on, and the day."""

    source: Text
    as_of: date
    evidence: Witness
    note: str = ""
