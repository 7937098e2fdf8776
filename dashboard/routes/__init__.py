"""What the dashboard's server answers beside the dashboard: one line here for each module that has routes.

A module gives its routes as a list `ROUTES`. Order matters: the first that fits answers, Streamlit's own come last.
A module's addresses stand in `paths.OURS`: under those, visitors are limited and security headers set.
"""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from dashboard.routes import api, calendar, feed, health, pages
from dashboard.routes.answers import Answers, WithAnswers
from dashboard.routes.headers import SecurityHeaders
from dashboard.routes.limits import VisitorLimits
from matcher.settings import Settings


def routes() -> list[BaseRoute]:
    """All of them, in order."""
    return [*pages.ROUTES, *calendar.ROUTES, *feed.ROUTES, *api.ROUTES, *health.ROUTES, *pages.NOWHERE]


def middleware(settings: Settings) -> list[Middleware]:
    """What every request passes, from the outside in."""
    return [
        Middleware(SecurityHeaders),
        Middleware(WithAnswers, answers=Answers(settings)),
        Middleware(VisitorLimits),
    ]
