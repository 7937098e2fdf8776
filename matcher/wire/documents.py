"""The documents of a call as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.documents.call_documents import CallDocument, Change, State
from matcher.documents.changes import SectionChange, Sentence
from matcher.model import Call, DocumentText, Quote
from matcher.wire.calls import Json


def documents_json(
    call: Call, found: Sequence[CallDocument], unread: Mapping[str, Sequence[Quote]] | None = None
) -> Json:
    """Every document of a call with its states (oldest first), the criteria read in the newest, and the changes.

    `unread`: by address, sentences that were not understood; null where they were not looked for.
    """
    return {"call": call.id, "documents": [_document(one, (unread or {}).get(one.link.url)) for one in found]}


def text_json(text: DocumentText) -> Json:
    """All that was read of a document."""
    return text.model_dump(mode="json")


def _document(one: CallDocument, unread: Sequence[Quote] | None) -> Json:
    return one.link.model_dump(mode="json") | {
        "states": [_state(state) for state in one.states],
        "criteria": [criterion.model_dump(mode="json") for criterion in one.criteria],
        "changes": [_change(change) for change in one.changes],
        "unread": None if unread is None else [quote.model_dump(mode="json") for quote in unread],
    }


def _state(state: State) -> Json:
    text = state.text
    read = text and {
        "role": text.role,
        "title": text.title,
        "version": text.version,
        "language": text.language,
        "reader": text.reader,
        "pages": len(text.pages) or None,
        "characters": len(text.text),
        "headings": len(text.headings),
        "tables": len(text.tables),
        "issues": [issue.model_dump(mode="json") for issue in text.issues],
    }
    return state.document.model_dump(mode="json") | {"read": read}


def _change(change: Change) -> Json:
    return {
        "on": change.on.isoformat(),
        "was": change.was.sha256,
        "now": change.now.sha256,
        "versions": list(change.change.versions),
        "eligibility": bool(change.change.eligibility),
        "noted": list(change.change.noted),
        "sections": [_section(section) for section in change.change.sections],
    }


def _section(section: SectionChange) -> Json:
    return {
        "section": list(section.section),
        "eligibility": section.decides,
        "changed": [{"was": _sentence(was), "now": _sentence(now)} for was, now in section.changed],
        "gone": [_sentence(one) for one in section.gone],
        "came": [_sentence(one) for one in section.came],
    }


def _sentence(one: Sentence) -> Json:
    return {"text": one.text, "page": one.page}
