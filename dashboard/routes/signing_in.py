"""What Streamlit's own pages of the sign-in leave open: where one lands afterwards, what one is told when it fails, and
that cookies travel encrypted alone.

Streamlit always leads back to the first page, says nothing when the provider refused or did not answer on the way back,
and a bare line when it did not answer on the way there. Its cookies are HttpOnly and SameSite=Lax, but not Secure.
"""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.settings import Settings

LOGIN, CALLBACK = "/auth/login", "/oauth2callback"
FAILED = "/?sign-in=failed"
RETURN = "funding_return"
"""Cookie: the page from which somebody went to sign in."""
MINUTES = 10
"""For which they are waited for."""
OURS = re.compile(r"/(?:[A-Za-z0-9_?-][!#-:<-\[\]-~]*)?")
"""A path of this site with its query, in the characters of a cookie: no second slash or backslash at its start, which
browsers take for another site."""
LONGEST = 1_000
SIGNED_IN = b"_streamlit_user="
STREAMLITS = b"_streamlit"


class SigningIn:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.site = urlsplit(settings.public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_replaced = False

        async def send_mended(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start":
                is_replaced = self._mend(scope, message)
            elif is_replaced:
                message = {**message, "body": b""}
            await send(message)

        await self.app(scope, receive, send_mended)

    def _mend(self, scope: Scope, answer: Message) -> bool:
        """Returns whether another answer took the place of this one, so that its text must go."""
        headers = MutableHeaders(scope=answer)
        replaced = False
        if scope["path"] == LOGIN:
            replaced = answer["status"] >= 400
            self._remember(Headers(scope=scope).get("referer", ""), headers)
        elif scope["path"] == CALLBACK and _asked_for(scope):
            headers["location"] = _return(scope) if _is_signed_in(answer) else FAILED
        if replaced:
            answer["status"] = 303
            headers["location"] = FAILED
            headers["content-length"] = "0"
        if self.site.scheme == "https":
            answer["headers"] = [(name, _secure(name, value)) for name, value in answer["headers"]]
        return replaced

    def _remember(self, referer: str, headers: MutableHeaders) -> None:
        came = urlsplit(referer)
        page = f"{came.path or '/'}?{came.query}" if came.query else came.path
        if (came.scheme, came.netloc) == (self.site.scheme, self.site.netloc) and is_ours(page):
            flags = "; Secure" if self.site.scheme == "https" else ""
            headers.append(
                "set-cookie",
                f"{RETURN}={page}; Path={CALLBACK}; Max-Age={60 * MINUTES}; HttpOnly; SameSite=Lax{flags}",
            )


def is_ours(page: str) -> bool:
    """Whether it is a page of this site, so that nobody is led elsewhere."""
    return len(page) <= LONGEST and OURS.fullmatch(page) is not None


def _asked_for(scope: Scope) -> bool:
    """Somebody comes back who went to sign in; whoever signed out comes back here, too."""
    return not {"code", "error"}.isdisjoint(parse_qs(scope["query_string"].decode("latin-1")))


def _is_signed_in(answer: Message) -> bool:
    cookies = [value for name, value in answer["headers"] if name.lower() == b"set-cookie"]
    return any(one.startswith(SIGNED_IN) and b"max-age=0" not in one.lower() for one in cookies)


def _return(scope: Scope) -> str:
    sent = SimpleCookie()
    sent.load(Headers(scope=scope).get("cookie", ""))
    page = sent[RETURN].value if RETURN in sent else "/"
    return page if is_ours(page) else "/"


def _secure(name: bytes, value: bytes) -> bytes:
    is_theirs = name.lower() == b"set-cookie" and value.startswith(STREAMLITS)
    return value + b"; Secure" if is_theirs and b"; secure" not in value.lower() else value
