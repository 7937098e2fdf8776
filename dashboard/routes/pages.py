"""The pages of subscribers, each with its address. Every address that changes something does so by POST alone.

No page knows a visitor by a cookie or a login: what may be changed is in the signed token of the address, which another
site can neither guess nor read. So no other site can make a visitor's browser change anything (CSRF). Only the sign-up
has no token; `signing_up` refuses what another site posts there.
"""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.routes import choosing, leaving, mail_page, privacy, signing_up, subscriber
from dashboard.routes.page import TEMPLATES, problem
from dashboard.routes.resource import Asked, Resource

STYLE = "pages.css"


def style(_: Asked) -> Response:
    return FileResponse(Path(TEMPLATES / STYLE), headers={"Cache-Control": "public, max-age=3600"})


def entrance(_: Asked) -> Response:
    return RedirectResponse("/alerts/subscribe", 303)


def nowhere(asked: Asked) -> Response:
    return problem(asked.request, 404)


ROUTES = [
    Route("/alerts", Resource(get=entrance)),
    Route(f"/alerts/{STYLE}", Resource(get=style)),
    Route("/alerts/subscribe", Resource(get=signing_up.form, post=signing_up.sign_up, no_sooner=signing_up.NO_SOONER)),
    Route("/alerts/confirm/{token}", Resource(get=signing_up.ask, post=signing_up.confirm)),
    Route("/alerts/settings/{token}", Resource(get=subscriber.settings, post=subscriber.change)),
    Route("/alerts/unsubscribe/{token}", Resource(get=leaving.ask, post=leaving.leave, reads_form=False)),
    Route("/alerts/call/{token}", Resource(get=choosing.ask, post=choosing.choose)),
    Route("/alerts/digest/{token}", Resource(get=mail_page.whole)),
    Route("/privacy", Resource(get=privacy.notice)),
]

NOWHERE = [Route("/alerts/{rest:path}", Resource(get=nowhere, post=nowhere))]
"""Behind all others: else the dashboard, which is drawn at any address, would answer."""
