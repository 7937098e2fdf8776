"""What a browser is told about every answer."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.routes.headers import SecurityHeaders
from matcher.alerts.readers.tokens import Purpose

from .conftest import path


def test_a_page_with_a_token_is_kept_and_told_nowhere(client, home):
    mine = home.subscribed(client)
    for address in (home.links.settings(mine.id), home.links.unsubscribe(mine.id)):
        for answer in (client.get(path(address)), client.head(path(address)), client.options(path(address))):
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            assert "noindex" in answer.headers["x-robots-tag"]
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_our_pages_load_nothing_but_our_style(client, home):
    for address in ("/alerts/subscribe", "/privacy", f"/alerts/settings/{home.token(Purpose.SETTINGS, 'x')}"):
        rules = client.get(address).headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(rules)
        assert not any("unsafe" in rule or "script-src" in rule or "*" in rule for rule in rules)
        html = client.get(address).text
        assert "<script" not in html
        assert "style=" not in html
        assert "<style" not in html


def test_no_page_sets_a_cookie(client, home):
    mine = home.subscribed(client)
    client.get(path(home.links.settings(mine.id)))
    assert not client.cookies


@pytest.mark.parametrize("at", ["/", "/call", "/sources", "/_stcore/health"])
def test_the_dashboard_may_be_framed_by_nobody_else_and_loads_from_itself(at):
    async def any_page(_):
        return PlainTextResponse("x")

    app = Starlette(routes=[Route("/{rest:path}", any_page)], middleware=[Middleware(SecurityHeaders)])
    rules = TestClient(app).get(at).headers["content-security-policy"].split("; ")
    assert {"default-src 'self'", "frame-ancestors 'self'", "form-action 'self'", "object-src 'none'"} <= set(rules)


def test_a_route_s_own_header_wins(client):
    style = client.get("/alerts/pages.css")
    assert style.headers["cache-control"] == "public, max-age=3600"
    assert style.headers["content-type"].startswith("text/css")
