"""The documents of a call in plain words for a reader at a terminal. Pure; asks no store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from matcher.days import day_words
from matcher.documents.call_documents import CallDocument, Change, State
from matcher.model import Call, Criterion, DocumentRole, DocumentText, Issue, Quote
from matcher.wording.layout import without_middle
from matcher.wording.national import difference
from matcher.wording.quotes import QUOTED

ROLES = {
    DocumentRole.CALL_DOCUMENT: "call document",
    DocumentRole.PROGRAMME_GUIDE: "programme guide",
    DocumentRole.WORK_PROGRAMME: "work programme",
    DocumentRole.TEMPLATE: "form or template",
    DocumentRole.OTHER: "other document",
}


def documents_page(
    call: Call, found: Sequence[CallDocument], unread: Mapping[str, Sequence[Quote]] | None = None
) -> Iterator[str]:
    """Every document of a call: what it is, its state, what was read in it, and what changed.

    `unread`: by address, sentences that were not understood, where they were looked for.
    """
    fetched = sum(bool(one.states) for one in found)
    yield call.title
    yield f"{call.id}: {_count(len(found), 'document')}, {fetched} fetched"
    if not found:
        yield "The page of the call links to no document, or the source was read without documents."
    for number, one in enumerate(found, start=1):
        yield ""
        yield from _document(number, one)
        yield from _unread((unread or {}).get(one.link.url, ()))


def text_page(text: DocumentText) -> Iterator[str]:
    """A document's text with a mark where each page begins, also within a sentence."""
    starts = [0, *text.pages, len(text.text)] if text.pages else [0, len(text.text)]
    for number, (start, end) in enumerate(pairwise(starts)):
        if number:
            yield f"[page {number}]"
        if start < end:
            yield from text.text[start:end].removesuffix("\n").split("\n")


def issue_words(issue: Issue) -> str:
    """ "page 3: scanned …; found …; allowed …"."""
    place = f"{issue.place}: " if issue.place else ""
    found = f"; found {issue.found}" if issue.found else ""
    return f"{place}{issue.problem}{found}{f'; expected {issue.allowed}' if issue.allowed else ''}"


def _document(number: int, one: CallDocument) -> Iterator[str]:
    newest = one.newest
    yield f"{number}. {_title(one, newest)}"
    yield f"   {one.link.url}"
    if newest is None:
        yield "   not fetched: it lies on a host of no source, beyond the limit of a run, or the call is closed"
        return
    yield f"   {_state(newest)}"
    if newest.text is None:
        yield "   not read yet: the next load reads it"
        return
    yield f"   {_content(newest.text)}"
    yield from (f"   issue: {issue_words(issue)}" for issue in newest.text.issues)
    if one.criteria:
        yield f"   {_count(len(one.criteria), 'criterion', 'criteria')} read in it:"
        yield from (f"   - {line}" for criterion in one.criteria for line in _criterion(criterion))
    for change in one.changes:
        yield from (f"   {line}" for line in _change(change))


def _unread(quotes: Sequence[Quote]) -> Iterator[str]:
    if quotes:
        yield "   looks like a condition and was not understood; read it yourself:"
    for quote in quotes:
        yield f"   - {f'page {quote.page}: ' if quote.page else ''}“{without_middle(quote.text, QUOTED)}”"


def _title(one: CallDocument, newest: State | None) -> str:
    told = newest.text.title if newest and newest.text else ""
    return told or one.link.label or one.link.url.rsplit("/", 1)[-1]


def _state(state: State) -> str:
    document = state.document
    days: str = day_words(document.first_fetched)
    if document.last_fetched != document.first_fetched:
        days += f" to {day_words(document.last_fetched)}"
    return f"fetched {days} · {document.size:,} bytes · SHA-256 {document.sha256}"


def _content(text: DocumentText) -> str:
    parts = (
        ROLES[text.role],
        f"version {text.version}" if text.version else "",
        f"language {text.language}" if text.language else "",
        _count(len(text.pages), "page") if text.pages else "no pages of its own",
        _count(len(text.headings), "heading"),
        _count(len(text.tables), "table"),
    )
    return " · ".join(filter(None, parts))


def _criterion(criterion: Criterion) -> Iterator[str]:
    """ "min applicants: 3 (coordinator), confidence 0.95, page 7", and below it the quote."""
    name = criterion.kind.replace("_", " ")
    values = (" and " if criterion.together else " or ").join(criterion.values)
    role = f" ({criterion.role.replace('_', ' ')})" if criterion.role else ""
    topics = f", for {', '.join(criterion.topics)}" if criterion.topics else ""
    quote = criterion.quote
    page = f", page {quote.page}" if quote and quote.page else ""
    yield f"{name}: {values}{role}{topics}, confidence {criterion.confidence:.2f}{page}"
    if quote:
        yield f"  “{without_middle(quote.text, QUOTED)}”"


def _change(change: Change) -> Iterator[str]:
    """First what decides who may apply, then the rest."""
    was, now = change.change.versions
    editions = f", version {was or 'not said'} → {now or 'not said'}" if was != now else ""
    sections = change.change.sections
    yield f"changed by {day_words(change.on)}{editions}{'' if sections else ': no sentence differs'}"
    yield from (f"  its own history says: {line}" for line in change.change.noted)
    for section in sorted(sections, key=lambda section: not section.decides):
        mark = "eligibility changed" if section.decides else "changed"
        yield f"  {mark}: {' > '.join(section.section) or 'before the first heading'}"
        yield from (f"    {difference(old.text, new.text)} (page {new.page})" for old, new in section.changed)
        yield from (f"    {difference(one.text, '')} (page {one.page})" for one in section.gone)
        yield from (f"    {difference('', one.text)} (page {one.page})" for one in section.came)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
