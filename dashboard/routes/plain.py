"""The plain pages: `/plain`, `/plain/matches`, `/plain/call`, and their style."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.plain import links, reading, slices
from dashboard.plain.drawing import call_values, matches_values
from dashboard.plain.question import Question, question
from dashboard.routes.conditional import conditional
from dashboard.routes.form import languages
from dashboard.routes.page import TEMPLATES, problem, reader_language
from dashboard.routes.resource import Asked, Resource
from dashboard.told import organisations
from matcher.languages import speaker
from matcher.printable import printable

STYLE = "plain.css"
OPEN, WITH_KEY = "no-cache", "no-store"
"""Values of Cache-Control: asked for anew each time, which is mostly answered with 304; or never kept."""


def home(asked: Asked) -> Response:
    """Choose an organisation and a language."""
    service, say = asked.answers.service, speaker(reader_language(asked.request))
    shown = organisations.names(say, (one for one in service.profiles() if reading.is_open(service, one.id)))
    return asked.page("plain/home", organisations=sorted(shown.items(), key=_by_name), languages=languages())


def matches(asked: Asked) -> Response:
    """The brief's table of an organisation; without one, the page to choose it."""
    what = question(asked)
    if what.profile is None:
        return RedirectResponse(links.home(what.say.language), 303)
    listing = what.listing()
    if what.page > slices.last_page(listing):
        return problem(asked.request, 404)
    values = matches_values(what, listing, slices.rows(listing, what.page))
    return _kept(asked, what, asked.page("plain/matches", language=what.say.language, **values))


def call(asked: Asked) -> Response:
    """One call, as an organisation sees it where one is named."""
    what = question(asked)
    values = call_values(what, what.service.call(asked.query("call")))
    return _kept(asked, what, asked.page("plain/call", language=what.say.language, **values))


def style(_: Asked) -> Response:
    return FileResponse(Path(TEMPLATES / STYLE), headers={"Cache-Control": "public, max-age=3600"})


def nowhere(asked: Asked) -> Response:
    return problem(asked.request, 404)


def _kept(asked: Asked, what: Question, page: Response) -> Response:
    """The page, or 304 where the reader has it already. Whatever stands in it turns no line round."""
    body = printable(bytes(page.body).decode()).encode()
    told = {name: page.headers[name] for name in ("content-language", "vary")}
    cache = WITH_KEY if what.key else OPEN
    return conditional(asked.request, body, "text/html; charset=utf-8", cache, headers=told)


def _by_name(option: tuple[str, str]) -> str:
    return option[1].casefold()


ROUTES = [
    Route(links.HOME, Resource(get=home)),
    Route(links.MATCHES, Resource(get=matches)),
    Route(links.CALL, Resource(get=call)),
    Route(f"{links.HOME}/{STYLE}", Resource(get=style)),
]
NOWHERE = [Route(f"{links.HOME}/{{rest:path}}", Resource(get=nowhere, post=nowhere))]
