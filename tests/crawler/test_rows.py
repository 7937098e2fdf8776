"""Which rows count, and which field goes where."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pipeline import RawFile
from crawler.platforms.sedia import value, values
from crawler.spiders.funding_tenders.rows import live_rows, read_call, read_update, reason_to_drop

NOW = datetime(2026, 10, 10, tzinfo=UTC)


def row(reference="46000007TOPICSen", language="en", label="SEDIA", **metadata) -> dict:
    fields = {"type": ["1"], "identifier": ["AMIF-1"], "DATASOURCE": ["SEDIA"]} | metadata
    return {"reference": reference, "language": language, "databaseLabel": label, "summary": "Sum", "metadata": fields}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(label=""), "copies from the portal's former database"),
        (row(label=None), "copies from the portal's former database"),
        (row(DATASOURCE=["SEDIA_PRD_CENTRICITY"]), "copies from the portal's former database"),
        (row("45707448AMIFProjectGrants1673913600000"), "copies from the portal's former database"),
        (row("46000007TOPICSsv", "sv"), "translations"),
        (row(type=["0"]), "rows of another record type"),
        (row(""), "rows without a reference"),
        (row(None), "rows without a reference"),
    ],
)
def test_rows_that_do_not_count(bad, reason):
    assert reason_to_drop(bad, "1") == reason
    dropped = Counter()
    assert list(live_rows([bad], "1", dropped)) == []
    assert dropped == {reason: 1}


def test_a_row_that_says_nothing_on_its_origin_counts():
    silent = {name: value for name, value in row().items() if name != "databaseLabel"}
    assert reason_to_drop(silent, "1") is None


@pytest.mark.parametrize(
    "reference", ["46000007TOPICSen", "15342COMPETITIVE_CALLen", "186723PROSPECTSEN", "484009484749921"]
)
def test_every_present_form_of_reference_counts(reference):
    assert reason_to_drop(row(reference), "1") is None


def test_the_richest_row_of_a_topic_stands_for_it_in_either_order():
    full = row(status=["31094502"], descriptionByte=["<p>long</p>"])
    stub = row("46000008TOPICSen", title=["Only a title, but a very long one" * 100])
    for rows in ([stub, full], [full, stub]):
        dropped = Counter()
        assert list(live_rows(rows, "1", dropped)) == [full]
        assert dropped == {"stubs and doubles of a fuller row": 1}


def test_a_lone_stub_is_not_lost():
    assert list(live_rows([row()], "1", Counter())) == [row()]


def test_sub_grants_of_one_topic_are_separate_calls():
    rows = [row(f"{number}COMPETITIVE_CALLen", type=["8"]) for number in (1, 2)]
    assert list(live_rows(rows, "8", Counter())) == rows


@given(st.permutations([row(status=["1"]), row(title=["a"]), row("2TOPICSen", identifier=["AMIF-2"])]))
def test_order_of_arrival_does_not_matter(rows):
    chosen = [row(status=["1"]), row("2TOPICSen", identifier=["AMIF-2"])]
    assert list(live_rows(rows, "1", Counter())) == [one for one in rows if one in chosen]


def test_topic_fields():
    call = read_call(
        row(
            title=["T"],
            callIdentifier=["C"],
            callTitle=["CT"],
            frameworkProgramme=["43251447"],
            status=["31094502"],
            startDate=["2026-01-01T00:00:00.000+0000"],
            deadlineDate=["2026-03-01T00:00:00.000+0000", "2026-02-01T00:00:00.000+0000"],
            deadlineModel=["two-stage"],
            descriptionByte=["<p>D</p>"],
            topicConditions=["<p>K</p>"],
            supportInfo=["S"],
            budgetOverview=["{}"],
            actions=["[]"],
            latestInfos=["[]"],
            links=["[]"],
            keywords=["a", "b"],
            typesOfAction=["AMIF  Project Grants"],
            url=["https://ec.europa.eu/x"],
            destinationDetails=["left aside"],
        ),
        "funding_tenders",
        NOW,
    )
    assert call.model_dump(exclude_defaults=True, exclude={"fetched_at", "source", "kind"}) == {
        "reference": "46000007TOPICSen",
        "url": "https://ec.europa.eu/x",
        "language": "en",
        "identifier": "AMIF-1",
        "title": "T",
        "call_identifier": "C",
        "call_title": "CT",
        "programme": "43251447",
        "status": "31094502",
        "opening": "2026-01-01T00:00:00.000+0000",
        "deadlines": ("2026-03-01T00:00:00.000+0000", "2026-02-01T00:00:00.000+0000"),
        "deadline_model": "two-stage",
        "description": "<p>D</p>",
        "conditions": "<p>K</p>",
        "support": "S",
        "budget_overview": "{}",
        "actions": "[]",
        "latest_infos": "[]",
        "links": "[]",
        "keywords": ("a", "b"),
        "types_of_action": ("AMIF  Project Grants",),
    }


def test_a_sub_grant_has_its_own_name_number_and_page():
    fields = {"title": ["Parent"], "callTitle": ["Own"], "callccm2Id": ["47"], "budget": ["60000"], "currency": ["EUR"]}
    texts = {"description": ["<p>A</p>"], "furtherInformation": ["<p>B</p>"], "beneficiaryAdministration": ["Groups"]}
    call = read_call(row("1COMPETITIVE_CALLen", type=["8"], duration=["12"], **fields, **texts), "s", NOW)
    assert (call.title, call.parent_title, call.call_title) == ("Own", "Parent", "")
    assert call.call_identifier == "47"
    assert call.url.endswith("/opportunities/competitive-calls-cs/47")
    assert call.description == "<p>A</p>\n<p>B</p>"
    assert (call.applicants, call.duration_months_max, call.budget) == ("Groups", "12", "60000")


def test_an_external_action_keeps_its_documents_and_its_seconds():
    fields = {"identifier": ["EuropeAid/1/DD/ACT/CN"], "deadlineDate": ["2026-01-01T14:00:37.000+0000"]}
    call = read_call(row("1PROSPECTSEN", type=["2"], publicationDocuments=["[1]"], **fields), "s", NOW)
    assert (call.identifier, call.links) == ("EuropeAid/1/DD/ACT/CN", "[1]")
    assert call.deadlines == ("2026-01-01T14:00:37.000+0000",)


def test_an_update():
    update = read_update(row("4600", type=["6"], startDate=["2026-01-01"], description=["<p>N</p>"]), "s", NOW)
    assert (update.identifier, update.published, update.description, update.title) == (
        "AMIF-1",
        "2026-01-01",
        "<p>N</p>",
        "Sum",
    )


@pytest.mark.parametrize("found", [None, [], [None], "text", ["a", None, 3], {"a": 1}, "half \ud800 pair", "nul\0"])
def test_odd_values_become_texts_that_a_file_can_hold(found):
    odd = row(descriptionByte=found, deadlineDate=found)
    assert all(isinstance(text, str) for text in values(odd, "descriptionByte"))
    value(odd, "descriptionByte").encode("utf-8")
    read_call(odd, "s", NOW).model_dump_json()


def test_raw_file_keeps_hostile_texts_on_one_line_each(tmp_path):
    texts = ["line\nbreak", "nul\0", "\u2028 separator", "<script>", "日本"]
    file = RawFile(tmp_path / "raw.jsonl")
    file.open_spider()
    for number, text in enumerate(texts):
        file.process_item(read_call(row(f"{number}TOPICSen", descriptionByte=[text]), "s", NOW))
    file.close_spider()
    lines = (tmp_path / "raw.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["description"] for line in lines[:-1]] == texts
    assert lines[-1] == ""


def test_metadata_may_be_missing():
    bare = {"reference": "1TOPICSen", "databaseLabel": "SEDIA", "language": "en"}
    assert reason_to_drop(bare, "1") == "rows of another record type"
