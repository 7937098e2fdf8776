"""What changed from one state of a document to the next: which sentences went, came or say something else, by section.

Pure. What was only moved, wrapped or paged otherwise is no change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from matcher.model import DocumentText
from matcher.sentences import sentences

ALIKE = 0.6
"""Share of common words from which on one sentence is another edition of the other."""
MOST_PAIRS = 250_000
"""Pairs of sentences compared in a section; with more, it was written anew, and nothing is put together."""
DECIDES = re.compile(
    r"eligib|admissib|who (?:can|may|is|should)|applicants?\b|participa|consorti|partner|coordinat|restrict|exclu"
    r"|funding rate|co-?financ|reimburs|project budget|(?:size|amount|level) of the grant|grant amount|lump sum"
    r"|duration|third part|\bcountries",
    re.IGNORECASE,
)
"""In the heading of a section that says who may apply, with whom, and for how much."""
HISTORY = re.compile(r"history of (?:changes|versions)|document history|version history|revisions?\b", re.IGNORECASE)
CONTENTS = re.compile(r"table of contents|^contents$", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\d{1,2}\.)*\d{0,2}\.?\s*")
_WORD = re.compile(r"\w+")


class Sentence(NamedTuple):
    """A sentence, list item or row of a table, as it stands in its text, and the headings above it."""

    text: str
    page: int
    section: tuple[str, ...]
    key: str
    """Its letters and digits alone."""


@dataclass(frozen=True)
class SectionChange:
    """The sentences of one section that are not the same in both states."""

    section: tuple[str, ...]
    """Its headings, the highest first."""
    gone: tuple[Sentence, ...] = ()
    came: tuple[Sentence, ...] = ()
    changed: tuple[tuple[Sentence, Sentence], ...] = ()
    """As it was, as it is."""

    @property
    def decides(self) -> bool:
        """It says who may apply, with whom, or for how much."""
        return any(DECIDES.search(heading) for heading in self.section)


@dataclass(frozen=True)
class DocumentChange:
    """From one state of a document to the next."""

    versions: tuple[str, str]
    """What each state says of its edition."""
    sections: tuple[SectionChange, ...] = ()
    noted: tuple[str, ...] = ()
    """What the document's own history of changes says now and did not say before."""

    @property
    def eligibility(self) -> tuple[SectionChange, ...]:
        """Those changes that can decide whether somebody may apply."""
        return tuple(one for one in self.sections if one.decides)


def changes(was: DocumentText, now: DocumentText) -> DocumentChange:
    """What is not the same in two states; a state that could not be read changes nothing."""
    versions = (was.version, now.version)
    if not was.text or not now.text:
        return DocumentChange(versions)
    gone, came = _differing(_sentences(was), _sentences(now))
    gone, came = _not_among(gone, _headings(now)), _not_among(came, _headings(was))
    told = [one for one in came if _is_under(one, HISTORY)]
    left = [
        [one for one in some if not _is_under(one, HISTORY) and not _is_under(one, CONTENTS)] for some in (gone, came)
    ]
    return DocumentChange(versions, tuple(_by_section(*left)), tuple(one.text for one in told))


def _sentences(text: DocumentText) -> list[Sentence]:
    """In the order of the text; a row of a table is one, a heading is none."""
    rows = {line for table in text.tables for line in _line_starts(text.text, table.start, table.end)}
    headings = {heading.start for heading in text.headings}
    found = []
    for start, end in _lines(text.text):
        if start in headings:
            continue
        line = text.text[start:end]
        pieces = [(line, start)] if start in rows else [(one.text, start + one.start) for one in sentences(line)]
        found += [_sentence(text, piece, at) for piece, at in pieces]
    return [one for one in found if one.key]


def _headings(text: DocumentText) -> set[str]:
    """In another layout a heading can look like a line of text."""
    return {_key(text.text[heading.start : heading.end]) for heading in text.headings}


def _not_among(some: Sequence[Sentence], keys: set[str]) -> list[Sentence]:
    return [one for one in some if one.key not in keys]


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _sentence(text: DocumentText, piece: str, at: int) -> Sentence:
    return Sentence(piece, text.page_at(at), text.section_at(at), _key(piece))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _line_starts(text: str, start: int, end: int) -> Iterator[int]:
    return (start + at for at, _ in _lines(text[start:end]))


def _differing(was: Sequence[Sentence], now: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences of either state that the other does not have, wherever it has them."""
    gone, came = _without(was, now), _without(now, was)
    gone, came = _without_pieces(gone, came)
    came, gone = _without_pieces(came, gone)
    return gone, came


def _without(some: Sequence[Sentence], others: Sequence[Sentence]) -> list[Sentence]:
    left, found = Counter(one.key for one in others), []
    for one in some:
        left[one.key] -= 1
        if left[one.key] < 0:
            found.append(one)
    return found


def _without_pieces(pieces: Sequence[Sentence], wholes: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Without sentences that the other state has cut in two, as a page may end within one."""
    whole, cut = set(), set()
    for one in wholes:
        parts = [part for part in pieces if part.key in one.key and part not in cut]
        if len(parts) > 1 and sum(len(part.key) for part in parts) == len(one.key):
            whole.add(one)
            cut.update(parts)
    return [one for one in pieces if one not in cut], [one for one in wholes if one not in whole]


def _is_under(one: Sentence, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(heading) for heading in one.section)


def _by_section(gone: Sequence[Sentence], came: Sequence[Sentence]) -> Iterator[SectionChange]:
    """In the order of the newer state; sections that are there no more come last."""
    names = dict.fromkeys(_name(one) for one in (*came, *gone))
    for name in names:
        old, new = ([one for one in some if _name(one) == name] for some in (gone, came))
        pairs = tuple(_pairs(old, new))
        paired = {one for pair in pairs for one in pair}
        yield SectionChange(
            section=(new or old)[0].section,
            gone=tuple(one for one in old if one not in paired),
            came=tuple(one for one in new if one not in paired),
            changed=pairs,
        )


def _name(one: Sentence) -> tuple[str, ...]:
    """The headings above it without their numbers, which move when a section is put in."""
    return tuple(_NUMBER.sub("", heading).casefold() for heading in one.section)


def _pairs(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterable[tuple[Sentence, Sentence]]:
    """Sentences that are editions of each other, the most alike first, each in one pair, in the order of the text."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    scored = sorted(
        ((_alike(was, now), i, j) for i, was in enumerate(old) for j, now in enumerate(new)),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    left, right, pairs = set[int](), set[int](), []
    for score, i, j in scored:
        if score >= ALIKE and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((j, (old[i], new[j])))
    return [pair for _, pair in sorted(pairs, key=lambda found: found[0])]


def _alike(was: Sentence, now: Sentence) -> float:
    old, new = _WORD.findall(was.text.casefold()), _WORD.findall(now.text.casefold())
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
