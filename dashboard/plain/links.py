"""The addresses of the plain pages and of the exports. Pure: who may look is in the `key`, which others sign."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from dashboard.filters import Filters, to_query
from dashboard.routes.paths import KEY

HOME, MATCHES, CALL, STATEMENT = "/plain", "/plain/matches", "/plain/call", "/accessibility"

PAGE = "page"
ALL = Filters()


class Form(StrEnum):
    """What an address answers with, by its ending."""

    HTML = ""
    PDF = ".pdf"
    XLSX = ".xlsx"
    CSV = ".csv"
    TEXT = ".txt"
    CALENDAR = ".ics"


def matches(
    profile: str,
    language: str,
    filters: Filters = ALL,
    form: Form = Form.HTML,
    key: str = "",
    on: date | None = None,
    page: int = 1,
) -> str:
    """The matches of an organisation; `on`: a day other than today."""
    asked = _who(profile, language, key, on) | to_query(filters) | ({PAGE: str(page)} if page > 1 else {})
    return f"{MATCHES}{form}?{urlencode(asked)}"


def call(id: str, profile: str, language: str, form: Form = Form.HTML, key: str = "", on: date | None = None) -> str:
    """A call; `profile`: empty for the call alone."""
    return f"{CALL}{form}?{urlencode(_who(profile, language, key, on) | {'call': id})}"


def home(language: str) -> str:
    return f"{HOME}?{urlencode({'lang': language})}"


def statement(language: str) -> str:
    """The accessibility statement."""
    return f"{STATEMENT}?{urlencode({'lang': language})}"


def _who(profile: str, language: str, key: str, on: date | None) -> dict[str, str]:
    named = {"lang": language, "profile": profile, "on": on.isoformat() if on else "", KEY: key}
    return {name: value for name, value in named.items() if value}
