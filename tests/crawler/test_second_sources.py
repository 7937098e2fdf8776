"""topicDetails and grantsTenders.json."""

import json
from datetime import UTC, datetime

import ijson
import pytest
from scrapy.http import Response

from crawler.source import RawCall
from crawler.spiders.funding_tenders.grants_file import read_grants
from crawler.spiders.funding_tenders.topic_details import BadDetails, details_request, filled_from, lacks_text
from matcher.model import CallKind

NOW = datetime(2026, 10, 10, tzinfo=UTC)
CALL = RawCall(
    source="s", reference="1TOPICSen", kind=CallKind.TOPIC, url="u", fetched_at=NOW, identifier="I3-2024-INV2a"
)


def details(body: object, status: int = 200) -> Response:
    return Response("https://ec.europa.eu/details.json", status=status, body=json.dumps(body).encode())


@pytest.mark.parametrize(
    ("identifier", "end"),
    [
        ("I3-2024-INV2a", "/i3-2024-inv2a.json"),
        ("EuropeAid/1/DD", "/europeaid%2F1%2Fdd.json"),
        ("ESF?x#y", "/esf%3Fx%23y.json"),
    ],
)
def test_details_are_asked_for_in_lower_case(identifier, end):
    assert details_request(identifier).url.endswith(end)


def test_only_empty_fields_are_filled():
    found = details({"TopicDetails": {"description": "<p>D</p>", "conditions": "<p>K</p>"}})
    filled = filled_from(found, CALL.model_copy(update={"conditions": "kept"}))
    assert (filled.description, filled.conditions, filled.sources) == ("<p>D</p>", "kept", (found.url,))
    assert filled_from(details({"TopicDetails": {}}), CALL) == CALL
    assert lacks_text(CALL)
    assert not lacks_text(CALL.model_copy(update={"description": "d", "conditions": "k"}))


@pytest.mark.parametrize("answer", [details({}), details([]), details({"TopicDetails": []}), details({}, 404)])
def test_details_in_another_form_are_an_error_of_their_own(answer):
    with pytest.raises(BadDetails, match=r"details\.json"):
        filled_from(answer, CALL)


GRANT = {
    "type": 1,
    "ccm2Id": 46000007,
    "identifier": "AMIF-1",
    "title": "T",
    "callIdentifier": "C",
    "frameworkProgramme": [{"id": 43251447, "abbreviation": "AMIF2027"}],
    "status": {"id": 31094502, "abbreviation": "Open"},
    "plannedOpeningDateLong": 1_767_222_000_000,
    "deadlineDatesLong": [1_774_994_400_000, None],
    "actions": [{"deadlineDates": ["2026-03-31"]}],
    "keywords": ["a"],
}


def grants(tmp_path, *records: dict) -> list[RawCall]:
    path = tmp_path / "grantsTenders.json"
    path.write_text(json.dumps({"fundingData": {"GrantTenderObj": records}}), encoding="utf-8")
    return list(read_grants(path, "funding_tenders", NOW))


def test_a_grant_has_the_reference_of_its_row_in_the_index(tmp_path):
    (call,) = grants(tmp_path, GRANT)
    assert call.reference == "46000007TOPICSen"
    assert (call.identifier, call.programme, call.status) == ("AMIF-1", "43251447", "31094502")
    assert call.url.endswith("/topic-details/AMIF-1")
    assert call.opening == "2026-01-01T00:00:00.000+0000"  # the file says midnight in Brussels, an hour earlier in UTC
    assert call.deadlines == ("2026-04-01T00:00:00.000+0000",)
    assert json.loads(call.actions) == GRANT["actions"]
    assert (call.description, call.budget_overview) == ("", "")


@pytest.mark.parametrize(
    "change",
    [
        {"type": 0},
        {"ccm2Id": None},
        {"plannedOpeningDateLong": 1_500_000_000_000},
        {"plannedOpeningDateLong": None, "deadlineDatesLong": [1_500_000_000_000, None]},
    ],
)
def test_tenders_and_topics_of_earlier_years_are_left_aside(tmp_path, change):
    assert grants(tmp_path, GRANT | change) == []


def test_a_grant_with_odd_or_missing_fields_is_kept(tmp_path):
    odd = {"type": 1, "ccm2Id": 1, "frameworkProgramme": {"id": 5}, "status": None, "deadlineDatesLong": None}
    (call,) = grants(tmp_path, odd)
    assert (call.reference, call.programme, call.deadlines) == ("1TOPICSen", "5", ())


def test_a_file_that_breaks_off_is_an_error(tmp_path):
    path = tmp_path / "cut.json"
    path.write_text(json.dumps({"fundingData": {"GrantTenderObj": [GRANT, GRANT]}})[:-40], encoding="utf-8")
    with pytest.raises(ijson.JSONError):
        list(read_grants(path, "s", NOW))
