"""Addresses of a call and its documents. Only http and https pass: scraped links are shown to people."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urlsplit

from crawler.normalise.issues import Issues
from crawler.normalise.languages import understand_language
from crawler.normalise.portal_json import objects
from crawler.normalise.text import clean_line
from crawler.source import RawCall, RawLink
from matcher.model import Link

TOPIC_PAGE = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
ALLOWED = ("http://…", "https://…")
DOCUMENT = re.compile(r'href="(https?://[^"<>\s]+\.(?:pdf|docx?|xlsx?|zip))"[^<>]*>([^<]*)')
MAX_LINKS = 200


def understand_url(raw: RawCall, issues: Issues) -> str:
    """The page of the call; where the record names none that is safe, the portal's page of its identifier."""
    if is_safe(raw.url):
        return raw.url.strip()
    issues.add("url", "not a web address", raw.url, ALLOWED)
    return TOPIC_PAGE + quote(raw.identifier or raw.reference, safe="")


def safe_url(url: str, field: str, issues: Issues) -> str:
    """The address; empty for none, and with an issue for one that is not safe."""
    if is_safe(url):
        return url.strip()
    if url.strip():
        issues.add(field, "not a web address", url, ALLOWED)
    return ""


def safe_urls(urls: tuple[str, ...], field: str, issues: Issues) -> tuple[str, ...]:
    """The addresses of a list that are safe, each once."""
    return tuple(dict.fromkeys(filter(None, (safe_url(url, field, issues) for url in urls))))


def understand_documents(raw: RawCall, issues: Issues) -> tuple[Link, ...]:
    """The documents a record lists, those its page links to, and those its conditions link to; each address once."""
    listed = [_listed(entry, issues) for entry in objects(raw.links, "links", issues)]
    listed += [_on_page(link, issues) for link in raw.documents]
    linked = [
        Link(url=url, label=clean_line(unescape(label)))
        for url, label in DOCUMENT.findall(raw.conditions[:2_000_000])[:MAX_LINKS]
    ]
    return tuple({link.url: link for link in reversed([*filter(None, listed), *linked])}.values())[::-1]


def is_safe(url: str) -> bool:
    """An absolute http or https address without blanks or control characters."""
    stripped = url.strip()
    if not stripped.isprintable() or re.search(r"\s", stripped):
        return False
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _on_page(link: RawLink, issues: Issues) -> Link | None:
    address = safe_url(link.url, "documents", issues)
    if not address:
        return None
    language = understand_language(link.language, "documents.language", issues)
    return Link(url=address, label=clean_line(unescape(link.label)), language=language)


def _listed(entry: dict[str, object], issues: Issues) -> Link | None:
    url = next((str(entry[key]) for key in ("url", "docUrl") if entry.get(key)), "")
    label = next((str(entry[key]) for key in ("criterionDescription", "nameDoc", "description") if entry.get(key)), "")
    address = safe_url(url, "links", issues)
    return Link(url=address, label=clean_line(unescape(label))) if address else None
