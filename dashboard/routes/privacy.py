"""The privacy notice, in the newest wording that somebody can agree to (data/consent)."""

from __future__ import annotations

from starlette.responses import Response

from dashboard.routes.page import reader_language
from dashboard.routes.resource import Asked
from matcher.alerts.consent import text_version, wording


def notice(asked: Asked) -> Response:
    folder = asked.answers.settings.data / "consent"
    told = wording(folder, text_version(folder, reader_language(asked.request))).notice
    return asked.page("privacy", notice=told)
