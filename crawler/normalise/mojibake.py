"""Repairs UTF-8 that somebody read as Windows-1252 ("â€™" for "’") or as DOS text ("ΓÇÖ"), where that is certain."""

from __future__ import annotations

import codecs
import re

C1 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes without a character in Windows-1252; readers pass them through."""
WINDOWS = codecs.charmap_build(
    "".join(chr(code) if code in C1 else bytes([code]).decode("cp1252") for code in range(256))
)
DOS = codecs.charmap_build(bytes(range(256)).decode("cp437"))

LEADS = "ÂÃÄÅâΓ├┬"
SUSPECT = re.compile(rf"[{LEADS}][^\x00-\x7f]")
PUNCTUATION = re.compile(r"â(?:€.|[„†‰–—˜™].)|Â[\xa0-\xbf]|ΓÇ.|├[^\x00-\x7f]", re.DOTALL)
"""Sequences nobody writes: general punctuation, arrows, and Latin-1 signs as they look when misread."""
QUOTED = re.compile(r"[ÃÂ][‘’“”](?!\w)")
"""A capital letter in front of a closing quotation mark may well be meant."""


def repair(text: str) -> str:
    """The text with misread sequences put right; whatever is in doubt stays as it is."""
    if text.isascii() or not any(sign in text for sign in LEADS) or not SUSPECT.search(text):
        return text
    return _as_a_whole(text) or "".join(_repair_line(line) for line in text.splitlines(keepends=True))


def _repair_line(line: str) -> str:
    if not SUSPECT.search(line):
        return line
    return _as_a_whole(line) or PUNCTUATION.sub(_put_right, line)


def _as_a_whole(text: str) -> str | None:
    """A text of which every foreign character is part of a misread sequence."""
    return None if QUOTED.search(text) else _decoded(text, DOS if "Γ" in text or "├" in text else WINDOWS)


def _put_right(found: re.Match[str]) -> str:
    return _decoded(found[0], WINDOWS) or _decoded(found[0], DOS) or found[0]


def _decoded(text: str, misreading: object) -> str | None:
    """The text that was misread in this way; None when not every foreign character fits."""
    try:
        return codecs.charmap_encode(text, "strict", misreading)[0].decode("utf-8")  # type: ignore[arg-type]
    except UnicodeError:
        return None
