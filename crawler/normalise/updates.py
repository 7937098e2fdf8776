"""News on a topic: update records and the portal's latestInfos. They hang on a call and never enter its text."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from crawler.normalise.issues import Issues
from crawler.normalise.portal_json import objects
from crawler.normalise.text import clean_line, html_to_text
from crawler.source import RawUpdate
from matcher.days import BRUSSELS
from matcher.model import Update


def understand_update(raw: RawUpdate, issues: Issues) -> Update:
    """An update record of its own (type 6 of the portal)."""
    return Update(
        reference=raw.reference,
        published=_instant(raw.published, "published", issues),
        title=clean_line(raw.title),
        text=html_to_text(raw.description, issues, "description"),
    )


def latest_infos(text: str, issues: Issues) -> tuple[Update, ...]:
    """The news inside a topic record. They have no reference there: one is made from what they say."""
    found = []
    for entry in objects(text, "latest_infos", issues):
        content = html_to_text(str(entry.get("content") or ""), issues, "latest_infos.content")
        published = _instant(str(entry.get("lastChangeDate") or ""), "latest_infos.lastChangeDate", issues)
        if content:
            digest = hashlib.sha256(f"{published}{content}".encode()).hexdigest()[:16]
            found.append(Update(reference=f"info-{digest}", published=published, text=content))
    return tuple(found)


def _instant(text: str, field: str, issues: Issues) -> datetime | None:
    """An ISO time in UTC; one without zone is local time in Brussels, as the same news in both forms shows."""
    if not text.strip():
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        issues.add(field, "not a date and time", text, ["2025-10-03T17:59:44.318", "2025-10-03T17:59:44.318+0000"])
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=BRUSSELS)).astimezone(UTC)
