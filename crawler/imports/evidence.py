"""What the values of a column tell of the field they belong to. Pure; knows nothing of headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from crawler.normalise.applicant_words import understand_applicant_words
from crawler.normalise.areas import understand_area
from crawler.normalise.date_words import phrase
from crawler.normalise.fund_words import understand_funds_named
from crawler.normalise.issues import Issues
from crawler.normalise.moments import read_moments
from crawler.normalise.numerals import Unclear
from crawler.timetables.entries import EPOCH
from crawler.timetables.mapping import DATES, Field

LOOKED_AT = 12
UNIX_EPOCH, SHEET_EPOCH = date(1970, 1, 1).toordinal(), date(1899, 12, 30).toordinal()
SERIAL = re.compile(r"[2-7]\d{4}")
"""A day between 1954 and 2119 as spreadsheet programs count."""
NUMBER = re.compile(r"(?:[€$£]|[A-Z]{3}\s)?\s?\d[\d\s.,'’\u00a0]*(?:[^\d\s]{1,12}\s?){0,3}")
PERCENT = re.compile(r"(?:100|\d{1,2})(?:[.,]\d+)?\s?%?")
WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
CURRENCY = re.compile(r"[A-Z]{3}|[€$£]|zł|Kč|Ft|лв\.?|lei|kr\.?")
CODE = re.compile(r"(?=\S*\d)\S{2,40}")
LONG_TEXT = 150
AGAINST = -1.0

Weight = dict[Field, float]


def evidence(values: Sequence[str], country: str, language: str) -> Weight:
    """Field -> what speaks for it (above 0) or against it (below 0), on the scale of likenesses of meaning; nothing
    where there are no values."""
    if not values:
        return {}
    if _counts(values):
        return dict.fromkeys(Field, AGAINST)
    some = list(dict.fromkeys(values))[:LOOKED_AT]
    days = _share(some, lambda text: _is_day(text, language))
    numbers = 0.0 if days > 0.5 else _share(some, lambda text: bool(NUMBER.fullmatch(text)))
    percents = _share(some, lambda text: bool(PERCENT.fullmatch(text)))
    webs = _share(some, lambda text: bool(WEB.fullmatch(text)))
    codes = _share(some, lambda text: bool(CODE.fullmatch(text))) * (len(set(values)) > 0.8 * len(values))
    words = sum(len(text.split()) for text in some) / len(some)
    length = sum(map(len, some)) / len(some)
    plain = days < 0.5 and numbers < 0.5 and webs < 0.5
    weights = dict.fromkeys(Field, 0.0 if plain else -0.15)
    weights |= dict.fromkeys(DATES, 0.12 * days - 0.15 * (1 - days))
    weights |= dict.fromkeys((Field.URL, Field.INSTITUTION_URL), 0.1 * webs - 0.2 * (1 - webs))
    weights[Field.BUDGET] = 0.08 * numbers - 0.15 * (1 - numbers) - 0.05 * percents
    weights[Field.RATE_PERCENT] = 0.08 * percents - 0.2 * (1 - percents)
    weights[Field.CURRENCY] = 0.1 if all(map(CURRENCY.fullmatch, some)) else -0.2
    weights[Field.CODE] = 0.06 * codes - 0.12 * (1 - codes) - 0.15 * days - 0.15 * webs
    if plain:
        names = _share(some, lambda text: bool(_understood_funds(text, language)))
        weights[Field.FUND] += 0.1 * names - 0.04 * (1 - names)
        weights[Field.AREA] += 0.08 * _share(some, lambda text: _is_area(text, country, language))
        weights[Field.APPLICANTS] += 0.08 * _share(some, lambda text: _are_applicants(text, language))
        distinct = len(set(values)) > 0.8 * len(values)
        weights[Field.TITLE] += 0.04 if distinct and words >= 2 else -0.06
        weights[Field.DESCRIPTION] += 0.03 if length > LONG_TEXT else -0.01
    return weights


def middle_day(values: Sequence[str], language: str) -> int | None:
    """The middle one of a column's days, as a proleptic ordinal; None where fewer than half of its values are days."""
    days = sorted(day for text in values[:LOOKED_AT] if (day := _ordinal(text, language)) is not None)
    return days[len(days) // 2] if days and 2 * len(days) >= len(values[:LOOKED_AT]) else None


def _ordinal(text: str, language: str) -> int | None:
    if EPOCH.fullmatch(text):
        return UNIX_EPOCH + int(text) // 86_400_000
    if SERIAL.fullmatch(text):
        return SHEET_EPOCH + int(text)
    try:
        return read_moments(text, language, "")[0].day.toordinal()
    except Unclear:
        return None


def _counts(values: Sequence[str]) -> bool:
    """Whether the column only numbers the rows."""
    numbers = [int(text.rstrip(".")) for text in values if re.fullmatch(r"\d{1,5}\.?", text)]
    return len(numbers) == len(values) > 1 and all(after == before + 1 for before, after in pairwise(numbers))


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts)


def _is_day(text: str, language: str) -> bool:
    if EPOCH.fullmatch(text) or SERIAL.fullmatch(text) or (len(text) < 60 and phrase("rolling").search(text)):
        return True
    if len(text) > 60 or not re.search(r"20[2-4]\d", text):
        return False
    try:
        return bool(read_moments(text, language, ""))
    except Unclear:
        return False


def _understood_funds(text: str, language: str) -> bool:
    return bool(understand_funds_named((text,), language, Issues("")))


def _is_area(text: str, country: str, language: str) -> bool:
    return bool(understand_area((text,), country, language, Issues("")).codes)


def _are_applicants(text: str, language: str) -> bool:
    return bool(understand_applicant_words((text,), language, Issues("")).kinds)
