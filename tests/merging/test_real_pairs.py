"""Likeness on real records of the portal: one collection stands for a second source, its codes and addresses removed.

True pairs are the records with the same number. Of those, records whose deadline was moved between the two readings
cannot be known to be the same and are left out of the recall.
"""

import gzip
import json
from datetime import date
from itertools import permutations
from typing import NamedTuple

import pytest

from crawler.normalise.text import clean_line
from matcher.merging import merge
from matcher.model import Call, CallKind, Deadline, Tier

PRECISION, RECALL = 0.99, 0.95
RECALL_UNDATED = 0.75
"""Where the second source gives no deadlines, short titles are left alone."""
COLLECTIONS = ("august", "daily", "october")


class Record(NamedTuple):
    number: str
    code: str
    title: str
    deadline: str
    programme: str | None
    is_cascade: bool = False

    def call(self, source, **changes) -> Call:
        days = (Deadline(day=date.fromisoformat(self.deadline[:10])),) if self.deadline else ()
        facts = {
            "source": source,
            "reference": self.number,
            "identifier": self.code,
            "title": clean_line(self.title),
            "kind": CallKind.CASCADE if self.is_cascade else CallKind.TOPIC,
            "url": f"https://{source}.example/{self.number}",
            "programme": self.programme,
            "deadlines": days,
            "as_of": date(2026, 3, 1),
        }
        return Call(**facts | changes)


def august(row):
    return Record(row["reference"], row["topicId"], row["title"], row["deadline"] or "", row["programmeId"])


def daily(row):
    cascade = "COMPETITIVE_CALL" in row["id"]
    title = (cascade and row["callTitle"]) or row["title"]
    programmes = [found["id"] for found in row["frameworkProgrammes"]]
    return Record(row["id"], row["identifier"], title, row["deadlineDate"] or "", next(iter(programmes), None), cascade)


def october(row):
    cascade = row["kind_of_record"] == "cascade"
    title = row["call_title"] if cascade else row["title"]
    return Record(row["reference"], row["identifier"], title, row["deadline"] or "", row["programme_code"], cascade)


@pytest.fixture(scope="module")
def records(shared):
    folder = shared / "data" / "portal"
    texts = gzip.decompress((folder / "texts" / "calls-with-full-text_2026-08.jsonl.gz").read_bytes())
    union = gzip.decompress((folder / "daily" / "union_until_2026-06-15.json.gz").read_bytes())
    snapshot = (folder / "snapshot-2026-10-08.jsonl").read_text("utf-8")
    grants = [row for row in map(json.loads, snapshot.splitlines()) if row["kind_of_record"] != "tender"]
    return {
        "august": [august(json.loads(line)) for line in texts.splitlines()],
        "daily": [daily(row) for row in json.loads(union)],
        "october": [october(row) for row in grants],
    }


def merged_pairs(official, second, **changes):
    """(number in the second source, number of the official record) of all that were merged."""
    anonymous = [
        record.call("second", reference=f"n{i}", identifier=f"n{i}", tier=Tier.DISCOVERY, **changes)
        for i, record in enumerate(second)
    ]
    found = merge([*(record.call("official") for record in official), *anonymous])
    number = {call.id: record.number for call, record in zip(anonymous, second, strict=True)}
    return {(number[seen.id], call.reference) for call in found for seen in call.sightings}


def true_pairs(official, second):
    days = {record.number: record.deadline[:10] for record in official}
    known = {record.number: record.deadline[:10] for record in second if record.number in days}
    return {(number, number) for number, day in known.items() if day == days[number]}


@pytest.mark.parametrize(("first", "second"), list(permutations(COLLECTIONS, 2)))
def test_a_second_source_without_codes_is_matched_to_the_official_records(records, first, second):
    found = merged_pairs(records[first], records[second])
    true = true_pairs(records[first], records[second])
    right = {pair for pair in found if pair[0] == pair[1]}
    assert len(right) >= PRECISION * len(found), sorted(found - right)
    assert len(true & found) >= RECALL * len(true), sorted(true - found)


def test_a_second_source_without_codes_and_deadlines(records):
    found, true = set(), set()
    for first, second in permutations(COLLECTIONS, 2):
        pairs = merged_pairs(records[first], records[second], deadlines=())
        found |= {(first, second, *pair) for pair in pairs}
        true |= {(first, second, *pair) for pair in true_pairs(records[first], records[second])}
    right = {pair for pair in found if pair[2] == pair[3]}
    assert len(right) >= PRECISION * len(found), sorted(found - right)
    assert len(true & found) >= RECALL_UNDATED * len(true)


def test_records_of_one_collection_are_not_taken_for_each_other(records):
    """Half of the records as one source, the other half as another: no two of them are the same call."""
    for name in COLLECTIONS:
        found = merged_pairs(records[name][::2], records[name][1::2])
        assert len(found) <= (1 - PRECISION) * len(records[name]), sorted(found)
