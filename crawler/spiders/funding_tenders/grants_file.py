"""The portal's daily file of all grants, grantsTenders.json: 120 MB, streamed. It has no texts and no budgets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import ijson

from crawler.source import RawCall
from crawler.spiders.funding_tenders.rows import PORTAL
from matcher.days import BRUSSELS
from matcher.model import CallKind

GRANTS_FILE = "https://ec.europa.eu/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json"
MAX_BYTES = 512 * 1024 * 1024
GRANT = 1
PERIOD_START = datetime(2021, 1, 1, tzinfo=BRUSSELS)
"""The file holds topics since 2014; those opened from here on belong to the programmes of 2021-2027."""

Grant = dict[str, Any]


def read_grants(path: Path, source: str, fetched_at: datetime) -> Iterator[RawCall]:
    """The grants of the file opened since 2021, one at a time.

    Raises ijson.JSONError where the file is cut off or is not JSON.
    """
    with path.open("rb") as file:
        for grant in _grants(file):
            if grant.get("type") == GRANT and grant.get("ccm2Id") and _last_moment(grant) >= PERIOD_START:
                yield read_grant(grant, source, fetched_at)


def _grants(file: IO[bytes]) -> Iterator[Grant]:
    yield from ijson.items(file, "fundingData.GrantTenderObj.item", use_float=True)


def _last_moment(grant: Grant) -> datetime:
    """When it opens, was published, or else closes; a grant without any date is kept."""
    closing = max((day for day in grant.get("deadlineDatesLong") or [] if isinstance(day, int)), default=None)
    long = grant.get("plannedOpeningDateLong") or grant.get("publicationDateLong") or closing
    return _moment(long) if isinstance(long, int) else PERIOD_START


def read_grant(grant: Grant, source: str, fetched_at: datetime) -> RawCall:
    """A grant in the form that the search index gives topics, with the same reference."""
    identifier = _text(grant, "identifier")
    return RawCall(
        source=source,
        reference=f"{grant['ccm2Id']}TOPICSen",
        kind=CallKind.TOPIC,
        url=f"{PORTAL}/topic-details/{identifier}",
        fetched_at=fetched_at,
        language="en",
        identifier=identifier,
        title=_text(grant, "title"),
        call_identifier=_text(grant, "callIdentifier"),
        call_title=_text(grant, "callTitle"),
        programme=str(_first(grant.get("frameworkProgramme")).get("id", "")),
        status=str(_first(grant.get("status")).get("id", "")),
        opening=_index_day(grant.get("plannedOpeningDateLong")),
        deadlines=tuple(filter(None, map(_index_day, grant.get("deadlineDatesLong") or []))),
        keywords=tuple(str(word) for word in grant.get("keywords") or []),
        actions=json.dumps(grant["actions"]) if grant.get("actions") else "",
        latest_infos=json.dumps(grant["latestInfos"]) if grant.get("latestInfos") else "",
        links=json.dumps(grant["links"]) if grant.get("links") else "",
    )


def _first(found: Any) -> dict[str, Any]:
    """An object, or the first of a list of objects; both forms occur."""
    one = found[0] if isinstance(found, list) and found else found
    return one if isinstance(one, dict) else {}


def _text(grant: Grant, field: str) -> str:
    return str(grant.get(field) or "")


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, BRUSSELS)


def _index_day(milliseconds: object) -> str:
    """The day in Brussels, in the index's form: right whether the file means midnight there, midnight UTC or 17:00."""
    return f"{_moment(milliseconds):%Y-%m-%d}T00:00:00.000+0000" if isinstance(milliseconds, int) else ""
