"""Draws what was read in the documents of a call, and what nobody understood, once a reader opens it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.call.blocks import NAME, entry, listed, quoted, small, titled
from dashboard.escape import host, md_escape
from matcher.languages import Speaker
from matcher.languages.terms import DOCUMENT_ROLES
from matcher.model import Call, Quote

if TYPE_CHECKING:
    from matcher.documents.call_documents import CallDocument

Unread = Callable[["CallDocument"], Sequence[Quote]]


def contents(
    say: Speaker, call: Call, fetched: Collection[str], read: Callable[[], Sequence[CallDocument]], unread: Unread
) -> None:
    """Below the list of documents, where one of them was fetched (`fetched`: addresses). `read` and `unread` are asked
    once a reader wants to see what stands in them."""
    if not any(page.url in fetched for page in call.documents if host(page.url)):
        return
    label = say.gettext("What was read in the documents, and what was not understood")
    folded = st.expander(label, on_change="rerun", key=f"documents {call.id}")
    if not folded.open:
        return
    with folded, st.spinner(say.gettext("Reading the documents …")):
        for one in read():
            if one.newest is not None:
                st.markdown("\n\n".join(_read(say, one, unread(one))))


def _read(say: Speaker, one: CallDocument, unread: Sequence[Quote]) -> Iterator[str]:
    text = one.newest.text if one.newest else None
    title = (text.title if text else "") or one.link.label or one.link.url
    yield f"**{titled(title, NAME)}**"
    if text is None:
        yield md_escape(say.gettext("It was not read yet; the next load reads it."))
        return
    pages = say.ngettext("%(num)s page", "%(num)s pages", len(text.pages)) if text.pages else ""
    known = (say.term(DOCUMENT_ROLES[text.role]), text.version, pages)
    yield small(md_escape(" · ".join(filter(None, known))))
    quotes = [one.quote for one in one.criteria if one.quote]
    yield listed(_quote(say, quote) for quote in quotes) or md_escape(say.gettext("No condition was read in it."))
    if unread:
        yield md_escape(say.gettext("This looks like a condition and was not understood; read it yourself:"))
        yield listed(_quote(say, quote) for quote in unread)


def _quote(say: Speaker, quote: Quote) -> str:
    page = f" ({md_escape(say.gettext('page %(number)s', number=quote.page))})" if quote.page else ""
    return entry(f"{quoted(quote.text)}{page}")
