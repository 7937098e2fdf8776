"""How long a project may last, in months. Passes over delays, extensions and stays of single persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from crawler.criteria.clauses import Clause
from crawler.criteria.found import HEDGED, Found
from crawler.criteria.numbers import number
from crawler.criteria.vocabulary import facts, patterns
from matcher.model import CriterionKind as Kind

_P = patterns("duration")
TRIGGER: tuple[str, ...] = tuple(facts("duration")["trigger"])
_HALF = re.compile(r"\d{1,2}[.,]5")


def read(clause: Clause) -> Iterator[Found]:
    """The shortest and the longest project."""
    said = clause.said
    if any(_P["about"].search(words) for words in (said, *clause.headings[-1:])):
        found = tuple(_lengths(said))
        if found and not _P["other"].search(said):
            yield from found


def _lengths(said: str) -> Iterator[Found]:
    span = _P["range"].search(said)
    if span and (months := _span(span))[0] < months[1]:
        yield _found(Kind.DURATION_MIN, months[0])
        yield _found(Kind.DURATION_MAX, months[1])
        return
    ends = tuple(_ends(said))
    yield from ends
    if not ends and (exact := _P["exact"].search(said)):
        sure = HEDGED if _P["guess"].search(said) else 1.0
        most = _P["of_most"].search(said, 0, exact.start())
        for kind in (Kind.DURATION_MAX,) if most else (Kind.DURATION_MIN, Kind.DURATION_MAX):
            yield _found(kind, _months(exact["exact"], exact["units"]))._replace(sure=sure)


def _ends(said: str) -> Iterator[Found]:
    if least := _P["least"].search(said):
        yield _found(Kind.DURATION_MIN, _months(least["least"] or least["low"], least["units"] or least["lowunit"]))
    if most := _P["most"].search(said):
        count, unit = most["most"] or most["top"] or most["late"], most["units"] or most["topunit"] or most["lateunit"]
        yield _found(Kind.DURATION_MAX, _months(count, unit))


def _found(kind: Kind, months: int) -> Found:
    return Found(kind, (str(months),))


def _span(span: re.Match[str]) -> tuple[int, int]:
    return _months(span["low"], span["unit"] or span["units"]), _months(span["high"], span["units"])


def _months(count: str, unit: str) -> int:
    amount = Decimal(count.replace(",", ".")) if _HALF.fullmatch(count) else Decimal(number(count))
    return int(amount * 12) if unit.lower().startswith("year") else int(amount)
