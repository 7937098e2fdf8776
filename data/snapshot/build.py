"""Writes the bundled snapshot as run folders of a crawl: from the two collections of facts it began with, and from the
calls restated by hand in `restated.yml` and in `data/reference/erasmus_decentralised.yml`.

Changes no string it is given, but for the address of a sub-grant's page, sources that nobody else could open, and a
note's words on a field that we have.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from crawler.curated import erasmus_calls, restated_calls
from crawler.source import RawCall, RunReport
from matcher.model import CallKind

HERE = Path(__file__).parent
RESTATED = HERE / "restated.yml"
DECENTRALISED = HERE.parent / "reference" / "erasmus_decentralised.yml"
PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
KINDS = {"topic": CallKind.TOPIC, "cascade": CallKind.CASCADE, "prospect": CallKind.EXTERNAL_ACTION}
"""Record kinds of the collection that are grants; the rest are tenders."""
PORTAL_READ = date(2026, 10, 8)
FACTS_READ = date(2026, 11, 21)
RESTATED_READ = date(2026, 11, 22)

CALL_LEVEL = {"AMIF-2020-AG-CALL", "AMIF-2023-TF2-AG-CALL-04", "CERV-2023-EQUAL", "CERV-2025-EQUAL"}
"""Facts on a whole call, or on a topic whose full code was not seen: the portal has no page under this code."""
EARLIER_PROGRAMME = {"AMIF-2020-AG-CALL": "AMIF-2014-2020"}
FURTHER_SOURCES = {
    "AMIF-2020-AG-CALL": (
        "https://www.readkong.com/page/asylum-migration-and-integration-fund-call-for-proposals-1304813",
    ),
    "AMIF-2024-TF2-AG-THB-01": ("https://github.com/dipperalbel/llm_etl_pipeline",),
    "AMIF-2024-TF2-AG-INFO-01": ("https://github.com/dipperalbel/llm_etl_pipeline",),
}
"""Addresses for sources that the collection names by something else than an address."""

FURTHER_FACTS: dict[str, dict[str, Any]] = {
    "CERV-2024-CITIZENS-TOWN-TT": {
        "applicants": "Municipalities, twinning committees, other local or regional authorities, federations of local "
        "authorities, and non-profits that represent local authorities",
        "note": "lump sums by number of international participants",
    },
    "AMIF-2024-TF2-AG-THB-01": {
        "title": "Assistance, support and integration of third country national victims of trafficking in human beings",
        "opening": "2024-05-21",
        "deadline": "2024-08-21",
        "deadline_time_brussels": "17:00",
        "eu_rate_pct": 90,
        "min_applicants": 3,
        "min_states": 3,
        "gist": "finding, protecting and integrating victims of trafficking from outside the EU; prevention",
        "sources": [
            "https://euro-access.eu/en/calls/1405/Call-for-proposals-on-the-assistance-support-and-integration-of-third-country-national-victims-of-trafficking-in-human-beings",
            "https://accesseurope.ie/open-funds/amif-assistance-support-and-integration-of-third-country-national-victims-of-trafficking-in-human-beings",
        ],
    },
}
"""What the collection leaves open and other pages state, read on the same day, or what it says in a note alone."""


def portal_call(row: dict[str, Any]) -> RawCall:
    """A grant record of the portal collection. A sub-grant's `title` is its parent's, its own name is `call_title`."""
    kind = KINDS[row["kind_of_record"]]
    return RawCall(
        source="funding_tenders",
        kind=kind,
        fetched_at=_midnight(PORTAL_READ),
        language="en",
        programme=row["programme_code"],
        description=row["summary"],
        deadlines=(row["deadline"],),
        countries=_strings(row.get("countries")),
        keywords=_strings(row.get("keywords")),
        min_applicants=_text(row.get("min_partners")),
        **_names(row, kind),
        **{field: _text(row.get(field)) for field in ("reference", "identifier", "status", "opening", "applicants")},
        **{field: _text(row.get(field)) for field in ("budget", "grant_min", "grant_max")},
    )


def _names(row: dict[str, Any], kind: CallKind) -> dict[str, Any]:
    if kind is not CallKind.CASCADE:
        return {"title": row["title"], "call_title": row["call_title"], "url": row["url"]}
    number = row["reference"].removesuffix("COMPETITIVE_CALLen")
    return {
        "title": row["call_title"],
        "parent_title": row["title"],
        "url": f"{PORTAL}/competitive-calls-cs/{number}",
        "sources": (row["url"],),
    }


def published_call(row: dict[str, Any]) -> RawCall:
    """A record of the AMIF and CERV collection; its status is left to the dates."""
    code = row["identifier"]
    row = row | FURTHER_FACTS.get(code, {})
    sources = tuple(s for s in row["sources"] if s.startswith("http")) + FURTHER_SOURCES.get(code, ())
    money = [row["budget_total"], row["contribution_min"], row["contribution_max"]]
    return RawCall(
        source="published_calls",
        kind=CallKind.TOPIC,
        fetched_at=_midnight(FACTS_READ),
        language="en",
        reference=code,
        identifier=code,
        title=_text(row["title"]),
        programme=EARLIER_PROGRAMME.get(code, row["programme"]),
        url=sources[0] if code in CALL_LEVEL else f"{PORTAL}/topic-details/{code}",
        sources=sources,
        opening=_text(row["opening"]),
        deadlines=_strings(row["deadline"]),
        deadline_time=f"{row['deadline_time_brussels']} Europe/Brussels" if row["deadline_time_brussels"] else "",
        description=_text(row["gist"]),
        applicants=_text(row.get("applicants")),
        lead_rule=_text(row["lead_rule"]),
        min_applicants=_text(row["min_applicants"]),
        min_countries=_text(row["min_states"]),
        budget=_text(row["budget_total"]),
        currency="EUR" if any(money) else "",
        grant_min=_text(row["contribution_min"]),
        grant_max=_text(row["contribution_max"]),
        rate_percent=_text(row["eu_rate_pct"]),
        duration_months_max=_text(row["duration_months_max"]),
        note=re.sub(r" ?\([a-z_]+ id \d+\)", "", _text(row["note"])),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _strings(value: Any) -> tuple[str, ...]:
    """The collection writes one value as a string, several as a list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def write_run(name: str, as_of: date, calls: Iterable[RawCall], note: str) -> None:
    """A run folder as a crawl leaves it; the report comes last, because a folder without one is an interrupted run."""
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    lines = [c.model_dump_json(exclude_defaults=True) for c in sorted(calls, key=lambda c: c.reference)]
    (folder / "raw.jsonl").write_text("".join(f"{_tagged(line)}\n" for line in lines), encoding="utf-8")
    report = RunReport(
        run=f"snapshot-{as_of}",
        source=name,
        started=_midnight(as_of),
        finished=_midnight(as_of),
        as_of=as_of,
        snapshot=True,
        complete=True,
        records=len(lines),
        notes=(note,),
    )
    (folder / "report.json").write_text(
        report.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8"
    )


def _tagged(line: str) -> str:
    """`record` tells calls from updates; it is a default and so was left out."""
    return json.dumps({"record": "call", **json.loads(line)}, ensure_ascii=False)


def main(collections: Path) -> None:
    """`collections` holds portal/snapshot-2026-10-08.jsonl and facts/amif-cerv-calls.json."""
    rows = (collections / "portal" / "snapshot-2026-10-08.jsonl").read_text(encoding="utf-8").splitlines()
    grants = [row for row in map(json.loads, rows) if row["kind_of_record"] in KINDS]
    facts = json.loads((collections / "facts" / "amif-cerv-calls.json").read_text(encoding="utf-8"))["records"]
    portal_note = "Snapshot of 8 October 2026; run `funding crawl` for today's calls."
    facts_note = (
        "AMIF 2020-2025, CERV 2021-2026, European Urban Initiative, URBACT IV, Interreg Europe and Social Innovation+: "
        "facts collected from public pages on 21 and 22 November 2026."
    )
    erasmus_note = "Erasmus+ actions run by National Agencies, 2023-2026, facts collected from public pages."
    restated = [*map(published_call, facts), *restated_calls(RESTATED)]
    write_run("funding_tenders", PORTAL_READ, map(portal_call, grants), portal_note)
    write_run("published_calls", RESTATED_READ, restated, facts_note)
    write_run("erasmus_decentralised", RESTATED_READ, erasmus_calls(DECENTRALISED), erasmus_note)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
