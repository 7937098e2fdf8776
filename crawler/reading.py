"""Reads what is new in the store: documents to texts, texts of documents and calls to criteria. Loads no run.

Each text is saved before its criteria are looked for, and everything in small steps: what was broken off goes on the
next time. What another version of a reader left is read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from crawler import criteria, documents
from crawler.documents import Guarded, LimitBroken, read_document
from matcher.model import DOCUMENT, Basis, Criterion, Document, DocumentRole, DocumentText, Issue
from matcher.readings import FIELDS, reading_key
from matcher.store import Store

READER = f"{criteria.READER}, {documents.READER}"
"""Under which criteria are kept: either reader may make others of the same file."""
BATCH = 25
"""Texts that are saved together."""
ENGLISH = (None, "", "en")

CRITERIA = TypeAdapter(tuple[Criterion, ...])
Item = TypeVar("Item")
Readings = dict[str, tuple[Criterion, ...]]


@dataclass(frozen=True)
class Read:
    """What was read this time."""

    documents: int = 0
    troubled: int = 0
    """Documents of them that have issues; the texts keep these."""
    texts: int = 0
    """Of calls."""
    criteria: int = 0
    issues: tuple[Issue, ...] = ()
    """What no text keeps: files that are missing, texts that broke a limit."""


def read_new(store: Store, folder: Path, source: str | None = None) -> Read:
    """Read the documents of the store that lie in that folder, and the texts of the calls (of one source).

    Idempotent: what this version of the readers has read is left alone. Raises StoreError.
    """
    issues: list[Issue] = []
    with Guarded() as guarded:
        texts = _save_texts(store, folder, guarded, issues)
        done = store.keys_read_by(READER)
        known = {one.sha256 for one in store.documents()} - done
        of_documents = _save_criteria(store, _documents(store, sorted(known)), guarded, issues)
        of_calls = _save_criteria(store, _fields(store, source if done else None, done), guarded, issues)
    return Read(
        documents=len(texts),
        troubled=sum(texts),
        texts=len(of_calls),
        criteria=sum(of_documents) + sum(of_calls),
        issues=tuple(issues),
    )


def _save_texts(store: Store, folder: Path, guarded: Guarded, issues: list[Issue]) -> list[bool]:
    """For each document that was read, whether it has issues."""
    troubled: list[bool] = []
    for batch in _batches(store.unread_documents(documents.READER)):
        texts = [text for one in batch if (text := _text(one, folder, guarded, issues))]
        store.save_texts(texts)
        troubled += [bool(text.issues) for text in texts]
    return troubled


def _text(one: Document, folder: Path, guarded: Guarded, issues: list[Issue]) -> DocumentText | None:
    """None, with an issue, where its file is not there or not its own; it is looked for again the next time."""
    path = folder / one.sha256[:2] / one.sha256
    try:
        text = read_document(path, one.media_type, one.label, one.url, one.language, guarded)
    except OSError as error:
        problem = f"its file cannot be opened ({error.strerror}); the next crawl of {one.source} fetches it again"
        issues.append(Issue(field="documents", problem=problem, found=str(path), reference=one.url))
        return None
    if text.sha256 != one.sha256:
        problem = f"its file holds something else than was fetched; delete it, and crawl {one.source} again"
        issues.append(Issue(field="documents", problem=problem, found=str(path), reference=one.url))
        return None
    return text


def _documents(store: Store, keys: Iterable[str]) -> Iterator[tuple[str, str, DocumentText]]:
    """Key, place of quotes and text of the documents that were read."""
    for sha256 in keys:
        if text := store.text(sha256):
            yield sha256, f"{DOCUMENT}{sha256}", text


def _fields(store: Store, source: str | None, done: set[str]) -> Iterator[tuple[str, str, DocumentText]]:
    """Key, place of quotes and text of the fields of calls in English, each text once."""
    seen = set(done)
    for call in store.calls(source):
        for field in FIELDS if call.language in ENGLISH else ():
            text = getattr(call, field)
            key = reading_key(field, text)
            if text and key not in seen:
                seen.add(key)
                yield key, field, _as_document(key, text)


def _as_document(key: str, text: str) -> DocumentText:
    """A field of a call as what finds criteria takes it: without pages."""
    role = DocumentRole.CALL_DOCUMENT
    return DocumentText(sha256=key, reader=READER, role=role, language="en", text=text, pages=())


def _save_criteria(
    store: Store, texts: Iterable[tuple[str, str, DocumentText]], guarded: Guarded, issues: list[Issue]
) -> list[int]:
    """For each text the number of its criteria. A text that breaks a limit counts as read: it would break it again."""
    counts: list[int] = []
    for batch in _batches(texts):
        found: Readings = {key: _criteria(text, place, guarded, issues) for key, place, text in batch}
        store.save_readings(READER, found)
        counts += map(len, found.values())
    return counts


def _criteria(text: DocumentText, place: str, guarded: Guarded, issues: list[Issue]) -> tuple[Criterion, ...]:
    if text.role is not DocumentRole.CALL_DOCUMENT or not text.text:
        return ()
    basis = Basis.CALL_DOCUMENT if place.startswith(DOCUMENT) else Basis.TOPIC_CONDITIONS
    try:
        return CRITERIA.validate_json(guarded.call(_find, text, basis, place))
    except LimitBroken as broken:
        problem = f"no criteria were read from it: {broken.problem}"
        issues.append(Issue(field="criteria", problem=problem, found=place, allowed=broken.allowed))
        return ()


def _find(text: DocumentText, basis: Basis, place: str) -> bytes:
    return CRITERIA.dump_json(criteria.find_criteria(text, basis, place))


def _batches(items: Iterable[Item]) -> Iterator[Sequence[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
