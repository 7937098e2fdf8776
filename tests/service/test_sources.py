"""The state of each source: how old, how far it came, which fields are filled; and the age of the calls."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.coverage import Condition, freshness, source_state
from matcher.model import Call, CallKind, CallStatus, Deadline, Issue, Run, RunOutcome, SourceCard, Stages, Tier
from matcher.wording.sources import coverage_lines, freshness_line, percent, source_lines

DAY = date(2026, 10, 8)


def a_card(name="portal", **changes):
    facts = {"title": "The portal", "publisher": "p", "url": "u", "licence": "l", "tier": Tier.OFFICIAL_RECORD}
    return SourceCard(name=name, **facts | {"frequency": "daily", "expected": (3, 900), "gaps": ("Much.",)} | changes)


def a_run(day=DAY, outcome=RunOutcome.OK, **changes):
    facts = {"id": f"run of {day}", "source": "portal", "card": a_card(), "as_of": day, "outcome": outcome, "calls": 9}
    return Run(**facts | {"started": datetime(2026, 10, 8, tzinfo=UTC)} | changes)


def a_state(runs=(), calls=(), issues=(), on=DAY, card=None, **changes):
    return source_state("portal", card or a_card(**changes), runs, calls, issues, on)


def a_call(number, deadline):
    facts = {"source": "portal", "identifier": "i", "title": "t", "kind": CallKind.TOPIC, "url": "u", "as_of": DAY}
    return Call(reference=str(number), opening=DAY, deadlines=(Deadline(day=deadline),), **facts)


FAILED = a_run(DAY, RunOutcome.FAIL, reasons=("no list", "2", "3", "4"), calls=0)


@pytest.mark.parametrize(
    ("state", "condition"),
    [
        (a_state(), Condition.NEVER_READ),
        (a_state([a_run()]), Condition.GOOD),
        (a_state([a_run(outcome=RunOutcome.WARN)]), Condition.REMARKS),
        (a_state([FAILED, a_run(DAY - timedelta(days=1))]), Condition.FAILED),
        (a_state([a_run()], on=DAY + timedelta(days=2)), Condition.GOOD),
        (a_state([a_run()], on=DAY + timedelta(days=3)), Condition.STALE),
        (a_state([a_run()], on=DAY + timedelta(days=14), frequency="weekly"), Condition.GOOD),
        (a_state([a_run()], on=DAY + timedelta(days=15), frequency="weekly"), Condition.STALE),
        (a_state([a_run()], on=DAY + timedelta(days=999), frequency="none"), Condition.GOOD),
    ],
)
def test_what_a_reader_must_know_first_of_a_source(state, condition):
    assert state.condition is condition


def test_a_failed_attempt_leaves_the_last_good_run_and_its_age():
    state = a_state([FAILED, a_run(DAY - timedelta(days=3), filled={"text": 1.0})])
    assert (state.age_days, state.last_good.calls, state.filled) == (3, 9, {"text": 1.0})


def test_a_source_told_in_lines():
    stages = Stages(listed=12, fetched=9, parsed=9, normalised=9, valid=6)
    good = a_run(DAY - timedelta(days=3), stages=stages, snapshot=True)
    calls = [a_call(1, DAY), a_call(2, DAY), a_call(3, DAY - timedelta(days=1))]
    issue = Issue(field="status", problem="unknown")
    told = list(source_lines(a_state([FAILED, good], calls, [issue], funds=("AMIF",))))
    assert told == [
        "portal: The portal [latest run failed]",
        "  official record; AMIF; 3 to 900 calls expected",
        "  last good run 2026-10-05 (3 days ago, a bundled snapshot): 9 calls",
        "  stale: it is to be read daily",
        "  calls now: 1 closed, 2 open",
        "  stages: 12 listed, 9 fetched (75 %), 9 gave a record (100 %), 9 understood (100 %), 6 usable (67 %)",
        "  latest run failed: no list",
        "  latest run failed: 2",
        "  latest run failed: 3",
        "  … and 1 more, see --json",
        "  1 value of the latest run could not be read or understood, see --json",
        "  missing: Much.",
    ]


@pytest.mark.parametrize(("frequency", "how"), [("daily", "funding crawl portal"), ("none", "funding snapshot load")])
def test_a_source_that_was_never_read_says_how_to_read_it(frequency, how):
    assert f"  never read yet; run `{how}`" in list(source_lines(a_state(frequency=frequency)))


def test_filling_is_a_table_of_fields_and_sources_for_each_kind_of_record():
    states = [
        a_state([a_run(filled={"title": 1.0, "budget": 0.996})]),
        source_state("new", a_card("new"), [], [], [], DAY),
        source_state("past", a_card("past", yields="projects"), [a_run(filled={"title": 0.5})], [], [], DAY),
        source_state("list", a_card("list"), [a_run(filled={"title": 0.001, "budget": 0.0})], [], [], DAY),
    ]
    assert list(coverage_lines(states)) == [
        "calls: per cent of the records of the last good run in which a field is filled",
        "   1  portal",
        "   2  list",
        "            1    2",
        "  title   100    1",
        "  budget   99    0",
        "",
        "projects: per cent of the records of the last good run in which a field is filled",
        "   1  past",
        "           1",
        "  title   50",
        "",
        "not measured yet: new",
    ]


@pytest.mark.parametrize(("part", "said"), [(0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")])
def test_nearly_all_is_not_all_and_nearly_none_is_not_none(part, said):
    assert percent(part) == said


RESTATED = a_card(tier=Tier.CURATED, frequency="none")


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([], "no calls yet"),
        (
            [a_run(snapshot=True), a_run(DAY + timedelta(days=44), snapshot=True, card=RESTATED)],
            "snapshot of 8 October 2026",
        ),
        (
            [a_run(snapshot=True, card=RESTATED)],
            "snapshot of 8 October 2026",
        ),
        (
            [a_run(), a_run(DAY + timedelta(days=1), card=a_card(yields="projects"))],
            "calls as crawled on 8 October 2026",
        ),
        (
            [a_run(DAY + timedelta(days=1)), a_run(snapshot=True)],
            "calls as crawled on 9 October 2026, in part a snapshot of 8 October 2026",
        ),
    ],
)
def test_the_age_of_the_calls_is_not_that_of_what_was_restated_by_hand(runs, said):
    assert freshness(runs).sentence == said


@pytest.mark.parametrize(
    ("runs", "command"),
    [([], "run `funding snapshot load` or"), ([a_run(snapshot=True)], "run `funding crawl` for"), ([a_run()], "")],
)
def test_only_the_command_line_names_the_command_that_brings_newer_calls(runs, command):
    state = freshness(runs)
    assert "funding" not in state.sentence
    assert freshness_line(state).removeprefix(state.sentence).removeprefix("; ").startswith(command)
    assert ("`" in freshness_line(state)) is bool(command)


def test_every_source_of_the_registry_is_told_also_as_json(funding, service):
    from crawler.source import sources

    code, out, _ = funding("sources", "--json", "--on", "2026-11-23")
    told = {entry["source"]: entry for entry in json.loads(out)}
    assert (code, list(told)) == (0, list(sources()))
    assert told["urbact"]["condition"] == "never read yet"
    assert (told["urbact"]["latest_run"], told["urbact"]["calls"]) == (None, {})
    assert told["urbact"]["card"]["gaps"]
    assert told["funding_tenders"]["filled"]["title"] == 1
    assert told["funding_tenders"]["last_good_run"]["stages"]["normalised"] == 195
    assert told["funding_tenders"]["stale"] is True
    assert sum(told["funding_tenders"]["calls"].values()) == 195


def test_filling_on_the_command_line(funding):
    code, out, _ = funding("sources", "--coverage")
    assert code == 0
    assert "  funding_tenders\n" in out
    assert "not measured yet: " in out


def test_a_source_that_left_the_registry_keeps_its_runs(tmp_path):
    from matcher.service import Service
    from matcher.settings import Settings

    service = Service(Settings(home=tmp_path, model="hashing"))
    service.store.save_run(a_run(source="gone", card=None))
    service.store.save_cards([a_card("here")])
    states = service.sources(DAY)
    assert [(state.source, state.title, state.condition) for state in states] == [
        ("here", "The portal", Condition.NEVER_READ),
        ("gone", "gone", Condition.GOOD),
    ]
    assert list(source_lines(states[1]))[1] == "  last good run 2026-10-08 (the same day): 0 calls"
    service.store.close()


def test_statuses_are_counted_on_the_day_that_is_looked_at():
    calls = [a_call(1, DAY), a_call(2, DAY + timedelta(days=9))]
    assert a_state([a_run()], calls, on=DAY + timedelta(days=1)).calls == {CallStatus.CLOSED: 1, CallStatus.OPEN: 1}
