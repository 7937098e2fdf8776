"""Facts as rows of the index, as topicDetails and as grantsTenders records, in the portal's form. Texts are our own."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

from tests.doubles.portal.truth import DAY, News, Truth

SCREEN = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
DESCRIPTION = '<p class="x">Scope:</p><ul level="0"><li>Rooms to learn&nbsp;in</li><li>People to ask</li></ul>'
CONDITIONS = '<div class="eui-u-mt-l>"><h4>1. Admissibility</h4><p>described in the call document</p></div>'
HOSTILE = (
    '<script>document.location="https://example.org"</script><p onclick="x()">Still readable</p><style>p{}</style>'
    + "<div>" * 3000
    + "deep"
)


def topic_row(topic: Truth, siblings: list[Truth]) -> dict:
    ccm2_id = topic.reference.removesuffix("TOPICSen")
    metadata = {
        "type": ["1"],
        "identifier": [topic.identifier],
        "title": [topic.title],
        "callIdentifier": [topic.call],
        "callTitle": [f"Call {topic.call}"],
        "ccm2Id": [ccm2_id],
        "callccm2Id": [str(int(ccm2_id) + 900_000)],
        "status": [topic.label],
        "frameworkProgramme": [topic.programme],
        "programmePeriod": ["2021 - 2027"],
        "programmeDivision": [],
        "startDate": [index_day(topic.opening)] if topic.opening else [],
        "es_SortDate": [index_day(topic.opening)] if topic.opening else [],
        "deadlineDate": [index_day(day) for day in topic.deadlines],
        "deadlineModel": [topic.model],
        "actions": [json.dumps([_action(topic)])],
        "links": ["[]"],
        "latestInfos": [
            '[{"approvalDate":"","lastChangeDate":"2026-09-01T10:00:00.1","content":"\\u003cp\\u003eHi\\u003c/p\\u003e"}]'
        ],
        "typesOfAction": ["AMIF  Project Grants"],
        "keywords": [topic.identifier, topic.call, "integration"],
        "allowPartnerSearch": ["true"],
    }
    if topic.text != "elsewhere":
        metadata["descriptionByte"] = [_description(topic)]
        metadata["topicConditions"] = [CONDITIONS]
    budget = budget_overview(topic, siblings)
    if budget:
        metadata["budgetOverview"] = [budget]
    return _row(topic.reference, topic.title, metadata, f"{SCREEN}/topic-details/{topic.identifier}")


def _description(topic: Truth) -> str:
    about = f"<p>{topic.about or f'About {topic.title}'}</p>"
    special = {"hostile": HOSTILE, "nul": "<p>before\0after</p>"}
    return about + DESCRIPTION + special.get(topic.text, "")


def _action(topic: Truth) -> dict:
    return {
        "types": [{"typeOfAction": "AMIF-PJG AMIF Project Grants", "typeOfMGA": []}],
        "status": {"id": int(topic.label), "abbreviation": "", "description": ""},
        "plannedOpeningDate": topic.opening.isoformat() if topic.opening else "",
        "submissionProcedure": {"id": 31094505 if topic.model == "two-stage" else 31094504},
        "deadlineDates": [day.isoformat() for day in topic.deadlines],
    }


def budget_overview(topic: Truth, siblings: list[Truth]) -> str:
    """The whole call's lines, the topic's among them, in the form its fact asks for."""
    if topic.budget_form == "none":
        return ""
    lines = {
        str(110_000 + number): [_budget_line(sibling)]
        for number, sibling in enumerate(siblings)
        if sibling.call == topic.call
    }
    text = json.dumps({"budgetYearsColumns": ["2026", "2027"], "budgetTopicActionMap": lines})
    return text[: len(text) // 2] if topic.budget_form == "malformed" else text


def _budget_line(topic: Truth) -> dict:
    amount = topic.budget or 0
    years = {"2026": str(amount)}
    if topic.budget_form == "years":
        years = {"2026": "1000000", "2027": f"{amount - 1_000_000}.00"}
    return {
        "action": f"{topic.identifier} - AMIF-PJG AMIF Project Grants",
        "expectedGrants": 0,
        "minContribution": 0,
        "maxContribution": 0,
        "budgetYearMap": years,
        "plannedOpeningDate": topic.opening.isoformat() if topic.opening else "",
        "deadlineModel": topic.model,
        "deadlineDates": [day.isoformat() for day in topic.deadlines],
    }


def external_action_row(action: Truth, number: int) -> dict:
    """Seconds of the dates change at every refresh; `number` stands for the refresh."""
    second = f"{number % 60:02}"
    metadata = {
        "type": ["2"],
        "identifier": [action.identifier],
        "callIdentifier": [action.call],
        "title": [f"{action.title}\n"],
        "status": [action.label],
        "frameworkProgramme": [action.programme],
        "startDate": [f"{action.opening}T09:00:{second}.000+0000"],
        "deadlineDate": [f"{day}T14:00:{second}.000+0000" for day in action.deadlines],
        "deadlineModel": [action.model],
        "budget": [str(action.budget)],
        "currency": ["EUR"],
        "publicationDocuments": ['[{"nameDoc":"Guidelines","docUrl":"https://webgate.ec.europa.eu/doc/1"}]'],
    }
    return _row(action.reference, action.title, metadata, f"https://webgate.ec.europa.eu/europeaid/{action.call}")


def cascade_row(call: Truth) -> dict:
    metadata = {
        "type": ["8"],
        "identifier": [call.identifier],
        "title": [call.text],
        "callTitle": [call.title],
        "callccm2Id": [call.call],
        "status": [call.label],
        "frameworkProgramme": [call.programme],
        "startDate": [index_day(call.opening)] if call.opening else [],
        "deadlineDate": [f"{day}T{time}:00.000+0000" for day, time in zip(call.deadlines, call.times, strict=True)],
        "deadlineModel": [call.model],
        "description": [f"<p>{call.title} for groups of up to ten people.</p>"],
        "furtherInformation": ["<p>Ask the project.</p>"],
        "beneficiaryAdministration": ["<p>Non-profit groups</p>"],
        "budget": [str(call.budget or 0)],
        "currency": ["EUR"],
        "duration": ["12"],
    }
    return _row(call.reference, call.title, metadata, f"{SCREEN}/competitive-calls-cs/{call.identifier}")


def news_row(item: News, programme: str) -> dict:
    metadata = {
        "type": ["6"],
        "identifier": [item.identifier],
        "title": [item.title],
        "description": [f"<p>{item.title}</p>"],
        "frameworkProgramme": [programme],
        "programmePeriod": ["2021 - 2027"],
        "startDate": [item.published],
        "es_SortDate": [item.published],
    }
    return _row(item.reference, item.title, metadata, f"{SCREEN}/topic-details/{item.identifier}.json")


def translation(row: dict, language: str) -> dict:
    metadata = row["metadata"] | {"title": [f"[{language}] {row['metadata']['title'][0]}"], "language": [language]}
    return _row(row["reference"][:-2] + language, metadata["title"][0], metadata, row["url"], language)


def stub(row: dict) -> dict:
    kept = ("type", "identifier", "title", "frameworkProgramme", "programmePeriod", "DATASOURCE")
    metadata = {field: row["metadata"][field] for field in kept}
    return row | {"metadata": metadata, "checksum": _checksum(row["reference"] + "stub")}


def legacy_copy(row: dict, *, leaking: bool = False) -> dict:
    """From the former database: open whatever the dates say. `leaking`: it carries today's DATASOURCE by mistake."""
    ccm2_id = row["metadata"]["ccm2Id"][0]
    metadata = row["metadata"] | {
        "status": ["31094502"],
        "deadlineDate": [f"{DAY.year + 1}-01-15T17:00:00.000+0000"],
        "DATASOURCE": ["SEDIA" if leaking else "SEDIA_PRD_CENTRICITY"],
    }
    copy = _row(f"{ccm2_id}AMIFProjectGrants1673913600000", row["summary"], metadata, row["url"])
    return {name: value for name, value in copy.items() if name != "database"} | {"databaseLabel": ""}


def _row(reference: str, title: str, metadata: dict, url: str, language: str = "en") -> dict:
    metadata = {"DATASOURCE": ["SEDIA"], "REFERENCE": [reference], "language": [language], "url": [url]} | metadata
    checksum = _checksum(reference + json.dumps(metadata, sort_keys=True))
    return {
        "apiVersion": "2.151",
        "reference": reference,
        "url": url,
        "title": None,
        "contentType": "text/plain",
        "language": language,
        "databaseLabel": "SEDIA",
        "database": "SEDIA",
        "summary": title,
        "weight": 1.0,
        "groupById": None,
        "content": title,
        "accessRestriction": False,
        "pages": None,
        "checksum": checksum,
        "metadata": metadata | {"esST_checksum": [checksum]},
        "enrichedMetadata": {},
        "children": [],
        "highlightedFragments": [],
    }


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest().upper()


def index_day(day: date) -> str:
    return f"{day}T00:00:00.000+0000"


def topic_details(topic: Truth) -> dict:
    return {
        "TopicDetails": {
            "type": 1,
            "ccm2Id": int(topic.reference.removesuffix("TOPICSen")),
            "identifier": topic.identifier,
            "title": topic.title,
            "description": _description(topic),
            "conditions": CONDITIONS,
        }
    }


def grant_record(topic: Truth) -> dict:
    """The topic in grantsTenders.json: no description, no budget, no conditions; dates in milliseconds."""
    return {
        "type": 1,
        "ccm2Id": int(topic.reference.removesuffix("TOPICSen")),
        "identifier": topic.identifier,
        "title": topic.title,
        "callIdentifier": topic.call,
        "callTitle": f"Call {topic.call}",
        "frameworkProgramme": {"id": int(topic.programme), "abbreviation": "X"},
        "status": {"id": int(topic.label), "abbreviation": "Open"},
        "publicationDateLong": milliseconds(topic.opening or DAY),
        "plannedOpeningDateLong": milliseconds(topic.opening) if topic.opening else None,
        "deadlineDatesLong": [milliseconds(day) + 15 * 3_600_000 for day in topic.deadlines],
        "actions": [_action(topic)],
        "tags": [],
        "keywords": [topic.identifier],
        "flags": [],
        "latestInfos": [],
        "links": [],
    }


def milliseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
