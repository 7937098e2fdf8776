"""The documents that a topic links to, the call's own before those of the whole programme. Pure: fetches nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from parsel import Selector

from crawler.source import RawCall, RawLink
from crawler.spider import PAGE

HOST = "https://ec.europa.eu"
DOCUMENT = re.compile(r"\.(?:pdf|docx|xlsx|pptx|odt|ods)$", re.IGNORECASE)
LANGUAGE = re.compile(r"[_-]([a-z]{2})\.[a-z]+$", re.IGNORECASE)
"""How the portal's files end: call-fiche_cerv-2026-daphne_en.pdf."""
OF_THE_CALL = "/wp-call/"
"""In the address of work programmes and call documents; templates and guides lie elsewhere."""
MAX_CONDITIONS = 2_000_000
CLOSED = ("31094503", "closed")


def is_closed(call: RawCall) -> bool:
    """The label says so; what a closed topic links to will not change what anybody can do."""
    return call.status.strip().lower() in CLOSED


def document_links(call: RawCall) -> tuple[RawLink, ...]:
    """Links to documents in a topic's list of links and in its conditions, each address once."""
    found: dict[str, RawLink] = {}
    for link in (*_listed(call.links), *_in_text(call.conditions)):
        if _is_document(link.url):
            found.setdefault(link.url, link)
    return tuple(found.values())


def call_documents_first(links: Iterable[tuple[RawLink, str]]) -> list[tuple[RawLink, str]]:
    """Links with the page they stand on, so that a limit cuts off templates and not the documents of a call."""
    return sorted(links, key=lambda found: OF_THE_CALL not in found[0].url)


def _listed(text: str) -> Iterator[RawLink]:
    """The portal's `links`; that it is malformed is said when the call is understood."""
    try:
        entries = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return
    for entry in entries if isinstance(entries, list) else ():
        url = entry.get("url") or entry.get("docUrl") if isinstance(entry, dict) else None
        if isinstance(url, str):
            label = str(entry.get("criterionDescription") or entry.get("nameDoc") or "")
            yield RawLink(url=url.strip(), label=label, language=_language(url))


def _in_text(html: str) -> Iterator[RawLink]:
    if "href" not in html:
        return
    for link in Selector(html[:MAX_CONDITIONS]).css("a[href]"):
        url = link.attrib["href"].strip()
        label = " ".join("".join(link.css("::text").getall()).split())
        yield RawLink(url=f"{HOST}{url}" if url.startswith("/") else url, label=label, language=_language(url))


def _is_document(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # Manuals and laws are pages too: of these only one of the call itself is a document of it.
    own_page = OF_THE_CALL in parts.path and PAGE.search(parts.path)
    return parts.scheme in ("http", "https") and bool(own_page or DOCUMENT.search(parts.path))


def _language(url: str) -> str:
    found = LANGUAGE.search(url)
    return found[1].lower() if found else ""
