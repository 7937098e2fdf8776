"""Letters as they are searched for: ligatures, blanks, hyphens and control characters of documents. Pure."""

from __future__ import annotations

import re
from string import digits

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u2011": "-",  # does not break
    "\u2010": "-",
    "\x02": "-",  # PDFium's word for a hyphen at the end of a line
    "\ufffe": "-",
    "\uf0b7": "•",  # bullets of symbol fonts, which Unicode does not know
    "\uf0a7": "▪",
    "\uf0d8": "▪",
    "\uf02d": "–",
}
_FORMS = re.compile("[" + re.escape("".join(LIGATURES)) + "]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
LEADERS = {".": 4, "…": 2, "_": 4}
"""Signs that lead to the page number in a table of contents, and how many of them are no chance."""
_COMPOUND = re.compile(
    r"(?:^|[\s(/-])(?:\w+-)?(?:non|co|self|pre|post|sub|re|multi|inter|trans|cross|ex|anti|so|[a-z])-$", re.I
)
MARKS = "•·◦▪■●‣⁃➢✓-–—*"
_MARK = re.compile(rf"^(?:[{re.escape(MARKS)}]|o(?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"^(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.)\s+(?=\S)")


def clean(text: str) -> str:
    """One line: ligatures taken apart, every blank an ordinary one, nothing invisible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_UNSEEN.sub("", _FORMS.sub(lambda found: LIGATURES[found[0]], text)).split())


def without_leader(text: str) -> tuple[str, bool]:
    """A line of a table of contents without its dots and page number, and whether it was one."""
    told = text.rstrip()
    words = told.rstrip(digits)
    if len(told) - len(words) <= 4:
        for sign, least in LEADERS.items():
            before = words.rstrip(f"{sign} ")
            if words.count(sign, len(before)) >= least:
                return before, True
    return text, False


def joined(first: str, second: str) -> str:
    """Two lines of a paragraph as one; a word divided at the end of the first is made whole.

    A hyphen stays where the second part begins with a capital or a digit ("EU-Programme"), and after a part that
    is commonly followed by one ("non-profit", "co-applicant").
    """
    if not first.endswith("-") or first.endswith((" -", "--")) or not second[:1].islower() or len(first) < 2:
        glue = "" if first.endswith("-") and not first.endswith(" -") and second[:1].isalnum() else " "
        return f"{first}{glue}{second}"
    return f"{first}{second}" if _COMPOUND.search(first[-24:]) else f"{first[:-1]}{second}"


def as_item(text: str) -> str | None:
    """A list item with its mark as a dash, or with its number as it is; None for what is no item."""
    if found := _MARK.match(text):
        rest = text[found.end() :]
        return f"- {rest}" if found.end() < len(text) and (text[1:2].isspace() or found[0][0] not in "-–—*") else None
    return text if _NUMBER.match(text) else None
