"""What a run is measured by: how many things came through each stage, and which fields are filled. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.harvest import Harvest, counted
from crawler.source import RunReport, Source
from matcher.model import Call, CallStatus, DeadlineModel, Frozen, GrantSize, Stages

FIELDS = {
    "calls": (
        "identifier",
        "title",
        "programme",
        "fund",
        "published_status",
        "opening",
        "deadlines",
        "deadline_model",
        "budget",
        "grant",
        "text",
        "conditions",
        "applicants",
        "criteria",
        "types_of_action",
        "keywords",
        "documents",
        "mentions",
    ),
    "documents": ("label", "language", "found_on", "programme", "country", "name", "url"),
    "projects": (
        "title",
        "acronym",
        "objective",
        "programme",
        "topic",
        "type_of_action",
        "status",
        "start",
        "end",
        "budget",
        "eu_contribution",
        "keywords",
        "participants",
    ),
}
"""The fields of what a source is read for (`Source.yields`) whose filling is watched."""
NOTHING = ("", (), None, GrantSize(), CallStatus.UNKNOWN)


def measure_stages(report: RunReport, harvest: Harvest, source: Source) -> Stages:
    """Nothing comes through a stage that did not come through the one before.

    So a page with several records counts once per record, and a source that is one list of whole records, and counts no
    entries, has listed and fetched what it handed over.
    """
    fetched = max(report.fetched, harvest.parsed)
    found = counted(harvest, source)
    return Stages(
        listed=max(report.listed, fetched),
        fetched=fetched,
        parsed=harvest.parsed,
        normalised=len(found),
        valid=sum(not isinstance(one, Call) or is_usable(one) for one in found),
    )


def measure_filling(harvest: Harvest, source: Source) -> dict[str, float]:
    """Per field the share (0..1) of records in which it is filled, of those records that have such a field."""
    found = counted(harvest, source)
    shares = {name: share(found, name) for name in FIELDS[source.yields]}
    return {name: part for name, part in shares.items() if part is not None}


def share(found: Sequence[Frozen], name: str) -> float | None:
    """The share of records in which a field is filled; None where no record has such a field."""
    values = [getattr(one, name) for one in found if name in type(one).model_fields]
    return round(sum(value not in NOTHING for value in values) / len(values), 4) if values else None


def is_usable(call: Call) -> bool:
    """A reader can act on it: it has a title, a page, a programme, and a deadline or the word that there is none."""
    has_end = bool(call.deadlines) or call.deadline_model is DeadlineModel.PERMANENT
    return bool(call.title and call.url and call.programme) and has_end
