"""What a user asked for and is not there: which error tells it, and what comes close. Looks nothing up itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from matcher.countries import country_code

SHORTLIST = 50
"""Names that are looked at closely: of tens of thousands that takes seconds."""


class NotFound(LookupError):
    """The user named something that is not there; the message says what comes close, and `near` holds its names."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class NoProjects(LookupError):
    """The store holds no funded projects: they were not read yet."""


def not_found(what: str, key: str, known: Iterable[str], listed_by: str) -> NotFound:
    """The error for a name that is not among those `known`; `listed_by`: the command or file that has them all."""
    shortlist = [name for name, _, _ in process.extract(key, sorted(set(known)), scorer=fuzz.ratio, limit=SHORTLIST)]
    near = difflib.get_close_matches(key, shortlist, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return NotFound(f"no {what} {key!r}; {hint}`{listed_by}` lists them all", tuple(near))


def named_country(text: str) -> str:
    """The ISO code of a country as a user writes it. Raises NotFound."""
    try:
        return country_code(text.upper())
    except ValueError as error:
        raise NotFound(str(error)) from error
