"""What went wrong, as programs read it (RFC 9457): no message of ours names a file or repeats what it was given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.models import Fault, Problem
from dashboard.api.paging import BadCursor
from dashboard.routes.answers import problem_status

MEDIA_TYPE = "application/problem+json"
DETAILS = {
    404: "There is no such call, organisation, source or address; the lists of this API have what there is.",
    429: "Too many requests from this network; wait as long as Retry-After says.",
    500: "A fault of ours; it was noted.",
    503: "The calls cannot be read at the moment; try again in some minutes.",
}
DOCUMENTED = {
    404: {"model": Problem, "description": "There is no such thing."},
    422: {"model": Problem, "description": "A parameter is wrong."},
    429: {"model": Problem, "description": "Too many requests."},
    503: {"model": Problem, "description": "The store cannot be read."},
}
"""For the OpenAPI document of every address."""

Handler = Callable[[Request, Exception], Awaitable[Response]]


def answer_problems(api: FastAPI) -> None:
    """Every error of the API becomes a problem document."""
    from matcher.factfile import BadFactFile
    from matcher.local_model import ModelMissing
    from matcher.service import NoCalls, NotFound, Outdated
    from matcher.store import StoreError

    for kind in (BadFactFile, ModelMissing, NoCalls, NotFound, Outdated, StoreError, Exception):
        api.add_exception_handler(kind, _of_ours)
    api.add_exception_handler(HTTPException, _of_http)
    api.add_exception_handler(RequestValidationError, _of_parameters)
    api.add_exception_handler(BadCursor, _of_cursor)


async def _of_ours(_: Request, error: Exception) -> Response:
    return _problem(problem_status(error))


async def _of_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(error.status_code, headers=dict(error.headers or {}))


async def _of_parameters(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(where=str(one["loc"][0]), name=".".join(map(str, one["loc"][1:])), message=one["msg"])
        for one in error.errors()
    ]
    return _problem(422, faults)


async def _of_cursor(_: Request, error: Exception) -> Response:
    return _problem(422, [Fault(where="query", name="cursor", message=str(error))])


def _problem(status: int, faults: list[Fault] | None = None, headers: dict[str, str] | None = None) -> Response:
    title = HTTPStatus(status).phrase
    told = Problem(title=title, status=status, detail=DETAILS.get(status, ""), faults=faults or [])
    headers = (headers or {}) | {"Cache-Control": "no-store"}
    return Response(told.model_dump_json(by_alias=True), status, headers, MEDIA_TYPE)
