"""When a run may replace what the store holds: expectations, completeness, and the last good run."""

from datetime import UTC, date, datetime

import pytest

from crawler.health import examine, measure
from crawler.source import Expect, RunReport
from matcher.model import Call, CallKind, Deadline, Run, RunOutcome

DAY = date(2026, 10, 8)
NOW = datetime(2026, 10, 8, tzinfo=UTC)
EXPECT = Expect(min=3, max=10, filled={"deadlines": 0.5}, shrink=0.5)


def calls(count, deadlines=1.0):
    return [
        Call(
            source="s",
            reference=str(n),
            identifier="i",
            title="t",
            kind=CallKind.TOPIC,
            url="u",
            as_of=DAY,
            text="x" if n % 2 else "",
            deadlines=(Deadline(day=DAY),) if n < count * deadlines else (),
        )
        for n in range(count)
    ]


def verdict(found, last=None, **changes):
    facts = {
        "run": "r",
        "source": "s",
        "started": NOW,
        "finished": NOW,
        "as_of": DAY,
        "complete": True,
        "records": len(found),
    }
    good = last and Run(id="good", source="s", started=NOW, as_of=DAY, outcome=RunOutcome.OK, calls=last)
    return examine(RunReport(**facts | changes), EXPECT, found, len(found), 0, good)


@pytest.mark.parametrize(
    ("health", "outcome", "reason"),
    [
        (verdict(calls(3)), RunOutcome.OK, ""),
        (verdict(calls(10), last=20), RunOutcome.OK, ""),
        (verdict(calls(2)), RunOutcome.FAIL, "2 calls, expected at least 3"),
        (verdict(calls(0)), RunOutcome.FAIL, "0 calls, expected at least 3"),
        (verdict(calls(11)), RunOutcome.WARN, "11 calls, expected at most 10"),
        (
            verdict(calls(9), last=19),
            RunOutcome.FAIL,
            "9 calls after 19 in the good run good; the limit is 50% of them",
        ),
        (
            verdict(calls(4, deadlines=0.25)),
            RunOutcome.FAIL,
            "deadlines is filled in 25% of the calls, expected at least 50%",
        ),
        (verdict(calls(4), complete=False), RunOutcome.FAIL, "the crawl did not read all that the source announced"),
        (verdict(calls(4), records=5), RunOutcome.FAIL, "the file holds 4 records, its report says 5"),
        (verdict(calls(4), failures=("a page failed",)), RunOutcome.WARN, "a page failed"),
        (verdict(calls(1), last=500, programmes=("AMIF",)), RunOutcome.OK, ""),
        (verdict(calls(0), programmes=("AMIF",)), RunOutcome.FAIL, "no calls at all"),
    ],
)
def test_a_run_is_judged_with_a_reason(health, outcome, reason):
    assert health.outcome is outcome
    assert list(health.reasons) == ([reason] if reason else [])


def test_the_cause_comes_before_the_counts_that_it_explains():
    health = verdict(calls(0), complete=False, failures=("topics: no answer",))
    assert health.reasons == (
        "the crawl did not read all that the source announced",
        "topics: no answer",
        "0 calls, expected at least 3",
    )


def test_a_rate_per_stage():
    rates = measure(calls(4, deadlines=0.5), records=8, issues=2)
    assert rates.model_dump() == {
        "read": 8,
        "normalised": 0.5,
        "deadline": 0.5,
        "budget": 0,
        "text": 0.5,
        "issues": 0.25,
    }


def test_nothing_read_gives_no_division_by_zero():
    assert measure([], 0, 0).normalised == 0
