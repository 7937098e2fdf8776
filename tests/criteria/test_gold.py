"""The sentences with amounts of two AMIF calls of 2024, whose values a person wrote down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.criteria import find_criteria
from matcher.model import Basis, DocumentText
from matcher.model.documents import DocumentRole

GOLD = Path(__file__).parents[3] / "shared" / "data" / "facts" / "amif-2024-amounts-with-sentences.json"
EXPECTED = {
    "AMIF-2024-TF2-AG-INFO-01": {("grant_min", "1250000"), ("grant_max", "2500000")},
    "AMIF-2024-TF2-AG-THB-01": {("grant_min", "500000"), ("grant_max", "1000000")},
}


@pytest.mark.parametrize("call", EXPECTED)
def test_all_amounts_of_a_project_are_found_and_no_others(call):
    if not GOLD.is_file():
        pytest.skip("the gold sentences (../shared) are not on this machine")
    gold = {
        name: entry["results"] for one in json.loads(GOLD.read_text(encoding="utf-8")) for name, entry in one.items()
    }
    sentences = [one["original_sentence"] for one in gold[call]]
    found = [each for sentence in sentences for each in read(sentence)]
    assert {(one.kind.value, one.values[0]) for one in found} == EXPECTED[call]
    for sentence in sentences:
        if "60 000" in sentence or "call budget" in sentence:
            assert read(sentence) == ()
        else:
            assert read(sentence)


def read(text: str):
    document = DocumentText(sha256="0" * 64, reader="test", role=DocumentRole.CALL_DOCUMENT, text=text, pages=())
    return find_criteria(document, Basis.CALL_DOCUMENT, "document:" + "0" * 64)
