"""The rows of the projects index as raw projects: which row counts, which field means what. Pure; understands no value.

Of participants it takes organisations only, and of their addresses no more than city and country.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from crawler.platforms.sedia import Row, value, values
from crawler.source import RawParticipant, RawProject
from crawler.spiders.funding_tenders.rows import language

INDEX = "SEDIA_NONH2020_PROD"
FIELDS = (
    *("DATASOURCE", "language", "url", "projectId", "acronym", "title", "objective", "projectObjective", "status"),
    *("programId", "programAbbreviation", "topicAbbreviation", "callIdentifier", "typeOfAction", "startDate"),
    *("endDate", "overallBudget", "euContributionAmount", "freeKeywords", "nutsCode", "participants"),
)
"""What is asked for: a row's publications and street addresses of its map are left where they are."""
PERSON = frozenset(("natural person", "np", "person", "individual", "private individual"))
"""Words that mark a participant as a human being, in any of the three fields that say what it is."""


class BadParticipants(Exception):
    """The participants of a row cannot be read; the message says why."""


def reason_to_drop(row: Row) -> str | None:
    if not row.get("reference"):
        return "rows without a reference"
    if value(row, "DATASOURCE") not in ("", INDEX):
        return "rows of another database"
    if language(row).lower() not in ("en", ""):
        return "translations"
    return None


def read_project(row: Row, source: str, fetched_at: datetime) -> RawProject:
    """A row without its participants, texts as they stand."""
    return RawProject(
        source=source,
        reference=str(row["reference"]),
        fetched_at=fetched_at,
        url=value(row, "url") or str(row.get("url") or ""),
        project_id=value(row, "projectId"),
        acronym=value(row, "acronym"),
        title=value(row, "title") or str(row.get("summary") or ""),
        objective=value(row, "objective") or value(row, "projectObjective"),
        status=value(row, "status"),
        programme=value(row, "programId") or value(row, "programAbbreviation"),
        topic=value(row, "topicAbbreviation"),
        call_identifier=value(row, "callIdentifier"),
        type_of_action=value(row, "typeOfAction"),
        start=value(row, "startDate"),
        end=value(row, "endDate"),
        budget=value(row, "overallBudget"),
        eu_contribution=value(row, "euContributionAmount"),
        keywords=values(row, "freeKeywords"),
    )


def read_participants(row: Row) -> tuple[tuple[RawParticipant, ...], int]:
    """The organisations in a row, in its order, and how many persons were left out. Raises BadParticipants."""
    text = value(row, "participants")
    if not text.strip():
        return (), 0
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadParticipants(f"malformed JSON ({error})") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadParticipants("not a list of objects")
    regions = values(row, "nutsCode")
    if len(regions) != len(entries):  # one per participant, or nobody knows whose is whose
        regions = ("",) * len(entries)
    kept = [(entry, nuts) for entry, nuts in zip(entries, regions, strict=True) if not _is_person(entry)]
    return tuple(_participant(entry, nuts) for entry, nuts in kept), len(entries) - len(kept)


def _participant(entry: dict[str, Any], nuts: str) -> RawParticipant:
    address = _object(entry.get("postalAddress"))
    country = _object(address.get("countryCode"))
    return RawParticipant(
        pic=_text(entry.get("pic")),
        name=_text(entry.get("legalName")),
        role=_text(entry.get("role")),
        country=next(filter(None, map(_text, map(country.get, ("abbreviation", "description", "id")))), ""),
        kind=_text(entry.get("type")),
        sme=_text(entry.get("sme")),
        city=_text(address.get("city")),
        nuts=nuts,
        eu_contribution=_text(entry.get("eucontribution")),
        web=_web(entry.get("webLink")),
    )


def _web(found: Any) -> str:
    """The address of the organisation's site; some wrote a mail address there, which is nobody's business."""
    text = _text(found)
    return "" if "@" in text else text


def _is_person(entry: dict[str, Any]) -> bool:
    said = (_text(entry.get(field)) for field in ("type", "organizationType", "activityType"))
    return any(" ".join(words.lower().replace("_", " ").split()) in PERSON for words in said)


def _object(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _text(found: Any) -> str:
    """A single value as text, half surrogate pairs as question marks; empty for anything else."""
    if isinstance(found, bool):
        return str(found).lower()
    return str(found).encode("utf-8", "replace").decode() if isinstance(found, str | int | float) else ""
