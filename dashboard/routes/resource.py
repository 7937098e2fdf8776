"""One address and what it answers to each method. What a handler raises becomes a page that a person understands.

Handlers are plain functions in a thread: store and matching never hold up the other visitors.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dashboard.routes.answers import Answers, answers_of, is_outdated, problem_status
from dashboard.routes.page import page, problem

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A request as a handler sees it."""

    request: Request
    form: Mapping[str, str] = field(default_factory=dict)
    """Fields of a posted form, each once; files are not taken."""

    @property
    def answers(self) -> Answers:
        return answers_of(self.request)

    @property
    def token(self) -> str:
        return str(self.request.path_params["token"])

    def query(self, name: str) -> str:
        return self.request.query_params.get(name, "")

    def page(
        self,
        template: str,
        status: int = 200,
        language: str = "",
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> Response:
        return page(self.request, template, status, language, headers, **values)


Handler = Callable[[Asked], Response]


@dataclass(frozen=True)
class Resource:
    """An ASGI application. HEAD is answered as GET, the server leaves out the body."""

    get: Handler | None = None
    post: Handler | None = None
    reads_form: bool = True
    """Whether what is posted matters; else it may be anything, as it is to who leaves by a mail program."""
    no_sooner: float = 0
    """Seconds after which what was posted is answered at the earliest: so the time tells less of what was done."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        began = time.monotonic()
        response = await self._answer(request)
        if request.method == "POST" and self.no_sooner:
            await asyncio.sleep(self.no_sooner - (time.monotonic() - began))
        await response(scope, receive, send)

    @property
    def allowed(self) -> str:
        reading = ["GET", "HEAD"] if self.get else []
        return ", ".join([*reading, *(["POST"] if self.post else []), "OPTIONS"])

    async def _answer(self, request: Request) -> Response:
        handler = {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(request.method)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": self.allowed})
        if handler is None:
            return problem(request, 405, headers={"Allow": self.allowed})
        try:
            form = await _form(request) if request.method == "POST" and self.reads_form else {}
        except HTTPException:
            return problem(request, 400)
        return await run_in_threadpool(_handled, handler, Asked(request, form))


def _handled(handler: Handler, asked: Asked) -> Response:
    """The outermost guard of a request: no traceback on a screen, no foreign message (an address?) in the log."""
    try:
        return _answered(handler, asked)
    except Exception as error:
        status = problem_status(error)
        if status == 503:
            log.error("%s", error)
        if status == 500:
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s for a %s request:\n%s", type(error).__name__, asked.request.method, where)
        return problem(asked.request, status)


def _answered(handler: Handler, asked: Asked) -> Response:
    """Asked once more where calls were loaded meanwhile and nothing was posted."""
    try:
        return handler(asked)
    except LookupError as error:
        if asked.request.method == "POST" or not is_outdated(error):
            raise
        asked.answers.renew()
        return handler(asked)


async def _form(request: Request) -> dict[str, str]:
    """Raises HTTPException for a body that is no form."""
    async with request.form(max_files=0, max_fields=20) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
