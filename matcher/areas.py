"""Regions of the EU: which NUTS code lies in which, and whether a call's area covers an organisation's place. Pure."""

from __future__ import annotations

from collections.abc import Collection

from matcher.model import Answer

PREFIXES = {"GR": "EL"}
"""ISO country -> the prefix of its NUTS codes, where Eurostat's differs."""


def covers(codes: Collection[str], narrower: bool, country: str, nuts: str | None) -> Answer:
    """Whether an area given as NUTS codes covers an organisation in a country, at the NUTS code `nuts` if it is known.

    "CZ" is all of Czechia. An organisation whose region is wider than the area, or not known, may lie in it or not; so
    may one in an area that is `narrower` than its codes. No codes: not known, unless the caller knows that the call is
    another country's. A region outside the country counts as not known.
    """
    if not codes:
        return Answer.UNKNOWN
    prefix = PREFIXES.get(country, country)
    own = nuts if nuts and nuts.startswith(prefix) else prefix
    if any(own.startswith(code) for code in codes):
        return Answer.UNKNOWN if narrower else Answer.MET
    return Answer.UNKNOWN if any(code.startswith(own) for code in codes) else Answer.NOT_MET
