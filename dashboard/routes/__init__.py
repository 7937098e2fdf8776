"""What the dashboard's server answers beside the dashboard: one line here for each module that has routes.

A module gives its routes as a list `ROUTES`. Order matters: the first that fits answers, Streamlit's own come last.
A module's addresses stand in `paths.OURS`: under those, visitors are limited and security headers set.
What answers is imported once a server is made: who only wants an address (`paths`) needs none of it.
"""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from matcher.settings import Settings


def routes() -> list[BaseRoute]:
    """All of them, in order."""
    from dashboard.routes import api, calendar, deadlines, exports, feed, health, pages, plain, statement

    return [
        *pages.ROUTES,
        *plain.ROUTES,
        *exports.ROUTES,
        *statement.ROUTES,
        *deadlines.ROUTES,
        *calendar.ROUTES,
        *feed.ROUTES,
        *api.ROUTES,
        *health.ROUTES,
        *pages.NOWHERE,
        *plain.NOWHERE,
    ]


def middleware(settings: Settings) -> list[Middleware]:
    """What every request passes, from the outside in."""
    from dashboard.routes.answers import Answers, WithAnswers
    from dashboard.routes.headers import SecurityHeaders
    from dashboard.routes.limits import VisitorLimits
    from dashboard.routes.shell import SpokenShell
    from dashboard.routes.signing_in import SigningIn

    return [
        Middleware(SecurityHeaders),
        Middleware(SigningIn, settings=settings),
        Middleware(WithAnswers, answers=Answers(settings)),
        Middleware(VisitorLimits),
        Middleware(SpokenShell),
    ]
