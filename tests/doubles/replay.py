"""Serves the kept pages of sources over real sockets, one server per host, and remembers what was asked.

A fixture folder holds `pages.yml`: a list of pages with `url` and `file`, and where they matter `status`, `type`,
`location`, `headers`, and `asks`, pieces of text that the body of the request must hold (for searches by POST). Any
other address answers 404, robots.txt too unless it is listed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import yaml

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class Page:
    url: str
    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    location: str = ""
    asks: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def target(self) -> str:
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


NOT_FOUND = Page(url="", body=b"<html><title>Not found</title></html>", status=404)


def pages_of(source: str) -> list[Page]:
    """The kept pages of a source. Raises FileNotFoundError where it has none."""
    return pages_in(FIXTURES / source)


def pages_in(folder: Path) -> list[Page]:
    return [_page(folder, entry) for entry in yaml.safe_load((folder / "pages.yml").read_text(encoding="utf-8"))]


def _page(folder: Path, entry: dict) -> Page:
    known = {name: entry[name] for name in ("url", "status", "type", "location") if name in entry}
    if "file" in entry:
        known["body"] = (folder / entry["file"]).read_bytes()
        guessed = guess_type(entry["file"])[0] or "text/html"
        known.setdefault("type", f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed)
    return Page(asks=tuple(entry.get("asks", ())), headers=tuple(entry.get("headers", {}).items()), **known)


@dataclass
class Replay:
    """`host_map` goes into the setting FUNDING_HOST_MAP; `hosts` without pages are served too."""

    pages: Iterable[Page]
    hosts: Iterable[str] = ()
    visits: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        by_host: dict[str, list[Page]] = {host: [] for host in self.hosts}
        for page in self.pages:
            by_host.setdefault(page.host, []).append(page)
        ports = {
            host: self._stack.enter_context(_Host(host, pages, self.visits)).port for host, pages in by_host.items()
        }
        self.host_map = ",".join(f"{host}=http://127.0.0.1:{port}" for host, port in ports.items())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


class _Host:
    def __init__(self, host: str, pages: list[Page], visits: list[str]) -> None:
        self.name = host
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(host, pages, visits))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def _handler(host: str, pages: list[Page], visits: list[str]) -> type[BaseHTTPRequestHandler]:
    def answers(target: str, body: str) -> Iterator[Page]:
        return (page for page in pages if page.target == target and all(piece in body for piece in page.asks))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(self.rfile.read(length).decode("utf-8", "replace"))

        def _answer(self, body: str) -> None:
            visits.append(f"https://{host}{self.path}")
            page = next(
                answers(self.path, body), Page(url="", body=b"<html><title>Not found</title></html>", status=404)
            )
            self.send_response(page.status)
            self.send_header("Content-Type", page.type)
            if page.location:
                self.send_header("Location", page.location)
            for name, value in page.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            with suppress(ConnectionError):  # who finds a page too large hangs up
                self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            """The visits are the log."""

    return Handler
