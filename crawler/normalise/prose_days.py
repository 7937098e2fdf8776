"""Of all that running text says: the day a call opens and the last day for proposals, where they are said plainly.

Two different candidates are none.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from crawler.normalise.issues import Issues
from crawler.normalise.moments import Moment
from crawler.normalise.prose_dates import Candidate, said_in
from crawler.normalise.prose_words import says
from matcher.model import Precision, last_day


class Days(NamedTuple):
    opening: Candidate | None = None
    deadlines: tuple[Candidate, ...] = ()
    endless: str = ""
    """The sentence that says that the call has no end."""


def find_days(sentences: list[str], language: str, zone: str, issues: Issues) -> Days:
    """What the sentences say of opening and deadline; several different days are recorded, and none is taken."""
    said = [each for sentence in sentences for each in said_in(sentence, language, zone)]
    unusable = [s.candidate.sentence for s in said if s.kind == "unusable"]
    openings = _one([s.candidate for s in said if s.kind == "opening"], "opening", issues)
    ends = _deadlines([s.candidate for s in said if s.kind == "end"], issues)
    opening = openings[0] if openings else None
    if opening and ends and opening.moment.day > max(end.moment.day for end in ends):
        issues.add("opening", "the text names an opening after the deadline; it was left out", opening.sentence)
        opening = None
    named = any(s.kind == "end" for s in said)
    if unusable and not named:
        issues.add("deadlines", "the text names a deadline without year, or on no day of the calendar", unusable[0])
    endless = "" if named or unusable else next((s for s in sentences if _is_endless(s, language)), "")
    return Days(opening, ends, endless)


def _deadlines(candidates: list[Candidate], issues: Issues) -> tuple[Candidate, ...]:
    """The one deadline, or one for each of two stages; a deadline that was moved replaces all others."""
    candidates = [c for c in candidates if c.moved] or candidates
    staged = {stage: [c for c in candidates if c.moment.stage == stage] for stage in (1, 2)}
    if staged[1] and staged[2] and len(staged[1]) + len(staged[2]) == len(candidates):
        both = [_one(staged[stage], "deadlines", issues) for stage in (1, 2)]
        return (both[0][0], both[1][0]) if all(both) else ()
    return _one(candidates, "deadlines", issues)


def _one(candidates: list[Candidate], field: str, issues: Issues) -> tuple[Candidate, ...]:
    """The candidate that all agree on, the most precise of them; none, with an issue, when they do not agree."""
    if not candidates:
        return ()
    precise = [c for c in candidates if c.moment.precision in (Precision.DAY, Precision.MINUTE)] or candidates
    days = sorted({c.moment.day for c in precise})
    times = {c.moment.time for c in precise if c.moment.time}
    if len(days) > 1 or any(not _holds(c.moment, days[0]) for c in candidates):
        listed = " | ".join(dict.fromkeys(c.moment.day.isoformat() for c in candidates))
        issues.add(field, "the text names several days, and not which of them counts", listed)
        return ()
    best = max(precise, key=lambda c: (c.moment.time is not None, c.moment.stage is not None))
    if len(times) > 1:
        issues.add(field, "the text names several times of day; the time was left out", best.sentence)
        best = best._replace(moment=best.moment._replace(time=None, zone=None, precision=Precision.DAY))
    return (best,)


def _holds(moment: Moment, day: date) -> bool:
    """The day lies in what is stated: a month, quarter or year holds all its days."""
    return moment.day <= day <= last_day(moment.day, moment.precision)


def _is_endless(sentence: str, language: str) -> bool:
    return (
        bool(says("endless", sentence, language))
        and bool(says("apply", sentence, language) or says("end", sentence, language) or "closing date" in sentence)
        and not says("other", sentence, language)
    )
