"""A website on loopback that answers as it was told, and remembers when it was asked what."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True)
class Says:
    """One answer. `wait`: seconds before it; `cut`: announce more bytes than come; `back_in`: Retry-After as a date."""

    status: int = 200
    body: bytes = b"<p>a page</p>"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    cut: bool = False
    back_in: float | None = None


@dataclass
class Site:
    """`answers`: per path, used up one by one, the last one repeated. Other paths: a page."""

    answers: dict[str, list[Says]] = field(default_factory=dict)
    visits: list[tuple[float, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def asked(self, path: str) -> list[float]:
        """The moments, in seconds, at which a path was asked for."""
        return [moment for moment, asked in self.visits if asked == path]

    def pages(self) -> list[str]:
        return [path for _, path in self.visits if path != "/robots.txt"]

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _next(self, path: str) -> Says:
        self.visits.append((time.monotonic(), path))
        queue = self.answers.get(path, [Says()])
        return queue.pop(0) if len(queue) > 1 else queue[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                says = site._next(self.path)
                time.sleep(says.wait)
                with suppress(ConnectionError):  # a client that lost patience has gone
                    self._say(says)

            def _say(self, says: Says) -> None:
                self.send_response(says.status)
                for name, value in says.headers:
                    self.send_header(name, value)
                if says.back_in is not None:
                    self.send_header("Retry-After", formatdate(time.time() + says.back_in, usegmt=True))
                self.send_header("Content-Length", str(len(says.body) + (1000 if says.cut else 0)))
                self.end_headers()
                self.wfile.write(says.body)

            def log_message(self, *_: object) -> None:
                """The visits are the log."""

        return Handler
