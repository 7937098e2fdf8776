"""The list to be pasted into a newsletter, and the days of a call for a calendar."""

import icalendar
import pytest

from tests.doubles.small_store import OVER, RESEARCH, WOMEN


@pytest.fixture
def blocks(file):
    return file("/plain/matches.txt").decode().split("\n\n")


def test_a_block_tells_title_reason_way_deadline_and_link(blocks):
    women = next(block for block in blocks if "migrant women" in block.splitlines()[0])
    first, *more = women.splitlines()
    assert first == "• Integration of migrant women into local life"
    assert more[0].startswith("  Why: the call says “")
    assert any(line.startswith("  Way in: ") for line in more)
    assert "  Deadline: 16 April 2026, 17:00 (Brussels time)" in more
    assert more[-1] == "  https://portal.example/amif-women"


def test_nobody_is_told_what_cannot_be_used(blocks):
    together = "\n".join(blocks)
    for call in (OVER, RESEARCH):
        assert call.partition(":")[2] not in together


def test_no_text_from_outside_begins_a_line(blocks):
    (
        _,
        *calls,
        _,
    ) = blocks
    for block in calls:
        first, *more = block.splitlines()
        assert first.startswith("• ")
        assert all(line.startswith("  ") for line in more)
    together = "\n".join(blocks)
    assert "\nBcc:" not in together
    assert "javascript:" not in together
    assert "\u202e" not in together


def test_a_call_goes_into_a_calendar(file, visitor):
    found = icalendar.Calendar.from_ical(file("/plain/call.ics", call=WOMEN))
    summaries = [str(event["SUMMARY"]) for event in found.walk("VEVENT")]
    assert "Deadline: Integration of migrant women into local life" in summaries
    assert visitor.get("/plain/call.ics", params={"call": WOMEN}).status_code == 200
    assert visitor.get("/plain/call.ics", params={"call": "portal:none"}).status_code == 404
