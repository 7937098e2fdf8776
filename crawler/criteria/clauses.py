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
MANY = 40
"""Items of the longest list that is read as a whole."""
LONG_SENTENCE = 1_500
"""Characters of the longest sentence that is read as one."""
_MARK = re.compile(r"(?:[-–—•▪*]|\(?[a-z\d]{1,2}\)) ?(?=\w)")
_ITEM_END = re.compile(r"(?:[;,] ?\.?|(?:\b|[,;] ?)(?:and|or))$")
LONG_ROW = 2_000
"""Characters of a table row that are read."""
_FIGURE = re.compile(r"\d{3}|\d ?%|^\s*\d")
_TOPICS = re.compile(r"topics?$", re.IGNORECASE)
_TOPIC = re.compile(r"(?i:\btopics?:? \d{1,2}\b)|\b[A-Z][A-Z0-9+]+(?:[-‑–][A-Z0-9+]+){2,9}\b")
"""How a column names its topic: by number, or by its code."""
_BLANKS = re.compile(r"\s+")
_FOOTNOTE = re.compile(r"\[\[[^\[\]]{0,3000}\]{1,2}")
"""As the portal writes it."""
_ASIDE = re.compile(r"\[\d{1,3}\]|\(e\.?g\.?[^()]{0,300}\)|\((?:such as|for example)[^()]{0,300}\)")
_EXAMPLES = re.compile(
    r",? (?:such as|for example|for instance|e\.g\.|including but not limited to)[^.;:]{0,300}?"
    r"(?=,? (?:must|shall|may|can|are|is|will|have|has)\b|[.;:]|$)",
    re.IGNORECASE,
)
_EXAMPLE_WORDS = ("such as", "e.g.", "xample", "instance", "limited to")
_GLUED = re.compile(
    r"(?<=[a-z\d)\]’”'\" ])[.;:](?=[A-Z“(▪•]|\d[a-d]?\. [A-Z]|- [A-Z])|(?<=[a-z\d)\]])[;:](?=[a-z]{2})"
    r"|(?<=\d%)(?=[A-Z])|(?<=[a-z\d)][.])\[\d{1,2}\] ?(?=[A-Z])"
    r"|(?<=[a-z)])(?=[A-FILPST])(?=(?:The|For|In|To|If|As|Proposals?|Applica(?:tions?|nts?)|This|These|At least"
    r"|All|Any|Legal"
    r"|Entities|Additional|Consorti(?:a|um)|Beneficiar(?:y|ies)|Eligib(?:le|ility)|Financial|Due|Support)\b)"
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
    """What the list says that this clause leads; its quote takes in the list as far as it stays readable."""
    row: bool = False
    """A row of a table: cells apart by " | ", each behind the name of its column."""


def clauses(text: DocumentText, sure: float | None = None) -> Iterator[Clause]:
    """The clauses in reading order; `sure` where the whole text is known to be about conditions."""
    above: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    for head, items in lists(text):
        if head.level:
            above = (*(line for line in above if line.level < head.level), head)
        titles = tuple(text.text[line.start : line.end] for line in above)
        place = _Place(text.text, titles, _certainty(titles) if sure is None else max(sure, _certainty(titles)))
        if head.row:
            cells = tuple(text.text[head.start : min(head.end, head.start + LONG_ROW)].split(" | "))
            yield from place.of_row(head, cells, columns)
            columns = columns or _topic_columns(cells) or _column_names(cells)
            continue
        columns = ()
        yield from place.of_line(head, leads=bool(items) and text.text[head.start : head.end].endswith(":"))
        yield from place.of_list(head, items)


class _Place(NamedTuple):
    whole: str
    headings: tuple[str, ...]
    sure: float

    def of_line(self, line: Line, leads: bool) -> Iterator[Clause]:
        """The sentences, without the last one where it leads a list."""
        spans = [*_sentences(self.whole, line)][: -1 if leads else None]
        while spans:
            span, *spans = spans
            if items := _glued_items(span, spans):
                yield self._led_by(span, tuple(Line(item.start, item.end) for item in items))
                yield from (self._item(_plain(span.text), span.start, item) for item in items)
                spans = spans[len(items) :]
            else:
                said = _plain(span.text)
                yield Clause(said, said, span.start, span.end, self.sure, self.headings)

    def of_row(self, line: Line, cells: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[Clause]:
        """A row, each cell behind the name of its column; a row of two cells is read as a name and what it says.

        Where the columns are topics, each cell behind the name of its row, with its topic as a heading.
        """
        if len(columns) == len(cells) and columns == _topic_columns(columns):
            for topic, cell in zip(columns[1:], cells[1:], strict=True):
                said = _plain(f"{cells[0].strip()}: {cell}")
                yield Clause(said, said, line.start, line.end, self.sure, (*self.headings, topic), row=True)
            return
        if len(columns) == len(cells):
            cells = tuple(f"{column}: {cell}" for column, cell in zip(columns, cells, strict=True))
        elif len(cells) == 2 and _column_names(cells[:1]):
            cells = (": ".join(cells),)
        said = _plain(" | ".join(cells))
        yield Clause(said, said, line.start, line.end, self.sure, self.headings, row=True)

    def of_list(self, head: Line, items: tuple[Line, ...]) -> Iterator[Clause]:
        """Each lead with the items it leads, then the items, each behind the words that lead it."""
        leads = [*_sentences(self.whole, head)][-1:] if self.whole[head.start : head.end].endswith(":") else []
        if leads and items:
            yield self._led_by(leads[-1], items[:MANY])
        for at, item in enumerate(items, start=1):
            led = " ".join(_plain(lead.text) for lead in leads)
            for span in _sentences(self.whole, item):
                yield self._item(led, leads[0].start if leads else span.start, span)
            if self.whole[item.end - 1] == ":" and at < len(items):
                leads = [*leads[:1], Span(self.whole[item.start : item.end], item.start, item.end)]
                yield self._led_by(leads[-1], items[at : at + MANY])

    def _item(self, led: str, first: int, span: Span) -> Clause:
        own = _plain(span.text)
        start = first if span.end - first <= READABLE else span.start
        return Clause(f"{led} {own}".strip(), own, start, span.end, self.sure, self.headings)

    def _led_by(self, lead: Span, items: tuple[Line, ...]) -> Clause:
        said = _plain(lead.text)
        shown = [item.end for item in items if item.end - lead.start <= READABLE]
        kept = tuple(_plain(self.whole[item.start : item.end]) for item in items)
        return Clause(said, said, lead.start, max([lead.end, *shown]), self.sure, self.headings, kept)


def _glued_items(lead: Span, behind: list[Span]) -> list[Span]:
    """The items of a list within a line, as in topic texts that lost their line ends: glued to the words that lead
    them and to each other, up to the one that does not end as an item does, or that leads a list of its own."""
    items: list[Span] = []
    if not lead.text.endswith(":"):
        return items
    for span in behind[:MANY]:
        if span.start != (items[-1].end if items else lead.end) or span.text.endswith(":"):
            break
        if items and not _ITEM_END.search(items[-1].text) and not _alike(items[-1], span):
            break
        items.append(span)
    if len(items) < len(behind) and items and items[-1].text[-1].isalnum():
        return []  # a sentence that was cut for its length: nobody knows what else the list holds
    return [_unmarked(item) for item in items]


def _unmarked(item: Span) -> Span:
    mark = _MARK.match(item.text)
    return Span(item.text[mark.end() :], item.start + mark.end(), item.end) if mark else item


def _alike(one: Span, other: Span) -> bool:
    """Whether two sentences begin with the same mark or the same two words, as items do that end with full stops."""
    first, second = one.text.split()[:2], other.text.split()[:2]
    return first == second or (first[0] == second[0] and not first[0].isalnum())


def _topic_columns(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a first row, if all but its own name are topics; "1. Women" under "Topic" is "Topic 1. Women"."""
    first, *others = (cell.strip() for cell in cells)
    if _TOPICS.match(first):
        others = [one if _TOPIC.search(one) else f"Topic {one}" for one in others]
    return (first, *others) if len(others) > 1 and all(map(_TOPIC.search, others)) else ()


def _column_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a first row, if they are names: none holds a figure of its own."""
    return () if any(_FIGURE.search(cell) for cell in cells) else tuple(cell.strip() for cell in cells)


def _sentences(whole: str, line: Line) -> Iterator[Span]:
    """The sentences of a line, those parted as well that lost the blank between them; footnotes part none."""
    flat, places = _without_footnotes(whole, line)
    for span in _uncut(flat):
        cuts = [glued.end() for glued in _GLUED.finditer(flat, span.start, span.end)]
        for start, end in zip([span.start, *cuts], [*cuts, span.end], strict=True):
            if start < end:
                yield from _cut(whole, places[start], places[end - 1] + 1)


def _uncut(flat: str) -> Iterator[Span]:
    """The sentences; long ones that were cut to be readable are put together again, up to LONG_SENTENCE."""
    whole: Span | None = None
    for span in sentences(flat):
        if whole and flat[whole.end - 1] not in ".!?…;:" and span.end - whole.start <= LONG_SENTENCE:
            whole = Span(flat[whole.start : span.end], whole.start, span.end)
            continue
        if whole:
            yield whole
        whole = span
    if whole:
        yield whole


def _without_footnotes(whole: str, line: Line) -> tuple[str, list[int] | range]:
    """The line without line ends and footnotes, and where each of its characters stands in the text."""
    text = whole[line.start : line.end].replace("\n", " ").replace("\r", " ")
    notes = [note.span() for note in _FOOTNOTE.finditer(text)] if "[[" in text else []
    if not notes:
        return text, range(line.start, line.end)
    kept = list(zip([0, *(end for _, end in notes)], [*(start for start, _ in notes), len(text)], strict=True))
    places = [line.start + place for start, end in kept for place in range(start, end)]
    return "".join(text[start:end] for start, end in kept), places


def _cut(whole: str, start: int, end: int) -> Iterator[Span]:
    words = whole[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if start < end:
        yield Span(whole[start:end], start, end)


def _plain(words: str) -> str:
    """On one line, without footnotes and examples."""
    line = _BLANKS.sub(" ", words)
    if "[" in line or "(" in line:
        line = _ASIDE.sub("", _FOOTNOTE.sub("", line))
    return _EXAMPLES.sub("", line) if any(word in line for word in _EXAMPLE_WORDS) else line


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
