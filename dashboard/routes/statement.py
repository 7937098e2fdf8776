"""The accessibility statement: `/accessibility`."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from dashboard.plain import links
from dashboard.plain.statement import PREPARED, contact_link, faults
from dashboard.routes.page import reader_language
from dashboard.routes.resource import Asked, Resource
from matcher.languages import speaker


def statement(asked: Asked) -> Response:
    settings, say = asked.answers.settings, speaker(reader_language(asked.request))
    contact = settings.contact.strip()
    return asked.page(
        "accessibility",
        site=settings.public_url,
        faults=faults(say),
        prepared=PREPARED,
        contact=contact,
        link=contact_link(contact),
    )


ROUTES = [Route(links.STATEMENT, Resource(get=statement))]
