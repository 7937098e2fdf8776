"""A quote in plain words with the place where it stands, for terminal and screen. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.days import day_words
from matcher.documents.cited import Cited
from matcher.model import Quote, said
from matcher.wording.layout import without_middle

QUOTED = 400
"""Characters of a quote that a page shows; of a longer one the middle is left out."""

PLACES = {
    "title": said("the call's title"),
    "text": said("the call's text"),
    "conditions": said("the call's conditions"),
    "applicants": said("what the call says of applicants"),
    "terms": said("the call's terms"),
}


def quote_words(quote: Quote, documents: Mapping[str, Cited] | None = None) -> str:
    """ "“…” (call document “Call fiche”, page 12, as of 1 May 2026: https://…)"."""
    return f"“{without_middle(quote.text, QUOTED)}” ({place_words(quote, documents)})"


def place_words(quote: Quote, documents: Mapping[str, Cited] | None = None) -> str:
    """Where a quote stands: the field of the call, or the document with its page and, where known, its address."""
    if quote.document is None:
        return PLACES.get(quote.place, quote.place)
    known, page = (documents or {}).get(quote.document), str(quote.page or "")
    if known is None:
        return said("call document, page %(page)s", page=page) if page else said("call document")
    told = {"title": known.title, "day": day_words(known.as_of), "url": known.url}
    if page:
        return said("call document “%(title)s”, page %(page)s, as of %(day)s: %(url)s", **told, page=page)
    return said("call document “%(title)s”, as of %(day)s: %(url)s", **told)
