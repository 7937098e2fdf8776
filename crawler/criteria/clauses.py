"""Cuts a text into clauses: a sentence, a list item or a table row, with what its headings say of its subject.

Knows where conditions usually stand and how examples look, but no kind of condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from crawler.criteria.found import ELSEWHERE, STATED, UNHEADED
from crawler.criteria.lines import Line, lists
from crawler.criteria.vocabulary import any_of, facts
from matcher.model import DocumentText
from matcher.sentences import Span, sentences

READABLE = 600
"""Characters of the longest quote that takes in the words which lead a list."""
_BLANKS = re.compile(r"\s+")
_NOTE = re.compile(
    r"\[\[[^\[\]]{0,2000}\]{1,2}|\[\d{1,3}\]|\(e\.?g\.?[^()]{0,300}\)|\((?:such as|for example)[^()]{0,300}\)"
)
"""Footnotes as the portal writes them, and examples in brackets."""
_EXAMPLES = re.compile(
    r",? (?:such as|for example|for instance|e\.g\.|including but not limited to)[^.;:]{0,300}?(?=,? (?:must|shall|may|can|are|is|will|have|has)\b|[.;:]|$)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?<=[a-z\d)\]’”'\"])[.;:](?=[A-Z“(▪•])"
    r"|(?<=[a-z)])(?=(?:The|For|In|To|If|As|Proposals?|Applica(?:tions?|nts?)|This|These|At least|All|Any|Legal|Entities"
    r"|Consorti(?:a|um)|Beneficiar(?:y|ies)|Eligib(?:le|ility)|Financial|Due)\b)"
)
"""Where a sentence ends that is glued to the next one, as in topic texts that lost their line ends."""


class Clause(NamedTuple):
    """A piece of the text and what it says, on one line, without footnotes and examples.

    `said` begins with the words that lead the list which the piece is an item of; `own` is without them.
    """

    said: str
    own: str
    start: int
    end: int
    sure: float
    """As sure as a condition can be that stands here."""
    headings: tuple[str, ...]
    items: tuple[str, ...] = ()
    """What the list says that this clause leads; its quote takes in the list."""


def clauses(text: DocumentText, sure: float | None = None) -> Iterator[Clause]:
    """The clauses in reading order; `sure` where the whole text is known to be about conditions."""
    above: tuple[Line, ...] = ()
    for head, items in lists(text):
        if head.level:
            above = (*(line for line in above if line.level < head.level), head)
        titles = tuple(text.text[line.start : line.end] for line in above)
        place = _Place(text.text, titles, _certainty(titles) if sure is None else max(sure, _certainty(titles)))
        yield from place.of_line(head)
        yield from place.of_list(head, items)


class _Place(NamedTuple):
    whole: str
    headings: tuple[str, ...]
    sure: float

    def of_line(self, line: Line) -> Iterator[Clause]:
        if line.row:
            said = _plain(self.whole[line.start : line.end])
            yield Clause(said, said, line.start, line.end, self.sure, self.headings)
            return
        for span in _sentences(self.whole, line):
            said = _plain(span.text)
            yield Clause(said, said, span.start, span.end, self.sure, self.headings)

    def of_list(self, head: Line, items: tuple[Line, ...]) -> Iterator[Clause]:
        """The items, each behind the words that lead it, and before them each lead with its own items."""
        leads = [*_sentences(self.whole, head)][-1:] if self.whole[head.start : head.end].endswith(":") else []
        for at, item in enumerate(items):
            led = _led(self.whole, leads)
            if at == 0 and leads:
                yield self._whole_list(leads[-1], items)
            for span in _sentences(self.whole, item):
                yield self._item(led, leads[0].start if leads else span.start, span)
            if self.whole[item.end - 1] == ":":
                inner = Span(self.whole[item.start : item.end], item.start, item.end)
                leads = [*leads[:1], inner]
                yield self._whole_list(inner, items[at + 1 :])

    def _item(self, led: str, first: int, span: Span) -> Clause:
        own = _plain(span.text)
        start = first if span.end - first <= READABLE else span.start
        return Clause(f"{led} {own}".strip(), own, start, span.end, self.sure, self.headings)

    def _whole_list(self, lead: Span, items: tuple[Line, ...]) -> Clause:
        """The lead with all that follows it, as far as a quote stays readable."""
        said = _plain(lead.text)
        shown = [item for item in items if item.end - lead.start <= READABLE]
        kept = tuple(_plain(self.whole[item.start : item.end]) for item in items)
        end = shown[-1].end if shown else lead.end
        return Clause(said, said, lead.start, end, self.sure, self.headings, kept)


def _led(whole: str, leads: list[Span]) -> str:
    return " ".join(_plain(lead.text) for lead in leads)


def _sentences(whole: str, line: Line) -> Iterator[Span]:
    """The sentences of a line, those parted as well that lost the blank between them."""
    flat = whole[line.start : line.end].replace("\n", " ").replace("\r", " ")
    for span in sentences(flat):
        at = 0
        for glued in _GLUED.finditer(span.text):
            if _outside_note(span.text, glued.start()):
                yield from _cut(whole, line.start + span.start + at, line.start + span.start + glued.end())
                at = glued.end()
        yield from _cut(whole, line.start + span.start + at, line.start + span.end)


def _outside_note(words: str, at: int) -> bool:
    return words.count("[[", 0, at) <= words.count("]]", 0, at)


def _cut(whole: str, start: int, end: int) -> Iterator[Span]:
    words = whole[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if start < end:
        yield Span(whole[start:end], start, end)


def _plain(words: str) -> str:
    """On one line, without footnotes and examples."""
    line = _BLANKS.sub(" ", words)
    if "[" in line or "(" in line:
        line = _NOTE.sub("", line)
    return (
        _EXAMPLES.sub("", line)
        if "such as" in line or "e.g." in line or "xample" in line or "instance" in line or "limited to" in line
        else line
    )


@cache
def _certainty(headings: tuple[str, ...]) -> float:
    """As sure as headings make what stands below them; the nearest one that tells decides."""
    for heading in reversed(headings):
        if _CONDITIONS.search(heading):
            return STATED
        if _ELSEWHERE.search(heading):
            return ELSEWHERE
    return UNHEADED


_CONDITIONS = any_of(facts("words")["sections"]["conditions"], r"\b", "")
_ELSEWHERE = any_of(facts("words")["sections"]["elsewhere"], r"\b", "")
