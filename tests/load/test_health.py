"""When a run may replace what the store holds: expectations, completeness, and the last good runs."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.comparison import has_dropped, has_run_dry
from crawler.harvest import Harvest
from crawler.health import examine
from crawler.measures import measure_filling, measure_stages
from crawler.source import Expect, RunReport, Source
from matcher.model import Body, Call, CallKind, Deadline, DeadlineModel, Document, Issue, Run, RunOutcome, Stages

DAY = date(2026, 10, 8)
NOW = datetime(2026, 10, 8, tzinfo=UTC)
SOURCE = Source(
    name="s",
    title="A source",
    publisher="p",
    url="u",
    licence="l",
    tier="official_record",
    funds=(),
    frequency="daily",
    expect=Expect(min=3, max=30, filled={"deadlines": 0.5}, shrink=0.5),
)


def calls(count, deadlines=1.0, **changes):
    facts = {"source": "s", "identifier": "i", "kind": CallKind.TOPIC, "url": "u", "as_of": DAY, "programme": "AMIF"}
    return [
        Call(
            **facts
            | {"reference": str(n), "title": f"Title {n}", "text": f"Text {n}"}
            | {"deadlines": (Deadline(day=DAY),) if n < count * deadlines else ()}
            | changes
        )
        for n in range(count)
    ]


def harvest(found):
    return Harvest(calls=found, parsed=len(found))


def report(found=(), **changes):
    facts = {"run": "r", "source": "s", "started": NOW, "finished": NOW, "as_of": DAY, "complete": True}
    return RunReport(**facts | {"records": len(found)} | changes)


def good_run(found, **changes):
    got = harvest(found)
    facts = {"id": "good", "source": "s", "started": NOW, "as_of": DAY, "outcome": RunOutcome.OK, "calls": len(found)}
    measured = {"stages": measure_stages(report(found), got, SOURCE), "filled": measure_filling(got, SOURCE)}
    return Run(**facts | measured | changes)


def verdict(found, last=(), **changes):
    good = [good_run(last)] if last else []
    return examine(report(found, **changes), SOURCE, harvest(found), len(found), good)


@pytest.mark.parametrize(
    ("health", "outcome", "reason"),
    [
        (verdict(calls(3)), RunOutcome.OK, ""),
        (verdict(calls(11), calls(21)), RunOutcome.OK, ""),
        (verdict(calls(2)), RunOutcome.FAIL, "2 calls, expected at least 3"),
        (verdict(calls(0)), RunOutcome.FAIL, "0 calls, expected at least 3"),
        (verdict(calls(31)), RunOutcome.WARN, "31 calls, expected at most 30"),
        (
            verdict(calls(9), calls(19)),
            RunOutcome.FAIL,
            "9 records after 19 in the good run good; the limit is 50% of them",
        ),
        (
            verdict(calls(10), calls(18)),
            RunOutcome.FAIL,
            "exactly 10 records after 18 in the good run good: this looks like the first page only",
        ),
        (
            verdict(calls(20), calls(10)),
            RunOutcome.FAIL,
            "20 records after 10 in the good run good: is everything listed twice?",
        ),
        (
            verdict(calls(5) + calls(5, identifier="j"), calls(5)),
            RunOutcome.FAIL,
            "10 records, with 5 different titles after 5 in the good run good: is everything listed twice?",
        ),
        (
            verdict(calls(4, deadlines=0.25)),
            RunOutcome.FAIL,
            "deadlines is filled in 25% of the calls, expected at least 50%",
        ),
        (
            verdict(calls(4, text="")[:4], calls(5)),
            RunOutcome.FAIL,
            "text: 0 of 4 of the records have text, 5 of 5 did in the good run good",
        ),
        (
            verdict(calls(4, text="Sorry, an error occurred.")),
            RunOutcome.FAIL,
            "4 of 4 calls have one and the same text: 'Sorry, an error occurred.'",
        ),
        (verdict(calls(4), complete=False), RunOutcome.FAIL, "the crawl did not read all that the source announced"),
        (verdict(calls(4), records=5), RunOutcome.FAIL, "the file holds 4 records, its report says 5"),
        (verdict(calls(4), failures=("a page failed",)), RunOutcome.WARN, "a page failed"),
        (verdict(calls(4), alarms=("answers 200 to all",)), RunOutcome.WARN, "answers 200 to all"),
        (
            verdict(calls(3), listed=7, fetched=3, issues=(Issue(field="page", problem="u: answered 500"),)),
            RunOutcome.FAIL,
            "only 3 of 7 listed pages answered as they should; the first: u: answered 500",
        ),
        (verdict(calls(1), calls(500), programmes=("AMIF",)), RunOutcome.OK, ""),
        (verdict(calls(3), calls(500), snapshot=True), RunOutcome.OK, ""),
        (verdict(calls(4, text=""), calls(4), partial=True), RunOutcome.OK, ""),
        (verdict(calls(0), programmes=("AMIF",)), RunOutcome.FAIL, "no calls at all"),
    ],
)
def test_a_run_is_judged_with_a_reason(health, outcome, reason):
    assert health.outcome is outcome
    assert list(health.reasons) == ([reason] if reason else [])


def test_a_source_that_may_be_empty_is_believed_when_its_page_says_so():
    """Its spider makes the run incomplete where the page says neither that there is a call nor that there is none."""
    may_be_empty = SOURCE.model_copy(update={"expect": Expect(min=0, max=30)})
    found = examine(report(), may_be_empty, harvest([]), 0, [good_run(calls(1))])
    assert found.outcome is RunOutcome.OK
    assert examine(report(), SOURCE, harvest([]), 0, [good_run(calls(1))]).outcome is RunOutcome.FAIL


def test_the_cause_comes_before_the_counts_that_it_explains():
    health = verdict(calls(0), complete=False, failures=("topics: no answer",))
    assert health.reasons == (
        "topics: no answer",
        "the crawl did not read all that the source announced",
        "0 calls, expected at least 3",
    )


@pytest.mark.parametrize(
    ("health", "held"),
    [
        (verdict(calls(2)), True),
        (verdict(calls(9), calls(19)), True),
        (verdict(calls(2), complete=False), False),
        (verdict(calls(4)), False),
    ],
)
def test_only_what_was_read_whole_can_be_let_in_by_a_person(health, held):
    assert health.held is held


def test_a_stage_that_falls_is_told_with_its_own_denominator():
    before = good_run(calls(40), stages=Stages(listed=40, fetched=40, parsed=40, normalised=40, valid=40))
    found = calls(28)
    health = examine(report(found, listed=40, fetched=28), SOURCE, harvest(found), 28, [before])
    assert health.alarms == (
        "stage fetched: 28 of 40 of the listed pages answered as they should, 40 of 40 did in the good run good",
    )


def test_the_size_is_held_against_the_largest_run_and_the_fields_against_the_newest():
    newest, older = good_run(calls(12, text="")), good_run(calls(20, opening=DAY), id="older")
    health = examine(report(calls(9)), SOURCE, harvest(calls(9)), 9, [newest, older])
    assert health.reasons == ("9 records after 20 in the good run older; the limit is 50% of them",)


def beside(now, before, partial=False):
    """What is said of single calls, when a run is held against what is stored."""
    good = [good_run(before)]
    stored = {call.id: call for call in before}
    return examine(report(now, partial=partial), SOURCE, harvest(now), len(now), good, stored).alarms


OPEN = (Deadline(day=date(2026, 12, 1)),)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (
            [*calls(2, text="Sign in"), *calls(6)[2:]],
            calls(6),
            "2 calls whose texts were different have one text now: 'Sign in'",
        ),
        ([*calls(2, text="The same"), *calls(6)[2:]], [*calls(2, text="As ever"), *calls(6)[2:]], None),
        (
            [*calls(8), *(call.model_copy(update={"reference": f"again {n}"}) for n, call in enumerate(calls(2)))],
            calls(8),
            "2 of 10 calls are copies, under other addresses, of calls that were there before",
        ),
        ([*calls(8), calls(1)[0].model_copy(update={"reference": "again"})], calls(8), None),
        (
            calls(20),
            [*calls(2, opening=DAY), *calls(20)[2:]],
            "opening is empty in 2 of the 2 calls that had it",
        ),
        (
            [*calls(4, opening=DAY), *calls(20)[4:]],
            [*calls(7, opening=DAY), *calls(20)[7:]],
            "opening is empty in 3 of the 7 calls that had it",
        ),
        ([*calls(5, opening=DAY), *calls(20)[5:]], [*calls(7, opening=DAY), *calls(20)[7:]], None),
        (
            calls(8, deadlines=1)[3:],
            [call.model_copy(update={"deadlines": OPEN}) for call in calls(8)],
            "3 of 8 calls that are not closed are gone, such as 'Title 0'",
        ),
        (calls(8)[2:], [call.model_copy(update={"deadlines": OPEN}) for call in calls(8)], None),
        (
            calls(8)[3:],
            [call.model_copy(update={"deadlines": (Deadline(day=date(2026, 1, 1)),)}) for call in calls(8)],
            None,
        ),
    ],
)
def test_single_calls_are_held_against_what_was_stored_of_them(now, before, said):
    assert list(beside(now, before)) == ([said] if said else [])


def test_a_fallback_that_cannot_know_a_field_does_not_lose_it():
    assert beside(calls(8), calls(8, opening=DAY), partial=True) == ()


def test_a_call_that_was_gone_before_is_not_missed_again():
    stored = [call.model_copy(update={"deadlines": OPEN, "last_seen": date(2026, 9, 1)}) for call in calls(9)[5:]]
    assert beside(calls(5), stored + calls(5)) == ()


def test_calls_that_a_person_let_go_are_not_missed_again_on_the_same_day():
    running = [call.model_copy(update={"deadlines": OPEN}) for call in calls(9)]
    let_in = good_run(running[:5], accepted="looked at the site")
    stored = {call.id: call for call in running}
    for now, missed in ((running[:5], False), (running[:2], True)):
        alarms = examine(report(now), SOURCE, harvest(now), len(now), [let_in], stored).alarms
        assert any("that are not closed are gone" in alarm for alarm in alarms) is missed


def test_alarms_are_part_of_the_reasons():
    health = verdict(calls(4, text=""), calls(5), alarms=("answers 200 to all",))
    assert len(health.alarms) == 2
    assert set(health.alarms) <= set(health.reasons)


def test_stages_count_each_what_came_through_the_one_before():
    found = [*calls(3), *calls(1, deadlines=0), *calls(1, deadlines=0, deadline_model=DeadlineModel.PERMANENT)]
    told = report(found, listed=9, fetched=7)
    stages = measure_stages(told, Harvest(calls=found, parsed=6), SOURCE)
    assert stages == Stages(listed=9, fetched=7, parsed=6, normalised=5, valid=4)
    assert stages.rates["fetched"] == (7, 9)


def test_a_list_of_whole_records_has_listed_what_it_handed_over():
    assert measure_stages(report(), harvest(calls(4)), SOURCE) == Stages(
        listed=4, fetched=4, parsed=4, normalised=4, valid=4
    )


def test_a_source_of_documents_counts_documents_and_bodies():
    source = SOURCE.model_copy(update={"yields": "documents"})
    days = {"first_fetched": DAY, "last_fetched": DAY}
    document = Document(source="s", url="u", found_on="p", media_type="m", sha256="0" * 64, size=1, **days)
    body = Body(source="s", reference="r", role="national_contact_point", name="n", country="DE", as_of=DAY)
    got = Harvest(documents=[document], bodies=[body], calls=calls(5), parsed=2)
    assert measure_stages(report(), got, source).normalised == 2
    filled = measure_filling(got, source)
    assert (filled["label"], filled["country"], filled["url"]) == (0, 1, 0.5)
    assert "text" not in filled


def test_nothing_read_is_measured_as_nothing():
    assert measure_stages(report(), Harvest(), SOURCE) == Stages()
    assert measure_filling(Harvest(), SOURCE) == {}


@given(st.integers(2, 60), st.data())
def test_one_more_one_less_or_one_field_less_is_never_an_alarm(count, data):
    """The law for small sources: a single call that comes, goes, or loses its deadline is normal."""
    had = data.draw(st.integers(0, count))
    now = data.draw(st.sampled_from([(had, count + 1), (max(had - 1, 0), count - 1), (max(had - 1, 0), count)]))
    assert not has_dropped((had, count), now)
    assert not has_run_dry((had, count), now) or had <= 1 or now[1] < 2


@given(st.integers(1, 500), st.integers(0, 500), st.integers(1, 500))
def test_a_share_that_rises_is_no_alarm(whole, part, whole_now):
    before = (min(part, whole), whole)
    now = (whole_now, whole_now)
    assert not has_dropped(before, now)
    assert not has_run_dry(before, now)
