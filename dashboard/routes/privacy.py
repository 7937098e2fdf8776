"""The privacy notice, as it stands today."""

from __future__ import annotations

from starlette.responses import Response

from dashboard.routes.page import reader_language
from dashboard.routes.resource import Asked
from matcher.alerts.readers.privacy import privacy_notice


def notice(asked: Asked) -> Response:
    told = privacy_notice(asked.answers.settings, reader_language(asked.request))
    return asked.page("privacy", notice=told)
