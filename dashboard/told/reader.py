"""For whom a call's page is written, and what a link on it looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboard.told.calls import Known
from matcher.alerts.letters.voice import Voice
from matcher.languages import Speaker
from matcher.model import Profile


@dataclass(frozen=True)
class Page:
    """A link with what is known of it."""

    title: str
    address: str
    known: str


@dataclass(frozen=True)
class Reader:
    """For whom it is said, on which day, and where links lead."""

    voice: Voice
    profile: Profile | None
    on: date
    today: date
    known: Known
    address: Callable[[str], str]
    """Of the page of the call with that id."""
    longest_title: int
    """Characters of the call's own title above the page; a longer one stands whole below its facts."""

    @property
    def say(self) -> Speaker:
        return self.voice.speaker
