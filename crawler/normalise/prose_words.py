"""Running text in sentences, and the words in it (prose_words.yml) that say what a date or an amount is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from crawler.normalise.date_words import date_words

WORDS = Path(__file__).with_name("prose_words.yml")
READ = 200_000
"""Characters of a text that are searched."""
LONGEST = 1000
"""Characters of a sentence; what is longer is a list or a table run together, in which nothing belongs to anything."""
END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_]|[„“\"(])|(?<=[a-zß-ÿ)\]][.!?])(?=[A-ZÀ-Þ][a-zß-ÿ ])")
"""Texts of the portal often lack the blank between two sentences."""
NO_END = re.compile(
    r"(?:(?<!\d)(?<!\d[ .,])(?<![:h])(?<![:h] )\d{1,2}|(?<!\d )\b[^\W\d_]|"
    r"\b(?:mio|mrd|mln|mlrd|tys|tis|approx|max|min|ca|no|nr|art|p\.\s?m|a\.\s?m|godz|kl|plkst|sept?|oct|nov|dec|jan|feb|mar|apr|jun|jul|aug|e\.g|i\.e|incl|excl|lit))\.$",
    re.IGNORECASE,
)
"""A full stop behind one of these ends no sentence; behind a time of day (14 h 30) or a short unit (2026 r.) it may."""
HEADING = re.compile(r"[^\d.!?]{3,60}")
BOUNDARY = re.compile(r"[,;()]|\s[–—-]\s")


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a clean text; a line that only says what the one below it is ("Deadline") is joined to that."""
    found: list[str] = []
    heading = ""
    for line in text[:READ].split("\n"):
        if not heading and _is_label(line, language):
            heading = line
            continue
        first, *others = _split(line)
        found += [f"{heading.rstrip(':')}: {first}" if heading else first, *others]
        heading = ""
    return [sentence for sentence in [*found, heading] if 0 < len(sentence) <= LONGEST]


def _is_label(line: str, language: str) -> bool:
    short = len(line.split()) <= 6 and HEADING.fullmatch(line)
    return bool(short) and any(says(key, line, language) for key in ("end", "opening", "total", "each", "rate"))


def says(key: str, text: str, language: str) -> re.Match[str] | None:
    """The first word of this kind in a text, of the language or of English."""
    pattern = cue(key, language)
    return pattern.search(text) if pattern else None


@cache
def cue(key: str, language: str) -> re.Pattern[str] | None:
    kinds: dict[str, list[str]] = _facts()[key]
    words = [*kinds.get("en", ()), *(kinds.get(language, ()) if language != "en" else ())]
    return re.compile(rf"(?<![^\W_])(?:{_any_of(words)})(?![^\W_])", re.IGNORECASE) if words else None


def cuts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The text in as many pieces as there are spans in it, one in each, cut at "(" or the last mark."""
    places = [0] if spans else []
    for (_, end), (start, _) in pairwise(spans):
        marks = [*BOUNDARY.finditer(text, end, start), *_and().finditer(text, end, start)]
        at = max(((text[mark.start()] == "(", mark.start()) for mark in marks), default=(False, end))[1]
        places.append(at)
    return [text[start:end] for start, end in pairwise([*places, len(text)])]


def _split(line: str) -> list[str]:
    pieces: list[str] = []
    for piece in END.split(line):
        if pieces and (piece[0].islower() or NO_END.search(pieces[-1])):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(
        r"\s+".join(map(re.escape, word.rstrip("*").split())) + r"\w*" * word.endswith("*") for word in ordered
    )


@cache
def _and() -> re.Pattern[str]:
    words = [word for word in date_words()["both"] if word.isalpha() and len(word) > 1] + ["but", "while"]
    return re.compile(rf"(?<!\w)(?:{_any_of(words)})(?!\w)", re.IGNORECASE)


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return facts
