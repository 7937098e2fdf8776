"""The portal's rows as raw records: which row counts, which field means what. Pure; understands no date or amount."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from crawler.platforms.sedia import Row, value, values
from crawler.source import RawCall, RawUpdate
from matcher.model import CallKind

PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
LEGACY_REFERENCE = re.compile(r"^\d+[A-Za-z]\w*?\d{13}$", re.ASCII)
"""ccm2Id + action name + epoch milliseconds: a copy from the portal's former database, with a stale status."""
TOPIC, EXTERNAL_ACTION, UPDATE, CASCADE = "1", "2", "6", "8"

Richness = tuple[bool, int, int, str]
NOTHING: Richness = (False, -1, -1, "")


def live_rows(rows: Iterable[Row], record_type: str | None, dropped: Counter[str]) -> Iterator[Row]:
    """The rows that stand for a record, one each; what was left out is counted in `dropped` by reason.

    A topic is one row per identifier: beside the full row the index holds stubs with a title and little else.
    Elsewhere the identifier is the parent topic's, and identity is the reference.
    """

    def identity(row: Row) -> str:
        return (value(row, "identifier") if record_type == TOPIC else "") or str(row.get("reference"))

    return fullest_rows(rows, lambda row: reason_to_drop(row, record_type), identity, dropped)


def fullest_rows(
    rows: Iterable[Row], reason: Callable[[Row], str | None], identity: Callable[[Row], str], dropped: Counter[str]
) -> Iterator[Row]:
    """One row per identity, the one that says most; what has a reason to be dropped, and doubles, are counted.

    `rows` is gone through twice, so that all of them need not be in memory at once.
    """
    best: dict[str, tuple[Richness, int]] = {}
    for number, row in enumerate(rows):
        cause = reason(row)
        if cause:
            dropped[cause] += 1
            continue
        key = identity(row)
        if key in best:
            dropped["stubs and doubles of a fuller row"] += 1
        best[key] = max(best.get(key, (NOTHING, -1)), (richness(row), number))
    chosen = {number for _, number in best.values()}
    yield from (row for number, row in enumerate(rows) if number in chosen)


def reason_to_drop(row: Row, record_type: str | None) -> str | None:
    reference = str(row.get("reference") or "")
    source = value(row, "DATASOURCE")
    if not reference:
        return "rows without a reference"
    unlabelled = not row.get("databaseLabel", "an answer without this field says nothing on its origin")
    if unlabelled or (source and source != "SEDIA") or LEGACY_REFERENCE.match(reference):
        return "copies from the portal's former database"
    if language(row).lower() not in ("en", ""):
        return "translations"
    if value(row, "type") != record_type:
        return "rows of another record type"
    return None


def richness(row: Row) -> Richness:
    """How much a row says: a status first, then filled fields, then text; the reference breaks ties."""
    filled = {field: values(row, field) for field in row.get("metadata") or {}}
    return (
        bool(filled.get("status")),
        sum(any(texts) for texts in filled.values()),
        sum(len(text) for texts in filled.values() for text in texts),
        str(row.get("reference")),
    )


def language(row: Row) -> str:
    return str(row.get("language") or value(row, "language"))


def read_call(row: Row, source: str, fetched_at: datetime) -> RawCall:
    """A row of type 1, 2 or 8 as a raw call, texts as they stand."""
    kind = {TOPIC: CallKind.TOPIC, EXTERNAL_ACTION: CallKind.EXTERNAL_ACTION, CASCADE: CallKind.CASCADE}
    call = RawCall(
        source=source,
        reference=str(row["reference"]),
        kind=kind[value(row, "type")],
        url=value(row, "url") or str(row.get("url") or ""),
        fetched_at=fetched_at,
        language=language(row),
        identifier=value(row, "identifier"),
        title=value(row, "title") or _summary(row),
        call_identifier=value(row, "callIdentifier"),
        call_title=value(row, "callTitle"),
        programme=value(row, "frameworkProgramme"),
        status=value(row, "status"),
        opening=value(row, "startDate"),
        deadlines=values(row, "deadlineDate"),
        deadline_model=value(row, "deadlineModel"),
        description=value(row, "descriptionByte"),
        conditions=value(row, "topicConditions"),
        support=value(row, "supportInfo"),
        budget=value(row, "budget"),
        currency=value(row, "currency"),
        keywords=values(row, "keywords"),
        types_of_action=values(row, "typesOfAction"),
        budget_overview=value(row, "budgetOverview"),
        actions=value(row, "actions"),
        latest_infos=value(row, "latestInfos"),
        links=value(row, "links") or value(row, "publicationDocuments"),
    )
    return call.model_copy(update=_own_side_of_cascade(row)) if call.kind is CallKind.CASCADE else call


def _own_side_of_cascade(row: Row) -> dict[str, object]:
    """A sub-grant's identifier and title are its parent topic's; its own are callTitle and callccm2Id."""
    number = value(row, "callccm2Id")
    texts = (value(row, "description"), value(row, "furtherInformation"))
    return {
        "title": value(row, "callTitle") or _summary(row) or value(row, "title"),
        "parent_title": value(row, "title"),
        "call_title": "",
        "call_identifier": number,
        "url": f"{PORTAL}/competitive-calls-cs/{number}" if number else str(row.get("url") or ""),
        "description": "\n".join(text for text in texts if text),
        "applicants": value(row, "beneficiaryAdministration"),
        "countries": values(row, "geographicalZones"),
        "duration_months_max": value(row, "duration"),
        "granting_project": _granting_project(row),
    }


def _granting_project(row: Row) -> str:
    """The project that gives the money on: its acronym, and its name where that says more."""
    acronym, name = (" ".join(value(row, field).split()) for field in ("projectAcronym", "projectName"))
    says_more = acronym and name and not name.casefold().startswith(acronym.casefold())
    return f"{acronym}: {name}" if says_more else name or acronym


def _summary(row: Row) -> str:
    return str(row.get("summary") or "")


def read_update(row: Row, source: str, fetched_at: datetime) -> RawUpdate:
    """A row of type 6: news on the topic of the same identifier."""
    return RawUpdate(
        source=source,
        reference=str(row["reference"]),
        identifier=value(row, "identifier"),
        fetched_at=fetched_at,
        published=value(row, "startDate") or value(row, "es_SortDate"),
        title=value(row, "title") or _summary(row),
        description=value(row, "description"),
    )
