"""Calls as files: `/plain/matches.pdf`, `.xlsx`, `.csv`, `.txt`; one call: `/plain/call.pdf`, `.ics`."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import partial

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.export import files
from dashboard.export.pdf import NoPdf
from dashboard.plain import links
from dashboard.plain.links import Form
from dashboard.plain.question import Question, question
from dashboard.routes.conditional import conditional
from dashboard.routes.page import page
from dashboard.routes.plain import OPEN, WITH_KEY
from dashboard.routes.resource import Asked, Handler, Resource
from matcher.model import Call

log = logging.getLogger(__name__)

TYPES = {
    Form.PDF: "application/pdf",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.TEXT: "text/plain; charset=utf-8",
    Form.CALENDAR: "text/calendar; charset=utf-8",
}
SHOWN = (Form.PDF, Form.TEXT)
"""Read in the browser; the others are saved."""

OF_MATCHES: dict[Form, Callable[[Question], bytes]] = {
    Form.PDF: files.matches_pdf,
    Form.XLSX: files.matches_workbook,
    Form.CSV: files.matches_csv,
    Form.TEXT: files.matches_text,
}
OF_CALL: dict[Form, Callable[[Question, Call], bytes]] = {
    Form.PDF: files.call_pdf,
    Form.CALENDAR: files.call_calendar,
}


def _matches(form: Form) -> Handler:
    def answer(asked: Asked) -> Response:
        what = question(asked)
        if what.profile is None:
            return RedirectResponse(links.home(what.say.language), 303)
        name = f"calls-{_letters(what.profile.id)}-{what.on.isoformat()}"
        return _file(asked, what, form, name, partial(OF_MATCHES[form], what))

    return answer


def _call(form: Form) -> Handler:
    def answer(asked: Asked) -> Response:
        what = question(asked)
        call = what.service.call(asked.query("call"))
        return _file(asked, what, form, f"call-{_letters(call.code or call.id)}", partial(OF_CALL[form], what, call))

    return answer


def _file(asked: Asked, what: Question, form: Form, name: str, make: Callable[[], bytes]) -> Response:
    try:
        body = make()
    except files.TooMany as error:
        return _not_made(asked, what, 422, "many", error.most)
    except NoPdf as error:
        log.error("%s", error)
        return _not_made(asked, what, 503, "pdf")
    how = "inline" if form in SHOWN else "attachment"
    told = {"Content-Disposition": f'{how}; filename="{name}{form}"', "Content-Language": what.say.language}
    cache = WITH_KEY if what.key else OPEN
    return conditional(asked.request, body, TYPES[form], cache, headers=told | {"Vary": "Accept-Language"})


def _not_made(asked: Asked, what: Question, status: int, why: str, most: int = 0) -> Response:
    """The page that says what to do instead."""
    call = asked.query("call")
    back = what.call_address(call) if call else what.matches_address()
    return page(asked.request, "plain/no_file", status, what.say.language, why=why, most=most, back=back)


def _letters(text: str) -> str:
    """Of a file's name: what no system and no header reads as something else."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text)[:80].strip("-")


ROUTES = [
    *(Route(f"{links.MATCHES}{form}", Resource(get=_matches(form))) for form in OF_MATCHES),
    *(Route(f"{links.CALL}{form}", Resource(get=_call(form))) for form in OF_CALL),
]
