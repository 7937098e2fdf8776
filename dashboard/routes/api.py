"""The read-only API below the other routes: `/api/v1/…`, its description for programs in `/api/v1/openapi.json`."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.api.application import BASE, api
from dashboard.routes.resource import Asked, Resource


class HeadAsGet:
    """ASGI: what answers GET answers HEAD, as HTTP asks for (RFC 9110, 9.1); the server leaves out the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


def entrance(_: Asked) -> Response:
    return RedirectResponse(f"{BASE}/", 307)


ROUTES = [Route(BASE, Resource(get=entrance)), Mount(BASE, HeadAsGet(api))]
