"""What the dates of one sentence of running text are: openings, deadlines or neither. Knows no other sentence.

A date of an event, of results, of a publication or of another call is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from crawler.normalise.clocks import read_clock
from crawler.normalise.date_words import beside, date_words, phrase
from crawler.normalise.moments import Moment, with_years
from crawler.normalise.numerals import Unclear
from crawler.normalise.prose_words import cue, cuts, says
from crawler.normalise.written_dates import Written, find_dates
from matcher.model import Precision

NEAR = 60
"""Characters before a date in which "until" must stand."""


MOVED_TO = frozenset(("auf", "den", "au", "al", "na", "dzień", "naar", "para", "la", "pe", "op", "på"))
"""Words between the old day and the new one of a deadline that was moved."""


class Candidate(NamedTuple):
    """A date that a sentence names as an opening or a deadline. `moved`: the sentence says it replaces another."""

    moment: Moment
    sentence: str
    moved: bool = False


class Said(NamedTuple):
    """`kind` is "opening" or "end"; "unusable" for a deadline that no calendar has, or that lacks its year."""

    kind: str
    candidate: Candidate


def said_in(sentence: str, language: str, zone: str) -> Iterator[Said]:
    """The openings and deadlines of one sentence."""
    if not re.search(r"\d", sentence) or not _may_matter(sentence, language):
        return
    moved = phrase("moved").search(sentence)
    if says("elsewhere", sentence, language) and not moved:
        return
    found = [w for w in find_dates(sentence, (language, "en")) if not (w.numeric and w.precision is Precision.MONTH)]
    usable = _dated(found)
    if found and not usable and says("end", sentence, language) and not says("other", sentence, language):
        yield Said("unusable", Candidate(Moment(date.min), sentence))
    groups = _groups(sentence, usable, bool(moved))
    pieces = cuts(sentence, [(group[0].start, group[-1].end) for group in groups])
    kinds: list[str] = []
    at = 0
    shifted: list[list[Written]] = []
    for piece, group in zip(pieces, groups, strict=True):
        shifted.append([w._replace(start=w.start - at, end=w.end - at) for w in group])
        kinds.append(_kind(piece, shifted[-1], sentence, kinds[-1] if kinds else "", language))
        at += len(piece)
    if moved and says("end", sentence, language):
        kinds = _moved(kinds, groups, sentence, moved.end())
    elif "" in kinds:
        kinds = ["other" if kind == "end" else kind for kind in kinds]  # whose the other date is, is not known
    for kind, piece, group in zip(kinds, pieces, shifted, strict=True):
        yield from _candidates(kind, piece, group, sentence, zone, bool(moved))


def _moved(kinds: list[str], groups: list[list[Written]], sentence: str, word: int) -> list[str]:
    """The kinds of the dates around "extended", which ends at `word`: the day right behind it is the deadline.

    Where that is none or another day as well, all are: several deadlines are none.
    """
    days = [at for at, kind in enumerate(kinds) if kind in ("end", "span", "")]
    if len(days) == 1 and kinds[days[0]]:
        return kinds
    new = [at for at in days if _is_right_behind(sentence, word, groups[at][0])]
    if len(new) == 1:
        others = ["other" if at in days else kind for at, kind in enumerate(kinds)]
        return [*others[: new[0]], "end", *others[new[0] + 1 :]]
    return ["end" if kind == "" and len(days) > 1 else kind for kind in kinds]


def _is_right_behind(sentence: str, word: int, written: Written) -> bool:
    if written.start < word:
        return False
    between = read_clock(sentence[word : written.start], "UTC", marked=True).rest
    return all(each.casefold() in beside() | MOVED_TO for each in re.findall(r"[^\W_]+", between))


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


def _groups(sentence: str, dates: list[Written], moved: bool) -> list[list[Written]]:
    """The dates, those that are the two ends of a span together."""
    groups: list[list[Written]] = []
    for written in dates:
        if groups and len(groups[-1]) == 1 and _is_span(sentence, groups[-1][0], written, moved):
            groups[-1].append(written)
        else:
            groups.append([written])
    return groups


def _is_span(sentence: str, one: Written, other: Written, moved: bool) -> bool:
    between = read_clock(sentence[one.end : other.start], "UTC", marked=True).rest
    words = [word for word in re.split(r"[\s,().]+", between.casefold()) if word]
    spans = {word for entry in date_words()["span"] for word in entry.casefold().split()}
    if moved and words and all(word in spans | MOVED_TO for word in words):
        return True
    if words and set(words) & spans:
        return all(word in spans or word in beside() for word in words)
    ahead = sentence[max(0, one.start - 20) : one.start]
    return (
        bool(re.search(r"\b(?:between|zwischen|entre|tra|fra|tussen|między|mellan|mellem)\b", ahead))
        and len(words) == 1
    )


def _kind(piece: str, group: list[Written], sentence: str, before: str, language: str) -> str:
    """What the dates of a piece are: "end", "opening", "span" of both, or "" for anything else."""
    if says("other", piece, language) or says("elsewhere", piece, language):
        return "other"
    is_about_applying = bool(says("apply", sentence, language) or says("end", sentence, language))
    if len(group) == 2:
        return "span" if is_about_applying or says("opening", piece, language) else "other"
    staged = any(phrase("stages", stage).search(piece) for stage in (1, 2))
    if is_about_applying and _is_until(piece, group[0], language):
        return "end"  # the word beside the date decides: "opened the call; apply by"
    is_end = says("end", piece, language)
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


def _candidates(kind: str, piece: str, group: list[Written], sentence: str, zone: str, moved: bool) -> Iterator[Said]:
    if len(group) == 2:
        first = group[0]
        piece = piece[: first.start] + " " * (first.end - first.start) + piece[first.end :]
    last = _candidate(piece, group[-1], sentence, zone, moved)
    if kind == "span":
        if not moved:
            yield Said("opening", _candidate("", group[0], sentence, zone, False))
        yield Said("end", last)
    elif kind in ("end", "opening"):
        yield Said(kind, last)


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
