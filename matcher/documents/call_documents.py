"""The documents of a call as the store knows them: their states, what stands in them, and what changed. No SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from matcher.documents.changes import DocumentChange, SectionChange, changes
from matcher.documents.topics import is_named, is_of_another
from matcher.history import ELIGIBILITY, Step
from matcher.model import Call, Criterion, Document, DocumentRole, DocumentText, Link
from matcher.store import Store


@dataclass(frozen=True)
class State:
    """A document as it was fetched."""

    document: Document
    text: DocumentText | None
    """None while it was not read."""


@dataclass(frozen=True)
class Change:
    """What a later state says otherwise, and the day on which it was first met."""

    on: date
    was: Document
    now: Document
    role: DocumentRole
    change: DocumentChange


@dataclass(frozen=True)
class CallDocument:
    """A document that a call links to."""

    link: Link
    states: tuple[State, ...] = ()
    """Oldest first; none was fetched while this is empty."""
    changes: tuple[Change, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    """Read from the newest state."""

    @property
    def newest(self) -> State | None:
        return self.states[-1] if self.states else None


def call_documents(call: Call, store: Store) -> tuple[CallDocument, ...]:
    """Every document that the call links to, in the order of its page."""
    links = {link.url: link for link in reversed(call.documents)}
    return tuple(_document(link, store) for link in reversed(links.values()))


def document_steps(call: Call, store: Store) -> tuple[Step, ...]:
    """Each time a call document said otherwise who may apply, with whom or for how much, whatever the dates say."""
    told = (step for _, steps in eligibility_changes(call, store) for step in steps)
    return tuple(dict.fromkeys(told))


def eligibility_changes(call: Call, store: Store) -> Iterator[tuple[Change, tuple[Step, ...]]]:
    """The changes of the call's documents that say otherwise who may apply, with whom or for how much, with what.

    What a document that covers several topics says of others alone is left out.
    """
    for link in call.documents:
        document = _with_changes(link, store)
        for change in document.changes:
            if steps := tuple(_steps(change, _topic(call, document))):
                yield change, steps


def _topic(call: Call, one: CallDocument) -> str:
    """The call's code, where the document knows it by that; else nothing in it is surely another topic's."""
    text = one.newest.text if one.newest else None
    return call.identifier if text and is_named(text.text, call.identifier) else ""


def _document(link: Link, store: Store) -> CallDocument:
    found = _with_changes(link, store)
    newest = found.states[-1].document.sha256 if found.states else ""
    criteria = store.readings([newest]).get(newest, ()) if newest else ()
    return CallDocument(link, found.states, found.changes, criteria)


def _with_changes(link: Link, store: Store) -> CallDocument:
    states = tuple(State(one, store.text(one.sha256)) for one in _in_order(store.documents(link.url)))
    return CallDocument(link, states, tuple(_changes(states)))


def _in_order(newest_first: Sequence[Document]) -> list[Document]:
    """By the day of their first fetch; one that came back stands at the end once more."""
    states = list(reversed(newest_first))
    states.sort(key=lambda one: one.first_fetched)
    came_back = newest_first and states[-1] != newest_first[0]
    return [*states, newest_first[0]] if came_back else states


def _changes(states: Sequence[State]) -> Iterator[Change]:
    seen: set[str] = set()
    for before, after in pairwise(states):
        seen.add(before.document.sha256)
        again = after.document.sha256 in seen
        day = after.document.last_fetched if again else after.document.first_fetched
        if before.text and after.text:
            yield Change(day, before.document, after.document, after.text.role, changes(before.text, after.text))


def _steps(change: Change, topic: str) -> Iterator[Step]:
    """A guide or a template decides nothing."""
    for section in change.change.eligibility if change.role is DocumentRole.CALL_DOCUMENT else ():
        for was, now in _sides(section):
            if topic and all(is_of_another(section.section, said, topic) for said in (was, now) if said):
                continue
            yield Step(change.on, ELIGIBILITY, was, now, where=" > ".join(section.section))


def _sides(section: SectionChange) -> Iterator[tuple[str, str]]:
    """What a section said and says: changed sentences, then those that went, then those that came."""
    yield from ((was.text, now.text) for was, now in section.changed)
    yield from ((one.text, "") for one in section.gone)
    yield from (("", one.text) for one in section.came)
