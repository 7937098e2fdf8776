"""Repairs UTF-8 that somebody read as Windows-1252 ("â€™" for "’") or as DOS text ("ΓÇÖ"), where that is certain."""

from __future__ import annotations

import re

C1 = {chr(code): bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes without a character in Windows-1252; readers pass them through."""
SIGNS = re.compile("[âÃÂÄÅΓ├┬]")
FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
SINGLE = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
PUNCTUATION = re.compile(r"â(?:€.|[„†‰–—˜™].)|Â[\xa0-\xbf]|ΓÇ.|├[^\x00-\x7f]", re.DOTALL)
"""Sequences nobody writes: general punctuation, arrows, and Latin-1 signs as they look when misread."""
QUOTED = re.compile(r"[ÃÂ][‘’“”](?!\w)")
"""A capital letter in front of a closing quotation mark may well be meant."""


def repair(text: str) -> str:
    """The text with misread sequences put right; whatever is in doubt stays as it is."""
    if text.isascii() or not SIGNS.search(text):
        return text
    return "".join(_repair_line(line) for line in text.splitlines(keepends=True))


def _repair_line(line: str) -> str:
    runs = FOREIGN.findall(line)
    if runs and not SINGLE.search(line) and not QUOTED.search(line) and all(_decoded(run) is not None for run in runs):
        return FOREIGN.sub(_put_right, line)
    return PUNCTUATION.sub(_put_right, line)


def _put_right(found: re.Match[str]) -> str:
    return _decoded(found[0]) or found[0]


def _decoded(run: str) -> str | None:
    codec = "cp437" if run[0] in "Γ├┬" else "cp1252"
    try:
        return b"".join(C1.get(sign) or sign.encode(codec) for sign in run).decode("utf-8")
    except UnicodeError:
        return None
