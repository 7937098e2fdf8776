"""Calls that their register marks as over: which of their days go, and which are left to be read and told."""

from datetime import UTC, date, datetime

import pytest

from crawler.source import RawCall, sources
from crawler.timetables.ended import without_void_days
from matcher.model import CallKind

ON = date(2026, 11, 20)


def marked(status, opening, deadline):
    call = RawCall(
        source="czechia",
        reference="03_26_001",
        kind=CallKind.CALL,
        url="https://example.org/",
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        language="cs",
        title="Byty",
        status=status,
        opening=opening,
        deadlines=(deadline,),
    )
    kept = without_void_days(call, sources()["czechia"], ON)
    return kept.opening, kept.deadlines


@pytest.mark.parametrize("moment", ["2027-02-01", "2027-02-01T14:00:00+01:00"])
def test_days_ahead_of_a_call_that_is_over_go_and_those_of_any_other_stay(moment):
    assert marked("Zrušená", moment, moment) == ("", ())
    assert marked("Otevřená", moment, moment) == (moment, (moment,))
    assert marked("Zrušená", "2026-11-20", "2026-11-20") == ("2026-11-20", ("2026-11-20",))


@pytest.mark.parametrize("text", ["červen 2020", "abc", "30.06.2020", "90000-01-01"])
def test_what_is_no_iso_day_is_left_to_who_reads_dates(text):
    assert marked("Zrušená", text, text) == (text, (text,))
