"""Security headers of every answer: what a browser may load, send and remember. A route's own header wins.

Tokens stand in addresses, so no page may tell its address to another site (`Referrer-Policy`), and none is cached.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.routes.paths import is_ours, is_secret

EVERYWHERE = {"X-Content-Type-Options": "nosniff"}
OUR_PAGES = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
WITH_TOKENS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
DASHBOARD = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self' data:; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'self'; base-uri 'self'"
    ),
    "Referrer-Policy": "same-origin",
}
"""Streamlit's pages have scripts in their HTML, and charts that compile theirs: without both nothing is drawn."""


def headers_of(path: str, query: str = "") -> dict[str, str]:
    """The headers that an answer under that path must have."""
    if not is_ours(path):
        return EVERYWHERE | DASHBOARD
    return EVERYWHERE | OUR_PAGES | (WITH_TOKENS if is_secret(path, query) else {})


class SecurityHeaders:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in headers_of(scope["path"], scope.get("query_string", b"").decode("latin-1")).items():
                    headers.setdefault(name, value)
            await send(message)

        return await self.app(scope, receive, send_with_headers)
