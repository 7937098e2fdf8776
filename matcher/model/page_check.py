"""Whether a call's own page is still there: what was seen, day by day, and when that says that it is gone."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from matcher.model.base import Frozen, Text


class PageAnswer(StrEnum):
    ANSWERED = "answered"
    """A page came."""
    MISSING = "missing"
    """Not found or gone (RFC 9110, sections 15.5.5 and 15.5.11), from a host that says so of no other page."""
    SILENT = "silent"
    """Nothing that proves anything: no answer, a failing server, a host that answers alike to any address."""


STRIKES = 2
"""Days on which a page must be missing, with no answer between, before it is held to be gone."""


class PageCheck(Frozen):
    """What is known of one address."""

    url: Text
    checked: date
    answer: PageAnswer
    note: str = ""
    """What was met, in words: "answered 503"."""
    strikes: tuple[date, ...] = ()
    """Days on which it was missing, since it last answered."""

    @property
    def gone_since(self) -> date | None:
        """The first of the days on which it was missing, once there are enough of them."""
        return self.strikes[0] if len(self.strikes) >= STRIKES else None

    def is_gone(self, on: date) -> bool:
        """Whether that was known on a day."""
        return sum(day <= on for day in self.strikes) >= STRIKES


def next_check(before: PageCheck | None, url: str, on: date, answer: PageAnswer, note: str = "") -> PageCheck:
    """What is known of an address after one more look; a page that answers again was never gone."""
    strikes = before.strikes if before else ()
    if answer is PageAnswer.ANSWERED:
        strikes = ()
    elif answer is PageAnswer.MISSING:
        strikes = tuple(sorted({*strikes, on}))
    return PageCheck(url=url, checked=on, answer=answer, note=note, strikes=strikes)
