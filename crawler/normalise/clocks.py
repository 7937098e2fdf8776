"""Finds the time of day and the time zone that a text names beside a date. Knows no date."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from crawler.normalise.date_words import any_of, date_words, phrase

BRUSSELS = "Europe/Brussels"
LAST_MINUTE = time(23, 59)
"""What 24:00 becomes: the last minute in which a proposal is in time; 00:00 of the next day would name another day."""
MIDNIGHT = "midnight, and not said at which end of the day; the time was left out"
SEVERAL = "several times of day; the time was left out"
NO_ZONE = "an offset is no zone, for GMT+1 is written for Brussels in summer too; the time stands without zone"
IANA = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+\b")
OFFSET = re.compile(r"\b(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d{2})?\b", re.IGNORECASE)


class Clock(NamedTuple):
    """What a text says of the time of day; `rest` is the text without it, `doubt` why it was not taken in full."""

    at: time | None
    zone: str | None
    rest: str
    doubt: str = ""


def read_clock(text: str, zone: str, marked: bool = False) -> Clock:
    """The one time of day in a text that has no date left in it, in `zone` unless the text names another.

    An empty `zone` is not known: the time stands without one.
    `marked`: a time with a dot (17.00) needs a word for hours beside it, as it must in prose.
    """
    named, doubt, rest = _zone(text)
    midnight = phrase("midnight").search(rest)
    noon = phrase("noon").search(rest)
    times = [(found, _time(found)) for found in _times().finditer(rest) if not marked or _is_marked(found, named)]
    for found in (midnight, noon, *(match for match, _ in times)):
        rest = _without(rest, found)
    stated = {at for _, at in times} | ({time(12)} if noon else set())
    if midnight and stated <= {time(0), LAST_MINUTE, time(12)}:
        if LAST_MINUTE not in stated:
            return Clock(None, None, rest, MIDNIGHT)
        return Clock(LAST_MINUTE, named or zone or None, rest)
    if not stated:
        return Clock(None, None, rest)
    if len(stated) > 1 or None in stated or midnight:
        return Clock(None, None, rest, SEVERAL)
    at = stated.pop()
    if at == time(0):
        return Clock(None, None, rest, MIDNIGHT)
    return Clock(at, None if doubt else named or zone or None, rest, doubt)


def _zone(text: str) -> tuple[str | None, str, str]:
    """The zone that a text names, why it cannot be used, and the text without it."""
    patterns = [(_brussels(), BRUSSELS), *((phrase("zones", name), name) for name in date_words()["zones"])]
    zones = {found for found in IANA.findall(text) if found in available_timezones()}
    rest = IANA.sub(" ", text)
    offset = OFFSET.search(rest)
    rest = _without(rest, offset)
    for pattern, name in patterns:
        for found in list(pattern.finditer(rest)):
            zones.add(name)
            rest = _without(rest, found)
    doubt = NO_ZONE if offset and not zones else ""
    if len(zones) > 1 and len({_offsets(name) for name in zones}) == 1:
        zones = {min(zones)}  # CET (Paris time): the same clock
    if len(zones) > 1:
        return None, f"two time zones ({', '.join(sorted(zones))}); the time stands without zone", rest
    return next(iter(zones), None), doubt, rest


@cache
def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    """From UTC, in winter and in summer."""
    return tuple(ZoneInfo(zone).utcoffset(datetime(2026, month, 1)) for month in (1, 7))


@cache
def _brussels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(date_words()['brussels'])})[\w’'-]*", re.IGNORECASE)


@cache
def _times() -> re.Pattern[str]:
    """17:00, 17.00, 17h00, 17:00:00, 5 PM, 5:30 p.m., 17 h, 17 Uhr, klo 17."""
    words = date_words()
    greek = rf"(?P<before_noon>{any_of(words['before_noon'])})|(?P<after_noon>{any_of(words['after_noon'])})"
    half = rf"(?:(?P<half>[ap])\.?\s?m|{greek})(?!\w)\.?"
    after = rf"(?P<word>(?:{any_of(words['hour'])})(?!\w)\.?)"
    before = rf"(?P<lead>(?<!\w)(?:{any_of(words['before_hour'])})(?!\w)\.?\s*)?"
    minutes = r"(?P<mark>\s?[:.h]\s?|\s[hH]\s)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    return re.compile(
        rf"{before}(?<![\d.,:/€$£-])(?P<hour>\d{{1,2}})(?:{minutes}|(?!\s?[:.,h]?\d))(?![%€]|\s[%€])\.?\s?(?:{half}\s?)?(?:{after})?",
        re.IGNORECASE,
    )


def _is_marked(found: re.Match[str], zone: str | None) -> bool:
    """In prose a number is a time of day if it looks like one: a colon or h, or a word for hours or a zone with it."""
    mark = (found["mark"] or "").strip().lower()
    return mark in (":", "h") or bool(_half(found) or found["word"]) or bool(mark and (found["lead"] or zone))


def _time(found: re.Match[str]) -> time | None:
    """The time of day of a match; None for one that is none, or a bare number without any word for hours."""
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), _half(found)
    if not (found["minute"] or half or found["word"] or (found["lead"] or "").strip()):
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        return LAST_MINUTE
    return time(hour, minute) if hour < 24 else None


def _half(found: re.Match[str]) -> str:
    """a or p, where the half of the day is named."""
    if found["before_noon"] or found["after_noon"]:
        return "a" if found["before_noon"] else "p"
    return (found["half"] or "").lower()


def _without(text: str, found: re.Match[str] | None) -> str:
    """The text with blanks in place of a match, so that all else stays where it is."""
    return text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :] if found else text
