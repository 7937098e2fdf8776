"""What is due: any order of ticks and downtimes does each slot at most once, in order, and none that can be done late
is left out."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matcher.model import SourceCard, Tier
from matcher.scheduler.job import Job, all_due, due, waits
from matcher.scheduler.plan import MAILS, jobs
from matcher.scheduler.slots import Every
from tests.scheduler.days import local, rules

DIGEST = next(job for job in MAILS if job.name == "digest")
START = datetime(2026, 3, 1, tzinfo=UTC)

gaps = st.lists(st.integers(1, 60 * 24 * 12), min_size=1, max_size=80)
"""Minutes from one tick to the next: from a minute to a downtime of twelve days."""
windows = st.integers(1, 60 * 24 * 10).map(lambda minutes: timedelta(minutes=minutes))


def ticks(minutes):
    now = START
    for gap in minutes:
        now += timedelta(minutes=gap)
        yield now


@given(rules, windows, gaps)
def test_a_slot_is_done_exactly_once_and_in_order_when_a_tick_falls_into_its_time(rule, window, minutes):
    job = Job("any", rule, window, ())
    settled, done, missed = "", [], []
    for now in ticks(minutes):
        slot = due(job, now, settled)
        if slot is not None:
            done.append(slot)
            settled = slot.name
        latest = rule.latest(now)
        if now < latest.begins + window and latest.name not in [one.name for one in done]:
            missed.append(latest)
    names = [slot.name for slot in done]
    assert missed == []
    assert names == sorted(set(names))
    assert due(job, now, settled) is None


@given(rules, windows, gaps)
def test_nothing_is_done_before_its_time_or_after_its_window(rule, window, minutes):
    job = Job("any", rule, window, ())
    for now in ticks(minutes):
        slot = due(job, now)
        assert slot is None or slot.begins <= now < slot.begins + window


def test_a_missed_monday_is_caught_up_on_tuesday():
    tuesday = local(date(2026, 11, 17), 15)
    assert due(DIGEST, tuesday, "2026-W46").name == "2026-W47"
    assert due(DIGEST, tuesday, "2026-W47") is None


def test_of_two_missed_weeks_one_digest_is_sent():
    back = local(date(2026, 11, 25), 15)
    assert due(DIGEST, back, "2026-W45").name == "2026-W48"


def test_after_its_week_a_digest_is_not_sent_late():
    sunday_evening = local(date(2026, 11, 22), 20)
    assert due(DIGEST, sunday_evening, "2026-W46") is None
    assert due(DIGEST, local(date(2026, 11, 23), 7), "2026-W46").name == "2026-W48"


def test_a_digest_that_is_sent_belongs_to_the_iso_week_in_which_it_is_sent():
    begins = DIGEST.when.latest(local(date(2026, 12, 28), 9)).begins
    last = (begins + DIGEST.window - timedelta(minutes=1)).isocalendar()
    assert f"{last.year}-W{last.week:02}" == DIGEST.when.latest(begins).name


def test_a_digest_waits_for_the_night_but_not_for_ever():
    seven = local(date(2026, 11, 16), 7)
    slot, awake = DIGEST.when.latest(seven), seven - timedelta(days=3)
    assert waits(DIGEST, slot, seven, awake, {"crawl:funding_tenders"})
    assert waits(DIGEST, slot, seven, awake, {"matches"})
    assert not waits(DIGEST, slot, seven, awake, {"deliver", "backup"})
    assert not waits(DIGEST, slot, seven + DIGEST.patience, awake, {"crawl:funding_tenders"})


def test_after_a_downtime_it_waits_as_long_as_on_other_days():
    noon = local(date(2026, 11, 17), 12)
    slot = DIGEST.when.latest(noon)
    assert waits(DIGEST, slot, noon, noon, {"crawl:funding_tenders"})
    assert not waits(DIGEST, slot, noon + DIGEST.patience, noon, {"crawl:funding_tenders"})


def test_whoever_was_left_out_at_seven_is_looked_at_again_that_day():
    again = next(job for job in MAILS if job.name == "digest_again")
    assert again.command == DIGEST.command
    week = again.when.latest(local(date(2026, 11, 23), 12)).name
    assert week == DIGEST.when.latest(local(date(2026, 11, 23), 12)).name
    assert due(again, local(date(2026, 11, 23), 11, 59), "2026-W47") is None
    assert due(again, local(date(2026, 11, 23), 12), "2026-W47").name == week
    assert due(again, local(date(2026, 11, 24), 0, 1), "2026-W47") is None


def card(name, frequency):
    return SourceCard(
        name=name,
        title=name,
        publisher="",
        url="https://example.org",
        licence="",
        tier=Tier.OFFICIAL_RECORD,
        frequency=frequency,
    )


def names(found):
    return [(job.name, slot.name) for job, slot in found if job.name.startswith("crawl:")]


def test_sources_are_crawled_by_their_frequency_and_weekly_ones_daily_while_a_deadline_is_near():
    cards = [card("portal", "daily"), card("city", "weekly"), card("brief", "none")]
    thursday = local(date(2026, 11, 19), 3)
    settled = {"crawl:portal": "2026-11-18", "crawl:city": "2026-11-15"}
    assert names(all_due(jobs(cards), thursday, settled)) == [("crawl:portal", "2026-11-19")]
    assert names(all_due(jobs(cards, urgent=["city"]), thursday, settled)) == [
        ("crawl:portal", "2026-11-19"),
        ("crawl:city", "2026-11-19"),
    ]


def test_a_source_that_was_read_as_urgent_is_not_read_again_for_an_older_sunday():
    tuesday = local(date(2026, 11, 24), 3)
    assert names(all_due(jobs([card("city", "weekly")]), tuesday, {"crawl:city": "2026-11-23"})) == []


def test_crawls_missed_several_times_are_done_once():
    back = local(date(2026, 11, 19), 15)
    assert names(all_due(jobs([card("portal", "daily")]), back, {"crawl:portal": "2026-11-02"})) == [
        ("crawl:portal", "2026-11-19")
    ]


def test_every_job_is_named_once_and_what_it_waits_for_exists():
    found = jobs([card("portal", "daily")])
    assert len({job.name for job in found}) == len(found)
    groups = {job.name for job in found} | {"crawl:"}
    assert {other for job in found for other in job.after} <= groups


def test_no_job_begins_in_the_hour_that_the_change_of_the_clocks_leaves_out():
    timed = [job.when.at for job in jobs([card("portal", "daily")]) if not isinstance(job.when, Every)]
    assert all(not time(2) <= at < time(3) for at in timed)
