"""How often one visitor may ask, and how much one request may send. Kept in the memory of this process.

Mails to one address are limited elsewhere, for good and for all visitors: matcher/alerts/readers/subscribing.py.

The visitor is the address that the connection comes from. Behind a proxy that is named in FUNDING_TRUSTED_PROXY it is
the rightmost address of `X-Forwarded-For` that is no such proxy: matcher/serve.py tells the server (uvicorn) so.
"""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.routes.page import problem
from dashboard.routes.paths import is_ours

BODY = 16 * 1024
"""Bytes of a request's body: the longest form of ours has less than one of them in sixteen."""
BODY_SECONDS = 20.0
"""For the whole of it, once its head was read: one second is long, also on a bad line."""


@dataclass(frozen=True)
class Allowance:
    """So much for one visitor under addresses that begin so, all of them together."""

    path: str
    posts: bool
    limits: str
    """As the library reads it: several joined by `;`, each `number/unit`."""

    @property
    def items(self) -> list[RateLimitItem]:
        return parse_many(self.limits)


ALLOWANCES = (
    # A provider's servers post the one-click unsubscriptions of all its readers: never so few that one is refused.
    Allowance("/alerts/unsubscribe/", posts=True, limits="600/minute"),
    Allowance("/alerts/subscribe", posts=True, limits="5/minute;30/hour"),
    Allowance("/", posts=True, limits="30/minute"),
    # A provider's servers read the calendars of all its readers too.
    Allowance("/alerts/calendar/", posts=False, limits="600/minute"),
    Allowance("/", posts=False, limits="240/minute"),
)
"""The first that fits counts."""


def visitor(client: tuple[str, int] | None) -> str:
    """Who asks: an IPv4 address, or the /64 of an IPv6 one, for that is what one household or office has (RFC 6177)."""
    try:
        address = ip_address(client[0] if client else "")
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))


def allowance(method: str, path: str, allowances: Sequence[Allowance] = ALLOWANCES) -> Allowance:
    posts = method not in ("GET", "HEAD", "OPTIONS")
    return next(one for one in allowances if one.posts is posts and path.startswith(one.path))


class Counter:
    """Counts, and says how many seconds to wait."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._key = secrets.token_bytes(32)

    def wait(self, items: Sequence[RateLimitItem], *who: str) -> int:
        """0 if it is allowed, and counted; else after how many seconds it will be: what is refused does not count.

        `who` is kept as a keyed hash: the memory of this process holds nobody's address.
        """
        hashed = blake2b("\0".join(who).encode("utf-8", "replace"), key=self._key).hexdigest()
        refused = [item for item in items if not self._limiter.test(item, hashed)]
        if not refused:
            for item in items:
                self._limiter.hit(item, hashed)
            return 0
        until = max(self._limiter.get_window_stats(item, hashed).reset_time for item in refused)
        return max(1, math.ceil(until - time.time()))


class VisitorLimits:
    """ASGI middleware: refuses a visitor of our pages who asks too often, sends too much or too slowly.

    429 of RFC 6585; 413 and 408 of RFC 9110, 15.5.
    """

    def __init__(
        self,
        app: ASGIApp,
        allowances: Sequence[Allowance] = ALLOWANCES,
        body: int = BODY,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self.app, self.allowances, self.body, self.body_seconds = app, allowances, body, body_seconds
        self.counter = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_ours(scope["path"]):
            return await self.app(scope, receive, send)
        allowed = allowance(scope["method"], scope["path"], self.allowances)
        kind = "post" if allowed.posts else "get"
        seconds = self.counter.wait(allowed.items, allowed.path, kind, visitor(scope.get("client")))
        if seconds:
            answer = problem(
                Request(scope), 429, headers={"Retry-After": str(seconds)}, minutes=math.ceil(seconds / 60)
            )
            return await answer(scope, receive, send)
        try:
            async with asyncio.timeout(self.body_seconds):
                body = await _read(receive, self.body)
        except ClientDisconnect:
            return None
        except TimeoutError:
            return await problem(Request(scope), 408, headers={"Connection": "close"})(scope, receive, send)
        if body is None:
            return await problem(Request(scope), 413, headers={"Connection": "close"})(scope, receive, send)
        return await self.app(scope, _replay(body, receive), send)


async def _read(receive: Receive, most: int) -> bytes | None:
    """The whole body; None if it is longer than that, and no more of it is kept. Raises ClientDisconnect."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """What was read, once more, for the route."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
