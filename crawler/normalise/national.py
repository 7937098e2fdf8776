"""What a call of a national or regional programme says beyond any other -> its typed form, and issues."""

from __future__ import annotations

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
    name = clean_line(told.institution)
    if not name:
        return None
    return Authority(name=name, url=safe_url(told.institution_url, "institution_url", issues))


@cache
def _selection_words() -> dict[str, bool]:
    """Words for a way of selection -> whether it is competitive."""
    words = yaml.safe_load(SELECTION.read_text(encoding="utf-8"))
    return {word: meaning == "competitive" for meaning, listed in words.items() for word in listed}
