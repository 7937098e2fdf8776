"""A page in the reader's language, and the page that says what went wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, Response

from matcher.languages import LANGUAGES, environment, speaker
from matcher.printable import printable

TEMPLATES = Path(__file__).parent.parent / "templates"
MACHINES = ("/api", "/health")
"""Addresses that programs ask: they get problems as JSON (RFC 9457)."""
PLAIN = "/plain"
"""Addresses that no mail leads to."""
NAMES = {400: "bad request", 403: "forbidden", 404: "not found", 405: "method not allowed", 410: "gone"} | {
    408: "request timeout",
    413: "content too large",
    429: "too many requests",
    500: "internal error",
    503: "unavailable",
}


def page(
    connection: HTTPConnection,
    template: str,
    status: int = 200,
    language: str = "",
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> Response:
    """A page from dashboard/templates. `language`: of the reader, where it is known otherwise than from the browser."""
    spoken = reader_language(connection, language)
    template_of = environment(spoken, TEMPLATES).get_template(f"{template}.html.j2")
    html = printable(template_of.render(others=_others(connection), **values))
    return HTMLResponse(html, status, dict(headers or {}) | {"Content-Language": spoken, "Vary": "Accept-Language"})


def problem(
    connection: HTTPConnection, status: int, headers: Mapping[str, str] | None = None, **values: object
) -> Response:
    """What went wrong, with what to do: a page for people, JSON for programs."""
    if connection.url.path.startswith(MACHINES):
        told = {"type": "about:blank", "status": status, "title": NAMES[status]}
        return JSONResponse(told, status, headers, media_type="application/problem+json")
    is_plain = connection.url.path.startswith(PLAIN)
    return page(connection, "problem", status, "", headers, code=status, is_plain=is_plain, **values)


@dataclass(frozen=True)
class Other:
    """The same page in a language."""

    code: str
    name: str
    address: str


def _others(connection: HTTPConnection) -> list[Other]:
    here = {code: connection.url.include_query_params(lang=code) for code in LANGUAGES}
    return [Other(code, speaker(code).name, f"{url.path}?{url.query}") for code, url in here.items()]


def reader_language(connection: HTTPConnection, known: str = "") -> str:
    """What `?lang=` asks for, else what is known of the reader, else what the browser prefers, else English."""
    asked = connection.query_params.get("lang", "")
    wanted = [asked, known, *accepted(connection.headers.get("accept-language", ""))]
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def accepted(header: str) -> list[str]:
    """The languages of an `Accept-Language` header, the most wanted first, without their regions (RFC 9110, 12.5.4)."""
    weighed = [_weighed(part) for part in header[:500].split(",")]
    return [language for weight, language in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _weighed(part: str) -> tuple[float, str]:
    language, _, parameter = part.partition(";")
    try:
        weight = float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        weight = 0
    return weight, language.strip().lower().split("-")[0]
