"""Real answers of the portal, as recorded in December 2025, are understood without a single issue."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from crawler.normalise import normalise
from crawler.spiders.funding_tenders.rows import read_call, read_update
from matcher.model import DeadlineModel, Precision

FETCHED = datetime(2025, 12, 1, tzinfo=UTC)
TOPIC = "HORIZON-CL4-2025-04-DATA-03"


def recorded(shared, name):
    content = (shared / "data/portal/raw-2025-12" / name).read_bytes()
    answer = json.loads(content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"))
    read = {"1": read_call, "6": read_update}
    return [read[row["metadata"]["type"][0]](row, "funding_tenders", FETCHED) for row in answer["results"]]


@pytest.mark.parametrize("name", ["api-debug-full.json", "api_test.json", "eu-api-topic-response.json"])
def test_every_row_is_understood(shared, source, reference, name):
    understood = list(normalise(recorded(shared, name), source, reference))
    assert [issue for _, issues in understood for issue in issues] == []
    for call, _ in understood:
        assert call.programme == "HORIZON"
        assert (call.budget.total.amount, call.budget.shared) == (15_000_000, False)
        assert (call.grant.minimum.amount, call.grant.maximum.amount) == (4_000_000, 6_000_000)
        assert call.grant.expected_grants == 3
        assert (call.deadline_model, call.opening) == (DeadlineModel.SINGLE_STAGE, date(2025, 6, 10))
        assert [(d.day, d.precision) for d in call.deadlines] == [(date(2025, 10, 2), Precision.DAY)]
        assert TOPIC not in call.keywords
        for text in (call.text, call.conditions):
            assert len(text) > 3000
            assert not re.search(r"<[a-z/]|ΓÇ|eui-|\xa0|  ", text)
        assert not call.conditions.startswith('"')


def test_the_english_row_reads_as_its_page(shared, source, reference):
    calls = [call for call, _ in normalise(recorded(shared, "api-debug-full.json"), source, reference)]
    (english,) = [call for call in calls if call.language == "en"]
    assert english.text.startswith("Expected Outcome:\n- Improved methods and tools")
    assert "\nScope:\n" in english.text
    assert english.conditions.startswith("General conditions\n1. Admissibility Conditions")
    assert "PROPOSAL NUMBERS" not in english.text
    assert english.updates[0].text.startswith(
        "PROPOSAL NUMBERS\nCall HORIZON-CL4-2025-04 has closed on 02 October 2025"
    )
    assert english.types_of_action == ("HORIZON Research and Innovation Actions",)
    assert english.documents[0].url.endswith(".pdf")
