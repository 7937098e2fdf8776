"""What a document is for a call, and what it says of itself: role, title, version, language. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from crawler.documents.blocks import Block, Kind, Reading
from crawler.documents.letters import clean
from matcher.model import DocumentRole

FIRST_WORDS = 1500
"""Characters at the beginning in which a document says what it is."""
LONGEST_TITLE = 200

ROLES = Path(__file__).with_name("roles.yml")
_VERSION = re.compile(r"\bversion\s*[:.]?\s*(?:no\.?\s*)?v?(\d{1,2}(?:\.\d{1,2}){0,2})\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+20\d\d"
    r"|\d{1,2}[./]\d{1,2}[./]20\d\d)\b"
)
_NO_TITLE = re.compile(
    r"^(?:microsoft word\b.*|untitled.*|.*\.(?:docx?|pdf|indd)|european commission|document\d*|\W*)$", re.IGNORECASE
)
_URL_LANGUAGE = re.compile(r"[_/-]([a-z]{2})(?:\.\w{3,4})?(?:[?#].*)?$")
_LANGUAGES = frozenset(re.findall("..", "bgcsdadeelenesetfifrgahrhuitltlvmtnlplptroskslsv"))
"""The official languages of the EU, ISO 639-1."""


def role_of(label: str, url: str, reading: Reading) -> DocumentRole:
    """By its address, then by the words of the link, then by its own first words."""
    known = _roles()
    address = url.lower().rsplit("?", 1)[0]
    asked = [("address", address), ("words", label), ("words", first_words(reading))]
    found = (role for where, text in asked for role, words in known[where] if text and words.search(text))
    return next(found, DocumentRole.OTHER)


@cache
def _roles() -> dict[str, list[tuple[DocumentRole, re.Pattern[str]]]]:
    told = yaml.safe_load(ROLES.read_text(encoding="utf-8"))
    return {
        where: [(DocumentRole(one["role"]), re.compile("|".join(one["words"]), re.IGNORECASE)) for one in entries]
        for where, entries in told.items()
    }


def first_words(reading: Reading) -> str:
    """What stands on the first page, as far as a reader looks to know what it is."""
    return "\n".join(block.text for block in _first_blocks(reading))[:FIRST_WORDS]


def title_of(reading: Reading, label: str) -> str:
    """The highest headings of the first page, else what the file's properties or the link say."""
    blocks = _first_blocks(reading)[:12]
    top = min((block.level for block in blocks if block.kind is Kind.HEADING), default=0)
    headings = [block.text for block in blocks if block.kind is Kind.HEADING and block.level == top]
    told = [text for text in headings if not _NO_TITLE.match(text)][:3]
    candidates = (" – ".join(told), reading.title, clean(label))
    found = next((text for text in candidates if text and not _NO_TITLE.match(text)), "")
    return found[:LONGEST_TITLE]


def version_of(reading: Reading) -> str:
    """Number and day of the edition as the first page says them: "1.1, 1 March 2023"."""
    text = first_words(reading)
    number = _VERSION.search(text)
    day = _DAY.search(text, number.end()) if number else None
    near = day if day and number and day.start() - number.end() < 60 else None
    return ", ".join(found[1] for found in (number, near) if found)


def language_of(reading: Reading, told: str, url: str) -> str:
    """ISO 639-1 as the page that links to it, the address or the file itself says; empty where none does."""
    from_url = _URL_LANGUAGE.search(url.lower())
    for code in (told, from_url[1] if from_url else "", reading.language):
        if (short := code[:2].lower()) in _LANGUAGES:
            return short
    return ""


def _first_blocks(reading: Reading) -> Sequence[Block]:
    return next((blocks for blocks in reading.pages if blocks), [])
