"""The page of deadlines: which days of which calls, as timeline, month and list."""

from datetime import date, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.deadlines import days, month, timeline
from matcher.languages import speaker
from matcher.model import Deadline, Precision, Pursuit, Stage, last_day
from matcher.store import open_store
from tests.doubles import small_store as small
from tests.doubles.pursued import AT, pursue_some

EN = speaker("en")


def test_without_an_organisation_it_says_what_to_do(page):
    app = page("deadlines")
    assert [heading.value for heading in app.title] == ["Deadlines"]
    assert any("Choose an organisation" in told.value for told in app.info)


def test_the_list_names_each_day_with_its_call(page, shown):
    text = shown(page("deadlines", profile=small.MUNICIPALITY, within="all"))
    for call in small.CALLS:
        if call.id in (small.WOMEN, small.URBACT):
            assert f"/call?profile={small.MUNICIPALITY}" in text
            assert call.title in text.replace("\\", "")
    assert "Timeline" in text
    assert "The same as a list" in text


def test_a_call_that_is_over_or_put_aside_has_no_day(page, shown, own_world):
    with open_store(own_world.database_url) as store:
        pursue_some(store)
    text = shown(page("deadlines", profile=small.MUNICIPALITY, within="all")).replace("\\", "")
    calls = {call.id: call for call in small.CALLS}
    assert calls[small.WOMEN].title in text
    assert "Application being written" in text
    assert calls[small.TOWNS].title not in text


def test_what_lies_beyond_the_window_is_counted(page, shown):
    near = shown(page("deadlines", profile=small.MUNICIPALITY, within="30"))
    assert "further ahead" in near


def test_funds_leave_out_other_calls(page, shown):
    text = shown(page("deadlines", profile=small.MUNICIPALITY, within="all", fund="ERDF")).replace("\\", "")
    calls = {call.id: call for call in small.CALLS}
    assert calls[small.URBACT].title in text
    assert calls[small.WOMEN].title not in text


def test_other_programmes_are_counted_and_shown_on_demand(make):
    inside = make.call("inside")
    saved, outside = (make.call(name, fund=None) for name in ("saved", "outside"))
    calls = [inside, saved, outside]
    assert days.of_funds(calls, (), {saved.id}) == [inside, saved]
    assert days.of_funds(calls, (days.OTHER,), {saved.id}) == [saved, outside]
    assert days.of_funds(calls, ("AMIF",), {saved.id}) == [inside]


def test_a_saved_call_of_another_programme_stands_here_and_on_the_choice_of_them(page, shown, own_world):
    research = next(call for call in small.CALLS if call.fund is None)
    assert "Other EU programmes" not in shown(page("deadlines", profile=small.MUNICIPALITY)), "there is none to show"
    with open_store(own_world.database_url) as store:
        saved = Pursuit(organisation=small.MUNICIPALITY, call=research.id, stage=Stage.SAVED, changed=AT)
        store.workspaces.pursue(saved)
    text = shown(page("deadlines", profile=small.MUNICIPALITY, within="all"))
    assert research.title in text
    assert "Other EU programmes (1 call)" in text
    alone = shown(page("deadlines", profile=small.MUNICIPALITY, within="all", fund=days.OTHER))
    assert research.title in alone
    assert next(call.title for call in small.CALLS if call.id == small.WOMEN) not in alone


def test_the_month_of_the_address_is_shown_and_leads_to_its_neighbours(page, shown):
    app = page("deadlines", profile=small.MUNICIPALITY, show="month", month="2026-04")
    assert "April 2026" in [heading.value for heading in app.header]
    text = shown(app)
    assert "March 2026" in text
    assert "May 2026" in text


@pytest.mark.parametrize("address", ["2026-13", "20260401", "../../etc", "0000-00", ""])
def test_a_month_that_is_none_is_that_of_the_day(address):
    assert month.first_of(address, date(2026, 3, 2)) == date(2026, 3, 1)


@pytest.mark.parametrize(("asked", "shown_month"), [("0001-01", "January 2014"), ("9999-12", "December 2035")])
def test_a_month_beyond_the_days_that_can_be_looked_at_is_the_first_or_last_of_them(page, asked, shown_month):
    app = page("deadlines", profile=small.MUNICIPALITY, show="month", month=asked)
    assert shown_month in [heading.value for heading in app.header]


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(-30, 30))
def test_months_lie_beside_each_other(day, step):
    first = day.replace(day=1)
    other = month.beside(first, step)
    assert other.day == 1
    assert month.beside(other, -step) == first


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_the_months_at_the_top_are_few_and_in_order(on, ahead):
    named = timeline.months(on, on + timedelta(days=ahead))
    assert len(named) <= timeline.TICKS
    assert named == sorted(set(named))
    assert all(one > on and one.day == 1 for one in named)


@pytest.mark.parametrize(
    ("on", "ahead", "names"),
    [
        (date(2025, 5, 1), 120, ["Jun 2025", "Jul", "Aug"]),
        (date(2025, 11, 20), 90, ["Dec 2025", "Jan 2026", "Feb"]),
        (date(2025, 6, 1), 1100, ["Jul 2025", "Jul 2026", "Jul 2027"]),
    ],
)
def test_a_year_is_named_where_it_changes(on, ahead, names):
    shown = timeline.months(on, on + timedelta(days=ahead))
    assert [name for _, name in timeline.month_names(EN, shown)] == names


def test_every_day_of_the_month_has_its_cell():
    made = list(month.cells(date(2026, 2, 1), [], date(2026, 2, 3)))
    assert [one["number"] for one in made] == [str(day) for day in range(1, 29)]
    assert (made[0]["week"], made[0]["weekday"]) == (0, 6)
    assert [one["number"] for one in made if one["is_today"]] == ["3"]


def test_a_quarter_is_a_range_and_no_day(make):
    call = make.call(
        opening=None,
        deadlines=(Deadline(day=date(2026, 4, 1), precision=Precision.QUARTER),),
    )
    found = days.moments([call], {}, date(2026, 3, 2))
    assert [(one.first, one.last, one.is_exact) for one in found] == [(date(2026, 4, 1), date(2026, 6, 30), False)]
    assert days.in_month(found, date(2026, 5, 1)) == found
    assert not any(one["is_marked"] for one in month.cells(date(2026, 4, 1), found, date(2026, 3, 2)))


def test_stages_and_openings_are_days_of_their_own(make):
    deadlines = (
        Deadline(day=date(2026, 5, 1), stage=1),
        Deadline(day=date(2026, 9, 1), stage=2),
    )
    call = make.call(opening=date(2026, 4, 1), deadlines=deadlines)
    pursuits = {call.id: Pursuit(organisation="riga", call=call.id, stage=Stage.SAVED, changed=AT)}
    found = days.moments([call], pursuits, date(2026, 3, 2))
    assert [(one.what, one.first) for one in found] == [
        (days.What.OPENS, date(2026, 4, 1)),
        (days.What.CLOSES, date(2026, 5, 1)),
        (days.What.CLOSES, date(2026, 9, 1)),
    ]
    assert {one.stage for one in found} == {Stage.SAVED}


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from(list(Precision)[1:]))
def test_nothing_that_is_over_is_shown(on, precision):
    first = {Precision.MONTH: 6, Precision.QUARTER: 4, Precision.YEAR: 1, Precision.DAY: 6}[precision]
    day = date(2026, first, 1)
    deadline = Deadline(day=day, precision=precision)
    call = small.CALLS[0].model_copy(update={"opening": None, "deadlines": (deadline,)})
    assert bool(days.moments([call], {}, on)) is (last_day(day, precision) >= on)


def test_the_calendar_file_holds_the_same_days(answered):
    reply = answered(f"/plain/deadlines.ics?profile={small.MUNICIPALITY}&lang=en")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(reply.content)
    assert "Riga" in str(read["X-WR-CALNAME"])
    again = answered(f"/plain/deadlines.ics?profile={small.MUNICIPALITY}&lang=en", etag=reply.headers["etag"])
    assert again.status_code == 304


def test_an_organisation_that_is_none_has_no_calendar(answered):
    assert answered("/plain/deadlines.ics?profile=nobody").status_code == 404


@pytest.fixture
def answered(seen_world):
    """What the server beside the dashboard answers."""
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from dashboard.routes import middleware, routes

    app = Starlette(routes=routes(), middleware=middleware(seen_world))

    def run(address, etag=""):
        with TestClient(app) as client:
            return client.get(address, headers={"If-None-Match": etag} if etag else {})

    return run
