"""Country codes as they are inside: ISO 3166-1 alpha-2, and XK for Kosovo. Knows no programme."""

from __future__ import annotations

from functools import cache

import pycountry

ALIASES = {"EL": "GR", "UK": "GB"}
"""The EU's own codes."""


@cache
def known_codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}


def country_code(text: str) -> str:
    """The ISO code meant by a code, EL and UK included. Raises ValueError for what is no country's code."""
    code = ALIASES.get(text, text)
    if code not in known_codes():
        raise ValueError(f"{text!r} is no country's code; allowed: two capital letters of ISO 3166-1, EL, UK, XK")
    return code
