"""Saves a live source's pages as a test fixture: trimmed, without mail addresses, phone numbers and session ids.

A downloader middleware that is switched on by the setting RECORD_INTO, and the pure functions it needs. What it writes
is what `tests/doubles/replay.py` serves.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import yaml
from lxml import html
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response, TextResponse

from crawler.settings import PINNED

PAGES = "pages.yml"

NOISE = " | ".join(
    (
        *("//style", "//svg", "//noscript", "//iframe", "//link[@rel!='canonical']"),
        "//script[not(contains(@type, 'json') or contains(@type, 'DATA'))]",
        "//meta[contains(@name, 'csrf')]",
        *(f"//input[@name='{name}']" for name in ("form_token", "form_build_id", "csrf_token", "__EVENTVALIDATION")),
    )
)
"""XPath of what no parser of ours reads, and of tokens of a session."""
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++(?:@|%40|&#64;|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/.])(?:\+|tel:|(?<!\d )00(?=[1-9]))\d[\d\s()./-]{6,}\d")
SESSION = re.compile(r"(?i)\b(jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|csrf\w*)=[\w.~%-]+")
PLACE = re.compile(r'(\\*"(?:street|postalCode|latitude|longitude)\\*"\s*:\s*\\*")[^"\\]*')
"""Where an organisation, or a person, lives: in the portal's projects, JSON inside JSON."""
KEPT_HEADERS = ("X-WP-Total", "X-WP-TotalPages")
"""Headers that a platform's base reads."""
SECRET_ATTRIBUTES = ("nonce", "data-csrf", "data-session", "integrity")


def trimmed(response: Response) -> bytes:
    """A body as it may be kept: pages without scripts and styles, texts without what points to a person or a session.

    What is neither page nor text (a workbook) is kept as it is; look through it before it is committed.
    """
    if not isinstance(response, TextResponse):
        return response.body
    text = without_noise(response.text) if isinstance(response, HtmlResponse) else response.text
    return without_traces(text).encode("utf-8")


def without_noise(page: str) -> str:
    """A page without what no parser of ours reads: styles, images in the text, and scripts other than data."""
    root = html.document_fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    for element in root.xpath(NOISE):
        element.drop_tree()
    for element in root.iter(html.etree.Element):
        for name in SECRET_ATTRIBUTES:
            element.attrib.pop(name, None)
        if element.get("src", "").startswith("data:"):
            element.set("src", "")
    return str(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))


def without_traces(text: str) -> str:
    """A text with mail addresses, phone numbers, streets in JSON and session ids made unrecognisable."""
    text = MAIL.sub("name@example.org", text)
    text = PHONE.sub("+00 000 000 000", text)
    text = PLACE.sub(r"\1", text)
    return SESSION.sub(r"\1=removed", text)


class Recorder:
    """Writes every page the crawl gets into a folder, with the list that `tests/doubles/replay.py` reads."""

    def __init__(self, folder: Path, repeated: set[int]) -> None:
        """`repeated`: statuses after which a page is asked for again."""
        self._folder = folder
        self._repeated = repeated
        self._entries: list[dict[str, Any]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        repeated = set(map(int, crawler.settings.getlist("RETRY_HTTP_CODES")))
        return cls(Path(crawler.settings["RECORD_INTO"]), repeated)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the answer; the crawl gets it unchanged. The pages that led here by redirects are kept as such."""
        if response.status in self._repeated:
            return response  # it is asked for again
        self._folder.mkdir(parents=True, exist_ok=True)
        for source, target in zip(
            came_from := request.meta.get("redirect_urls", []), [*came_from[1:], response.url], strict=False
        ):
            self._add({"url": source, "status": 301, "location": target})
        name = f"{len(self._entries) + 1:02}-{_slug(response.url)}{_suffix(response)}"
        (self._folder / name).write_bytes(trimmed(response))
        self._add(_entry(request, response, name))
        return response

    def _add(self, entry: dict[str, Any]) -> None:
        self._entries.append(entry)
        listing = yaml.safe_dump(self._entries, sort_keys=False, allow_unicode=True, width=120)
        (self._folder / PAGES).write_text(listing, encoding="utf-8")


def recording(folder: Path, pages: int) -> dict[str, Any]:
    """Scrapy settings that save up to `pages` pages of a crawl.

    The recorder sits where bodies are unpacked, and redirects will have been followed.
    """
    return {
        "RECORD_INTO": str(folder),
        "CLOSESPIDER_PAGECOUNT": pages,
        "DOWNLOADER_MIDDLEWARES": PINNED["DOWNLOADER_MIDDLEWARES"] | {"crawler.record.Recorder": 585},
    }


def _entry(request: Request, response: Response, name: str) -> dict[str, Any]:
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").split(";")[0]
    told: dict[str, Any] = {"url": without_traces(response.url), "file": name}
    if response.status != 200:
        told["status"] = response.status
    if kind:
        told["type"] = f"{kind}; charset=utf-8" if isinstance(response, TextResponse) else kind
    counted = {name: found.decode("latin-1") for name in KEPT_HEADERS if (found := response.headers.get(name))}
    if counted:
        told["headers"] = counted
    asked = request.body.decode("utf-8", "replace")
    return told | ({"asks": [part for part in asked.splitlines() if part.startswith(("{", "["))]} if asked else {})


def _slug(url: str) -> str:
    parts = urlsplit(url)
    return re.sub(r"[^a-z0-9]+", "-", f"{parts.path} {parts.query}".lower()).strip("-")[:60] or "start"


def _suffix(response: Response) -> str:
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    known = {"html": ".html", "json": ".json", "xml": ".xml", "csv": ".csv", "sheet": ".xlsx", "plain": ".txt"}
    return next((suffix for word, suffix in known.items() if word in kind), ".bin")
