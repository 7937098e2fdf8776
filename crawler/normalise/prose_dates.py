"""Finds in running text the day a call opens and the last day for proposals: only what a sentence says plainly.

A date of an event, of results or of a publication is none of them; two different candidates are none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from crawler.normalise.clocks import read_clock
from crawler.normalise.date_words import any_of, beside, date_words, phrase
from crawler.normalise.issues import Issues
from crawler.normalise.moments import Moment, with_years
from crawler.normalise.numerals import Unclear
from crawler.normalise.prose_words import cue, cuts, says
from crawler.normalise.written_dates import Written, find_dates
from matcher.model import Precision

NEAR = 60
"""Characters before a date in which "until" must stand."""


class Candidate(NamedTuple):
    """A date that a sentence names as an opening or a deadline. `moved`: the sentence says it replaces another."""

    moment: Moment
    sentence: str
    moved: bool = False


class Days(NamedTuple):
    opening: Candidate | None = None
    deadlines: tuple[Candidate, ...] = ()
    endless: str = ""
    """The sentence that says that the call has no end."""


class _Said(NamedTuple):
    kind: str
    candidate: Candidate


def find_days(sentences: list[str], language: str, zone: str, issues: Issues) -> Days:
    """What the sentences say of opening and deadline; several different days are recorded, and none is taken."""
    said = [each for sentence in sentences for each in _said(sentence, language, zone)]
    openings = _one([s.candidate for s in said if s.kind == "opening"], "opening", issues)
    ends = _deadlines([s.candidate for s in said if s.kind == "end"], issues)
    opening = openings[0] if openings else None
    if opening and ends and opening.moment.day > max(end.moment.day for end in ends):
        issues.add("opening", "the text names an opening after the deadline; it was left out", opening.sentence)
        opening = None
    named = any(s.kind == "end" for s in said)
    endless = "" if named else next((s for s in sentences if _is_endless(s, language)), "")
    return Days(opening, ends, endless)


def _said(sentence: str, language: str, zone: str) -> Iterator[_Said]:
    """The openings and deadlines of one sentence."""
    if not re.search(r"\d", sentence) or not _may_matter(sentence, language):
        return
    found = [w for w in find_dates(sentence, (language, "en")) if not (w.numeric and w.precision is Precision.MONTH)]
    groups = _groups(sentence, _dated(found))
    pieces = cuts(sentence, [(group[0].start, group[-1].end) for group in groups])
    kind, at = "", 0
    for piece, group in zip(pieces, groups, strict=True):
        shifted = [w._replace(start=w.start - at, end=w.end - at) for w in group]
        at += len(piece)
        kind = _kind(piece, shifted, sentence, kind, language)
        yield from _candidates(kind, piece, shifted, sentence, zone)


def _may_matter(sentence: str, language: str) -> bool:
    is_staged = any(phrase("stages", stage).search(sentence) for stage in (1, 2))
    return is_staged or any(says(key, sentence, language) for key in ("end", "opening", "apply"))


def _dated(found: list[Written]) -> list[Written]:
    """The dates that can be used; days without a year take that of the next date, or are left out."""
    usable: list[Written] = []
    for written in reversed([w for w in found if w.day is not None]):
        try:
            usable = with_years([written, *usable])
        except Unclear:
            continue
    return usable


def _groups(sentence: str, dates: list[Written]) -> list[list[Written]]:
    """The dates, those that are the two ends of a span together."""
    groups: list[list[Written]] = []
    for written in dates:
        if groups and len(groups[-1]) == 1 and _is_span(sentence, groups[-1][0], written):
            groups[-1].append(written)
        else:
            groups.append([written])
    return groups


def _is_span(sentence: str, one: Written, other: Written) -> bool:
    between = read_clock(sentence[one.end : other.start], "UTC", marked=True).rest
    words = [word for word in re.split(r"[\s,()]+", between.casefold()) if word]
    spans = set(date_words()["span"])
    if words and set(words) & spans:
        return all(word in spans or word in beside() for word in words)
    ahead = sentence[max(0, one.start - 20) : one.start]
    return (
        bool(re.search(r"\b(?:between|zwischen|entre|tra|fra|tussen|między|mellan|mellem)\b", ahead))
        and len(words) == 1
    )


def _kind(piece: str, group: list[Written], sentence: str, before: str, language: str) -> str:
    """What the dates of a piece are: "end", "opening", "span" of both, or "" for anything else."""
    if says("other", piece, language):
        return "other"
    is_about_applying = bool(says("apply", sentence, language) or says("end", sentence, language))
    if len(group) == 2:
        return "span" if is_about_applying or says("opening", piece, language) else "other"
    staged = any(phrase("stages", stage).search(piece) for stage in (1, 2))
    is_end = says("end", piece, language) or (is_about_applying and _is_until(piece, group[0], language))
    opens = says("opening", piece[: group[0].start], language)
    if is_end and opens:
        end = says("end", piece[: group[0].start], language)
        return "opening" if not end or opens.start() > end.start() else "end"
    if is_end or (staged and not opens):
        return "end"
    if opens:
        return "opening"
    bare = re.sub(r"\W+", " ", piece[: group[0].start]).split()
    return before if all(word.casefold() in beside() for word in bare) else ""


def _is_until(piece: str, written: Written, language: str) -> bool:
    """A word for "until" stands right before the date, with nothing but a time of day between, or right behind it."""
    pattern = cue("until", language)
    ahead = read_clock(piece[max(0, written.start - NEAR) : written.start], "UTC", marked=True).rest
    for found in pattern.finditer(ahead) if pattern else ():
        between = re.findall(r"[^\W_]+", ahead[found.end() :])
        if all(word.casefold() in beside() for word in between):
            return True
    behind = cue("till", language)
    glued = piece[: written.end].endswith("ig") or re.match(r"-?ig\b", piece[written.end :])
    return bool(glued and language == "hu") or bool(behind and behind.match(piece[written.end :].lstrip(" ,.")))


def _candidates(kind: str, piece: str, group: list[Written], sentence: str, zone: str) -> Iterator[_Said]:
    moved = bool(re.search(any_of(date_words()["moved"]), sentence, re.IGNORECASE))
    if len(group) == 2:
        first = group[0]
        piece = piece[: first.start] + " " * (first.end - first.start) + piece[first.end :]
    last = _candidate(piece, group[-1], sentence, zone, moved)
    if kind == "span":
        if not moved:
            yield _Said("opening", _candidate("", group[0], sentence, zone, False))
        yield _Said("end", last)
    elif kind in ("end", "opening"):
        yield _Said(kind, last)


def _candidate(piece: str, written: Written, sentence: str, zone: str, moved: bool) -> Candidate:
    assert written.day is not None
    stages = [stage for stage in (1, 2) if phrase("stages", stage).search(piece)]
    stage = stages[0] if len(stages) == 1 else None
    clock = read_clock(piece[: written.start] + "   " + piece[written.end :], zone, marked=True)
    if clock.at and written.precision is Precision.DAY:
        moment = Moment(written.day, clock.at, clock.zone, Precision.MINUTE, stage)
    else:
        moment = Moment(written.day, precision=written.precision, stage=stage)
    return Candidate(moment, sentence, moved)


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
    from matcher.model import last_day

    return moment.day <= day <= last_day(moment.day, moment.precision)


def _is_endless(sentence: str, language: str) -> bool:
    return (
        bool(says("endless", sentence, language))
        and bool(says("apply", sentence, language) or says("end", sentence, language) or "closing date" in sentence)
        and not says("other", sentence, language)
    )
