"""The privacy notice as it stands today: the newest wording, with the contact and the figures of the settings."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Literal

from babel.dates import format_timedelta

from matcher.alerts.readers.consent import Kept, Notice, NoticeSection, text_version, wording
from matcher.languages import Speaker, speaker
from matcher.settings import Settings


def privacy_notice(settings: Settings, language: str) -> Notice:
    """Raises UnknownLanguage, BadFactFile."""
    folder = settings.data / "consent"
    notice = wording(folder, text_version(folder, language)).notice
    values = notice_values(settings, language) | {"contact": settings.contact.strip() or notice.nobody_named}
    return notice.model_copy(update={"sections": tuple(_filled(section, values) for section in notice.sections)})


def notice_values(settings: Settings, language: str) -> dict[str, str]:
    """What the wording names as `{…}`: periods in words of the language, and how many backups are kept."""
    spoken = speaker(language)
    days = {"ended": settings.keep_ended_days, "mail": settings.keep_mail_days}
    return {
        "unconfirmed": _period(timedelta(hours=settings.keep_unconfirmed_hours), "hour", spoken),
        "backups": spoken.number(settings.keep_backups),
    } | {name: _period(timedelta(days=number), "day", spoken) for name, number in days.items()}


def _period(period: timedelta, unit: Literal["hour", "day"], spoken: Speaker) -> str:
    """In that unit however long it is: "48 hours"."""
    return format_timedelta(period, granularity=unit, threshold=math.inf, locale=spoken.locale)


def _filled(section: NoticeSection, values: dict[str, str]) -> NoticeSection:
    kept = tuple(Kept(what=one.what, why=one.why, until=one.until.format_map(values)) for one in section.kept)
    return NoticeSection(
        heading=section.heading,
        paragraphs=tuple(paragraph.format_map(values) for paragraph in section.paragraphs),
        kept=kept,
    )
