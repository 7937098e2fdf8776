"""What the forms of sign-up and settings offer. Pure."""

from __future__ import annotations

from matcher.languages import LANGUAGES, Speaker, speaker
from matcher.languages.terms import RHYTHMS
from matcher.model import Rhythm


def languages() -> list[tuple[str, str]]:
    """Each by what it calls itself."""
    return [(code, speaker(code).name) for code in LANGUAGES]


def rhythms(voice: Speaker) -> list[tuple[str, str]]:
    return [(rhythm.value, voice.term(term)) for rhythm, term in RHYTHMS.items()]


def chosen_rhythm(value: str) -> Rhythm:
    """What was posted; anything the form does not offer counts as its first choice."""
    return Rhythm(value) if value in list(Rhythm) else Rhythm.WEEKLY
