"""How long a project may last, in months. Does not know delays, extensions and stays of single persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from crawler.criteria.clauses import Clause
from crawler.criteria.found import Found
from crawler.criteria.numbers import COUNT, number
from matcher.model import CriterionKind as Kind

TRIGGER = re.compile(r"\bmonths?\b|\byears?\b", re.IGNORECASE)
_N = rf"(?:\d{{1,2}}[.,]5|{COUNT})"
_UNIT = r"(?:months?|years?)"
_ABOUT = re.compile(
    r"duration|\b(?:projects?|actions?|proposals?)\b[^.;]{0,60}\b(?:last|exceed|range|run|be (?:completed|implemented|carried out))"
    r"|implementation period|\blength of (?:the )?project",
    re.IGNORECASE,
)
_NOT_PROJECT = re.compile(
    r"secondment|placement|internship|traineeship|mobilit(?:y|ies)|\bvisit|\bstay|within \w+ months|extension of|extended by"
    r"|after the (?:end|deadline|submission)|before the|time[ -]to[ -]grant|reporting period|\bprior to|experience|fellow|last \w+ (?:months|years)"
    r"|preparat|archiv|keep |records|training",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:(?:between|from|range|of) )?(?P<low>{_N}) ?(?P<unit>{_UNIT})? ?(?:-|–|to|and|up to|to a maximum of) ?(?:a maximum of )?(?P<high>{_N}) ?(?P<units>{_UNIT})",
    re.IGNORECASE,
)
_MOST = re.compile(
    rf"(?:not (?:normally )?exceed|no (?:longer|more) than|not (?:last )?(?:longer|more) than|up to|maximum(?: (?:project )?duration)?(?: of (?:the )?(?:project|action)s?)?"
    rf"(?: is| shall be| must be)?:?(?: of)?|at most|max\.) (?P<most>{_N}) ?(?P<units>{_UNIT})"
    rf"|(?P<late>{_N}) ?(?P<lateunit>{_UNIT}) (?:maximum|at most|max\b)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"(?:at least|no (?:shorter|less) than|not (?:be )?(?:shorter|less) than|minimum(?: (?:project )?duration)?(?: of (?:the )?(?:project|action)s?)?"
    rf"(?: is| shall be| must be)?:?(?: of)?) (?P<least>{_N}) ?(?P<units>{_UNIT})",
    re.IGNORECASE,
)
_EXACT = re.compile(
    rf"duration(?: of (?:the )?(?:projects?|actions?))? (?:must be|shall be|is set at|is fixed at|is|:) (?P<exact>{_N}) ?(?P<units>{_UNIT})",
    re.IGNORECASE,
)


def read(clause: Clause) -> Iterator[Found]:
    """The shortest and the longest project."""
    said = clause.said
    if not (_ABOUT.search(said) or _ABOUT.search(" ".join(clause.headings[-1:]))) or _NOT_PROJECT.search(said):
        return
    if span := _RANGE.search(said):
        unit = span["unit"] or span["units"]
        low, high = _months(span["low"], unit), _months(span["high"], span["units"])
        if low < high:
            yield Found(Kind.DURATION_MIN, (str(low),))
            yield Found(Kind.DURATION_MAX, (str(high),))
            return
    if exact := _EXACT.search(said):
        months = _months(exact["exact"], exact["units"])
        yield Found(Kind.DURATION_MIN, (str(months),))
        yield Found(Kind.DURATION_MAX, (str(months),))
        return
    if least := _LEAST.search(said):
        yield Found(Kind.DURATION_MIN, (str(_months(least["least"], least["units"])),))
    if most := _MOST.search(said):
        yield Found(Kind.DURATION_MAX, (str(_months(most["most"] or most["late"], most["units"] or most["lateunit"])),))


def _months(count: str, unit: str) -> int:
    amount = Decimal(count.replace(",", ".")) if re.fullmatch(r"\d{1,2}[.,]5", count) else Decimal(number(count))
    return int(amount * 12) if unit.lower().startswith("year") else int(amount)
