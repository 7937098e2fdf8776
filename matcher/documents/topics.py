"""Of which topic a place of a document speaks, by the codes in its headings and rows. Knows no call and no change."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CODE = re.compile(r"\b[A-Z][A-Z0-9+]+(?:[-‑–][A-Z0-9+]+)*[-‑–]20\d\d(?:[-‑–][A-Z0-9+]+)+\b")
"""The portal's codes of topics hold a year: AMIF-2025-TF2-AG-INTE-02-HEALTH."""
_CELLS = " | "


def is_named(text: str, topic: str) -> bool:
    """Whether a document tells of that topic at all; if not, it may know it by another name."""
    return topic.upper() in _codes(text)


def is_of_another(section: Sequence[str], sentence: str, topic: str) -> bool:
    """Whether the row of a table, or else the nearest heading that names topics, names only others.

    The code of the whole call, with which the topic's begins, names all of its topics. What a sentence of running
    text names is no sign: it can speak of another topic in passing.
    """
    row = sentence.partition(_CELLS)[0] if _CELLS in sentence else ""
    named = next((codes for words in (row, *reversed(section)) if (codes := _codes(words))), frozenset())
    own = topic.upper()
    return bool(named) and not any(own == code or own.startswith(f"{code}-") for code in named)


def _codes(text: str) -> frozenset[str]:
    return frozenset(re.sub("[‑–]", "-", found[0]).upper() for found in _CODE.finditer(text))
