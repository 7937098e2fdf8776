"""The page that Streamlit loads its program into, in the reader's language before any script runs.

Streamlit ships one English page for every address. What it cannot say by itself is put in: the language of the page
(WCAG 2.2, 3.1.1), a title, for whoever has no scripts the way to the plain pages, words that frame.css puts in the
place of English ones, and where its server is: it would look for that below the page's own path first, and wait a
moment after it was not found there.
"""

from __future__ import annotations

import gzip
import re
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.routes.page import reader_language
from dashboard.routes.paths import is_ours
from matcher.languages import Speaker, speaker

_LANGUAGE = re.compile(r'<html lang="[^"]*">')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)

_HEAD = "<head>"
_SERVER = "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin}</script>"

_OF_A_FILE = ("etag", "last-modified", "accept-ranges")
"""Headers that tell of the file as it lies on the disk, not of the page that is made of it."""


def in_language(html: str, say: Speaker, plain: str) -> str:
    """The page in a language; `plain`: address of the plain page that stands for it."""
    title = escape(say.gettext("EU funds for integration"))
    told = escape(say.gettext("This dashboard needs JavaScript. The same is told without it on the plain pages."))
    link = f'<a href="{escape(plain)}">{escape(say.gettext("To the plain pages"))}</a>'
    html = html.replace(_HEAD, _HEAD + _SERVER + _style(say), 1)
    html = _LANGUAGE.sub(lambda _: f'<html lang="{say.language}">', html, count=1)
    html = _TITLE.sub(lambda _: f"<title>{title}</title>", html, count=1)
    return _NOSCRIPT.sub(lambda _: f"<noscript><p>{told}</p><p>{link}</p></noscript>", html, count=1)


def _style(say: Speaker) -> str:
    """The words of frame.css, by the names under which it asks for them."""
    words = {
        "more-pages": say.gettext("More pages"),
        "skip": say.gettext("Skip to the content"),
        "choose-file": say.gettext("Choose a file"),
    }
    told = "; ".join(f"--{name}: {_css_text(text)}" for name, text in words.items())
    return f"<style>:root {{{told}}}</style>"


def _css_text(words: str) -> str:
    """As a string of a style sheet (CSS Syntax 3, 4.3.7)."""
    return '"' + re.sub(r"[\x00-\x1f!-/:-@\[-`{-~]", lambda sign: f"\\{ord(sign[0]):x} ", words) + '"'


def plain_address(path: str, query: str, language: str) -> str:
    """The plain page that tells what the dashboard tells under an address."""
    asked = {name: value for name, value in parse_qsl(query) if name != "lang"}
    page = (
        "/plain/call" if path == "/call" and "call" in asked else "/plain/matches" if "profile" in asked else "/plain"
    )
    return f"{page}?{urlencode({'lang': language} | (asked if page != '/plain' else {}))}"


class SpokenShell:
    """ASGI middleware. HEAD is asked as GET, because the length it tells is that of the page with its words put in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or is_ours(scope["path"]):
            return await self.app(scope, receive, send)
        return await self.app({**scope, "method": "GET"}, receive, _Rewriting(Request(scope), send).send)


class _Rewriting:
    """Keeps one answer back until it is whole, if it is a page; lets everything else through as it comes."""

    def __init__(self, request: Request, send: Send) -> None:
        self._request, self._send = request, send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)
        elif message["type"] == "http.response.body" and self._request.method == "HEAD":
            await self._send({**message, "body": b""})
        else:
            await self._send(message)

    async def _send_page(self, start: Message) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        body = self._spoken(self._body, headers.get("content-encoding", ""))
        for name in _OF_A_FILE:
            del headers[name]
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Language")
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": b"" if self._request.method == "HEAD" else body})

    def _spoken(self, body: bytes, coding: str) -> bytes:
        say = speaker(reader_language(self._request))
        plain = plain_address(self._request.url.path, self._request.url.query, say.language)
        html = (gzip.decompress(body) if coding == "gzip" else body).decode()
        spoken = in_language(html, say, plain).encode()
        return gzip.compress(spoken, mtime=0) if coding == "gzip" else spoken


def _is_page(start: Message) -> bool:
    """A whole HTML page in a coding that is understood here."""
    headers = Headers(raw=start["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and headers.get("content-encoding", "gzip") == "gzip"
