"""The privacy notice, in the newest wording that somebody can agree to (data/consent), with this site's periods."""

from __future__ import annotations

from babel import Locale
from babel.units import format_unit
from starlette.responses import Response

from dashboard.routes.page import reader_language
from dashboard.routes.resource import Asked
from matcher.alerts.consent import Notice, text_version, wording
from matcher.languages import speaker
from matcher.settings import Settings


def notice(asked: Asked) -> Response:
    folder, voice = asked.answers.settings.data / "consent", speaker(reader_language(asked.request))
    told = wording(folder, text_version(folder, voice.language)).notice
    return asked.page("privacy", notice=told, values=_values(asked.answers.settings, told, voice.locale))


def _values(settings: Settings, told: Notice, locale: Locale) -> dict[str, str]:
    """What stands in braces in the wording."""

    def span(number: int, unit: str) -> str:
        return str(format_unit(number, f"duration-{unit}", "long", locale=locale))

    return {
        "contact": settings.contact or told.nobody_named,
        "ended": span(settings.keep_ended_days, "day"),
        "mail": span(settings.keep_mail_days, "day"),
        "unconfirmed": span(settings.keep_unconfirmed_hours, "hour"),
        "backups": str(settings.keep_backups),
    }
