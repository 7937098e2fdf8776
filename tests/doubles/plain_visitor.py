"""Visitors of the plain pages, in front of the routes as the server has them, on a small real store."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.routes import middleware, routes
from matcher.settings import Settings
from tests.doubles.small_store import DAY, MUNICIPALITY, made_call

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example";"open")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)\r\nBcc: everybody@town.example",
    "\u202eturned\u202c {{ 7*7 }} {% raw %} %(name)s",
    "-2+3 " + "long " * 2_500,
)
"""Titles that a crawl may bring: script, formula, header, template, direction, length."""

HOSTILE_CALLS = tuple(
    made_call(
        f"hostile-{number}",
        title=title,
        identifier=title[:60],
        fund=None,
        url='javascript:alert("x")' if number % 2 else 'https://evil.example/"><script>alert(2)</script>',
        text=f"{title} Projects help migrants to take part in the life of their town and of its councils.",
        language="ar",
    )
    for number, title in enumerate(HOSTILE)
)


def visitor_of(settings: Settings) -> TestClient:
    app = Starlette(routes=routes(), middleware=middleware(settings))
    return TestClient(app, headers={"accept-language": "en"}, follow_redirects=False)


def asked(**more: str) -> dict[str, str]:
    """The parameters of a page of the town on the day on which the store is seen."""
    return {"profile": MUNICIPALITY, "on": DAY.isoformat(), "lang": "en"} | more


def parameters(address: str) -> Mapping[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
