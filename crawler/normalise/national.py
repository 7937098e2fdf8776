"""What a call of a national or regional programme says beyond any other -> its typed form, and issues."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from crawler.normalise.areas import understand_area
from crawler.normalise.fund_words import understand_funds_named
from crawler.normalise.issues import Issues
from crawler.normalise.links import safe_url
from crawler.normalise.phrases import fold
from crawler.normalise.text import clean_line
from crawler.source import RawCall, RawNational
from matcher.model import AmountShare, Authority, National, Place
from matcher.reference import Management, Programme, Reference

LABEL = re.compile(r"\b(?:kontak[tc]|contact|contatt|yhteyshenkil|επικοινων|υπεύθυν)\w*(?:\s\w+)?\s*:", re.IGNORECASE)
"""What stands before the person to ask."""
DETAIL = re.compile(
    r"\w@\w|\b(?:tel|tlf|puh|τηλ|mobil|phone|fax|e-?mail)\w{0,6}\s{0,3}[.:]|\+\d[\d\s()/-]{6,40}\d", re.IGNORECASE
)
SELECTION = Path(__file__).with_name("selection_words.yml")


def understand_national(raw: RawCall, language: str, issues: Issues) -> National | None:
    """The national part of a call; None for a call of the whole EU. Silence stays silence."""
    told = raw.national
    if told is None:
        return None
    return National(
        country=told.country,
        code=clean_line(raw.identifier),
        programme=clean_line(told.programme),
        priority=clean_line(told.priority),
        specific_objective=clean_line(told.specific_objective),
        area=understand_area(told.area, told.country, language, issues),
        mode=clean_line(told.mode),
        competitive=_selection_words().get(fold(clean_line(told.mode))),
        share=AmountShare(told.share) if told.share else None,
        authority=_authority(told, issues),
        place=Place(sha256=told.sha256, sheet=told.sheet, row=told.row) if told.sha256 else None,
    )


def national_programme(raw: RawCall, language: str, reference: Reference, issues: Issues) -> Programme | None:
    """The programme of the fund that a national call names first; None where it names none of the brief's funds.

    "ESF+" and "AMIF" are words for funds, though the Commission's own programmes have them for keys.
    """
    own = reference.by_key.get(raw.programme)
    if own is not None and own.management is Management.SHARED:
        return own
    told = raw.programme or (raw.national.programme if raw.national else "")
    keys = understand_funds_named((told,), language, issues)
    return reference.by_key[keys[0]] if keys else None


def _authority(told: RawNational, issues: Issues) -> Authority | None:
    name = _body(clean_line(told.institution), issues)
    if not name:
        return None
    return Authority(name=name, url=safe_url(told.institution_url, "institution_url", issues))


def _body(text: str, issues: Issues) -> str:
    """The name of a body without the person to ask there, of whom nothing is kept, not in the issue either."""
    label, detail = LABEL.search(text), DETAIL.search(text)
    if not (label or detail):
        return text
    name = text[: label.start()].rstrip(" ,;:(-–—/") if label else ""
    if not name or DETAIL.search(name):
        issues.add("institution", "a mail address or telephone number, of a person perhaps; the body is not kept", "")
        return ""
    return name


@cache
def _selection_words() -> dict[str, bool]:
    """Words for a way of selection -> whether it is competitive."""
    words = yaml.safe_load(SELECTION.read_text(encoding="utf-8"))
    return {word: meaning == "competitive" for meaning, listed in words.items() for word in listed}
