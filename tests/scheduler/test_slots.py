"""Slots by the calendar: days of 23, 24 and 25 hours, weeks of the ISO calendar, names that sort."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from matcher.scheduler.slots import MONDAY, SUNDAY, Daily, Every, Weekly
from tests.scheduler.days import local, moments, rules

SPRING = (date(2026, 3, 29), date(2027, 3, 28))
"""The last Sundays of March: 02:00 becomes 03:00 (Directive 2000/84/EC)."""
AUTUMN = (date(2026, 10, 25), date(2027, 10, 31))
"""The last Sundays of October: 03:00 becomes 02:00."""


def slots_between(rule, start: datetime, end: datetime) -> list:
    found = [rule.next(start)]
    while found[-1].begins < end:
        found.append(rule.next(found[-1].begins))
    return found[:-1]


@given(rules, moments)
def test_the_latest_slot_has_begun_and_the_next_one_follows_it(rule, now):
    latest, coming = rule.latest(now), rule.next(now)
    assert latest.begins <= now < coming.begins
    assert latest.name < coming.name
    assert rule.latest(coming.begins) == coming
    assert rule.next(latest.begins) == coming


@pytest.mark.parametrize("at", [time(0, 10), time(1, 0), time(2, 30), time(3, 0), time(7, 0)])
@pytest.mark.parametrize("day", [*SPRING, *AUTUMN])
def test_a_day_on_which_the_clocks_change_has_one_slot(day, at):
    rule = Daily(at)
    found = slots_between(rule, local(day - timedelta(days=1), 23, 59), local(day + timedelta(days=1), 0, 0))
    assert [slot.name for slot in found] == [day.isoformat()]


@pytest.mark.parametrize("day", SPRING)
def test_a_time_that_is_left_out_stands_for_the_moment_an_hour_later_by_the_clock(day):
    assert Daily(time(2, 30)).latest(local(day, 12)).begins == local(day, 3, 30)


@pytest.mark.parametrize("day", AUTUMN)
def test_a_time_that_comes_twice_counts_the_first_time(day):
    rule = Daily(time(2, 30))
    assert rule.latest(local(day, 2, 45)).begins == local(day, 2, 30)
    assert rule.latest(local(day, 2, 45, fold=1)) == rule.latest(local(day, 2, 45))


@pytest.mark.parametrize(("days", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_minutes_go_on_through_the_night_of_the_change(days, hours):
    for day in days:
        start, end = local(day, 0), local(day + timedelta(days=1), 0)
        found = slots_between(Every(minutes=5), start - timedelta(seconds=1), end)
        assert len(found) == hours * 12
        assert len({slot.name for slot in found}) == hours * 12


@pytest.mark.parametrize("sunday", [*SPRING, *AUTUMN])
def test_mondays_mail_is_at_seven_in_brussels_after_the_clocks_changed(sunday):
    monday = sunday + timedelta(days=1)
    slot = Weekly(MONDAY, time(7, 0)).next(local(sunday, 12))
    assert slot.begins == local(monday, 7)
    assert slot.begins.hour == (5 if sunday in SPRING else 6)


def test_weeks_have_the_names_of_the_iso_calendar():
    rule = Weekly(MONDAY, time(7, 0))
    names = [rule.latest(datetime(2026, 12, 21, 12, tzinfo=UTC) + timedelta(weeks=n)).name for n in range(3)]
    assert names == ["2026-W52", "2026-W53", "2027-W01"]


def test_a_weekly_crawl_has_the_name_of_its_sunday():
    rule = Daily(time(1, 0), frozenset({SUNDAY}))
    assert rule.latest(datetime(2026, 11, 26, 12, tzinfo=UTC)).name == "2026-11-22"
    assert rule.next(datetime(2026, 11, 26, 12, tzinfo=UTC)).name == "2026-11-29"
