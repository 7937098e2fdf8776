"""The call documents that quotes stand in: title, address and day for each, so that a reader can open them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matcher.model import Call, Document

if TYPE_CHECKING:
    from matcher.documents.call_documents import CallDocument


@dataclass(frozen=True)
class Cited:
    title: str
    """As the document or the link to it says."""
    url: str
    as_of: date
    """The day on which the document was last fetched in that state."""


def cited(documents: Iterable[CallDocument]) -> dict[str, Cited]:
    """Every state of these documents by SHA-256, which is what the place of a quote names."""
    return {
        state.document.sha256: Cited(
            title=(state.text.title if state.text else "") or one.link.label or state.document.label or one.link.url,
            url=state.document.url,
            as_of=state.document.last_fetched,
        )
        for one in documents
        for state in one.states
    }


def as_linked(call: Call, fetched: Mapping[str, Document]) -> dict[str, Cited]:
    """The newest state of the call's documents, by SHA-256, named as their links are; `fetched`: by address."""
    return {
        fetched[page.url].sha256: Cited(page.label or page.url, page.url, fetched[page.url].last_fetched)
        for page in call.documents
        if page.url in fetched
    }
