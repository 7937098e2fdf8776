"""Which calls a page lists: a partition of what fulfils the filters, in the order asked for."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filters, Part, Sort
from dashboard.listing import listed, other_ways, without_each
from matcher.model import CallStatus, Fund, Goal, Pursuit, RouteKind, Stage
from matcher.reference import Reference
from matcher.reference.files import load_reference
from tests.conftest import PROJECT

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(PROJECT / "data" / "reference")


def standing(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows of a standing, each with what a test says of it, ranked as given."""
    usual = {
        "fund": "AMIF",
        "country": "",
        "status": "open",
        "deadline": pd.Timestamp(DAY),
        "grant_least": float("nan"),
        "grant_most": float("nan"),
        "language": "en",
        "goals": "",
        "first_seen": pd.Timestamp(DAY),
        "route": "lead",
        "also": "",
        "usability": 0,
        "source": "portal",
    }
    made = [usual | {"place": place} | row for place, row in enumerate(rows, 1)]
    return pd.DataFrame(made, index=pd.Index([f"c{n}" for n in range(len(made))], name="call"))


def pursuit(call: str, stage: Stage) -> Pursuit:
    return Pursuit(organisation="o", call=call, stage=stage, changed=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def shown(reference):
    """The ids that a listing holds, in order."""

    def run(calls: pd.DataFrame, filters: Filters, texts: dict[str, float] | None = None) -> list[str]:
        return list(listed(calls, filters, texts, {}, reference.table, {}, DAY).table.index)

    return run


MAYBE = st.none() | st.integers(0, 3000)
ROWS = st.fixed_dictionaries(
    {
        "fund": st.sampled_from([*Fund, "", "Some other fund"]).map(str),
        "country": st.sampled_from(["", "LV", "GR"]),
        "status": st.sampled_from(CallStatus).map(str),
        "deadline": MAYBE.map(lambda days: pd.NaT if days is None else pd.Timestamp(DAY) + timedelta(days=days)),
        "first_seen": MAYBE.map(lambda days: pd.NaT if days is None else pd.Timestamp(DAY) - timedelta(days=days)),
        "grant_least": st.floats(0, 1e6) | st.just(float("nan")),
        "grant_most": st.floats(0, 1e6) | st.just(float("nan")),
        "language": st.sampled_from(["", "en", "lv"]),
        "goals": st.lists(st.sampled_from(Goal), unique=True).map(" ".join),
        "route": st.sampled_from(RouteKind).map(str),
        "also": st.lists(st.sampled_from(RouteKind), unique=True, max_size=2).map(" ".join),
        "usability": st.integers(0, 3),
    }
)


def some(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, unique=True, max_size=2).map(tuple)


FILTERS = st.builds(
    Filters,
    text=st.sampled_from(["", "", "housing"]),
    fund=some(st.sampled_from(Fund)),
    route=some(st.sampled_from(RouteKind)),
    status=some(st.sampled_from(CallStatus)),
    within=MAYBE,
    seen=MAYBE,
    role=st.none() | st.sampled_from(Part),
    least=MAYBE,
    most=MAYBE,
    country=st.sampled_from(["", "LV"]),
    goal=some(st.sampled_from(Goal)),
    language=some(st.sampled_from(["en", "lv"])),
    sort=st.sampled_from(Sort),
)


@given(rows=st.lists(ROWS, min_size=1, max_size=25), filters=FILTERS, data=st.data())
def test_nothing_that_fulfils_the_filters_is_lost_or_shown_twice(reference, rows, filters, data):
    calls = standing(*rows)
    ids = st.lists(st.sampled_from(list(calls.index)), unique=True)
    found, gone, back = data.draw(ids), data.draw(ids), data.draw(ids)
    stages = {id: pursuit(id, data.draw(st.sampled_from([Stage.DISMISSED, Stage.SAVED]))) for id in gone}
    made = listed(calls, filters, dict.fromkeys(found, 0.5), stages, reference.table, {}, DAY, back)
    groups = [ids for part in made.parts for ids in (part.usable, part.not_open, part.closed, part.dismissed)]
    assert sorted(id for ids in groups for id in ids) == sorted(made.table.index)
    assert sum(part.number for part in made.parts) == len(made.table)
    places = {id: place for place, id in enumerate(made.table.index)}
    assert all([places[id] for id in ids] == sorted(places[id] for id in ids) for ids in groups)
    every = listed(calls, Filters(), None, stages, reference.table, {}, DAY, back)
    assert len(every.table) == made.total == len(rows)


ALL = [
    ({"fund": "CERV"}, Filters(fund=(Fund.CERV, Fund.ERDF)), True),
    ({"fund": ""}, Filters(fund=(Fund.CERV,)), False),
    ({"route": "sub_grant"}, Filters(route=(RouteKind.SUB_GRANT,)), True),
    ({"route": "lead", "also": "co_applicant sub_grant"}, Filters(route=(RouteKind.SUB_GRANT,)), True),
    ({"route": "lead", "also": "co_applicant"}, Filters(route=(RouteKind.SUB_GRANT,)), False),
    ({"route": "managing_authority"}, Filters(role=Part.LEAD), True),
    ({"route": "co_applicant"}, Filters(role=Part.LEAD), False),
    ({"route": "unknown"}, Filters(role=Part.LEAD), True),
    ({"route": "not_open"}, Filters(role=Part.JOIN), False),
    ({"status": "forthcoming"}, Filters(status=(CallStatus.OPEN,)), False),
    ({"deadline": pd.Timestamp(DAY) + timedelta(days=30)}, Filters(within=30), True),
    ({"deadline": pd.Timestamp(DAY) + timedelta(days=31)}, Filters(within=30), False),
    ({"deadline": pd.NaT}, Filters(within=30), False),
    ({"deadline": pd.Timestamp(DAY)}, Filters(within=0), True),
    ({"first_seen": pd.Timestamp(DAY) - timedelta(days=7)}, Filters(seen=7), True),
    ({"first_seen": pd.Timestamp(DAY) - timedelta(days=8)}, Filters(seen=7), False),
    ({"first_seen": pd.Timestamp(DAY) + timedelta(days=1)}, Filters(seen=7), False),
    ({"first_seen": pd.NaT}, Filters(seen=7), False),
    ({"first_seen": pd.Timestamp(DAY)}, Filters(seen=0), True),
    ({"grant_most": 50_000.0}, Filters(least=50_000), True),
    ({"grant_most": 49_999.0}, Filters(least=50_000), False),
    ({}, Filters(least=50_000, most=1), True),
    ({"grant_least": 50_001.0}, Filters(most=50_000), False),
    ({"country": "LV"}, Filters(country="GR"), False),
    ({"country": ""}, Filters(country="GR"), True),
    ({"goals": "voting decisions"}, Filters(goal=(Goal.DECISIONS,)), True),
    ({"goals": "voting"}, Filters(goal=(Goal.DECISIONS,)), False),
    ({"language": "fr"}, Filters(language=("fr", "de")), True),
    ({"language": ""}, Filters(language=("fr",)), False),
]


@pytest.mark.parametrize(("row", "filters", "stays"), ALL)
def test_what_a_filter_leaves_in(shown, row, filters, stays):
    assert bool(shown(standing(row), filters)) is stays


def test_words_leave_in_what_was_found_by_them_the_best_first(shown):
    calls = standing({}, {}, {})
    assert shown(calls, Filters(text="housing"), {"c1": 0.2, "c2": 0.9, "gone": 1.0}) == ["c2", "c1"]
    assert shown(calls, Filters(text="housing"), {}) == []


def test_calls_are_sorted_as_asked_and_what_is_not_stated_comes_last(shown):
    calls = standing(
        {"deadline": pd.NaT, "grant_most": 5.0, "first_seen": pd.Timestamp(2026, 1, 1)},
        {"deadline": pd.Timestamp(2026, 5, 1), "first_seen": pd.NaT},
        {"deadline": pd.Timestamp(2026, 4, 1), "grant_most": 9.0, "first_seen": pd.Timestamp(2026, 2, 1)},
    )
    assert shown(calls, Filters()) == ["c0", "c1", "c2"]
    assert shown(calls, Filters(sort=Sort.DEADLINE)) == ["c2", "c1", "c0"]
    assert shown(calls, Filters(sort=Sort.AMOUNT)) == ["c2", "c0", "c1"]
    assert shown(calls, Filters(sort=Sort.FIRST_SEEN)) == ["c2", "c0", "c1"]


def test_a_dismissed_call_stands_apart_until_it_changed(reference):
    calls = standing({}, {})
    gone = {"c0": pursuit("c0", Stage.DISMISSED), "c1": pursuit("c1", Stage.WRITING)}
    apart = listed(calls, Filters(), None, gone, reference.table, {}, DAY)
    assert (apart.parts[0].usable, apart.parts[0].dismissed) == (("c1",), ("c0",))
    back = listed(calls, Filters(), None, gone, reference.table, {}, DAY, {"c0", "c1"})
    assert (back.parts[0].usable, back.parts[0].dismissed, back.returned) == (("c0", "c1"), (), {"c0"})


def test_the_parts_are_the_brief_s_rows_and_what_lies_outside(reference):
    made = listed(standing({"fund": "CERV"}, {"fund": ""}), Filters(), None, {}, reference.table, {}, DAY)
    assert [part.row.fund if part.row else None for part in made.parts] == [*Fund, None]
    assert [part.number for part in made.parts] == [0, 0, 0, 0, 1, 1]


def test_another_way_to_a_fund_is_told_only_where_the_country_takes_part(reference):
    ways = other_ways(reference, "LV", DAY)
    assert RouteKind.MANAGING_AUTHORITY in ways[Fund.ESF_PLUS]
    assert RouteKind.NATIONAL_AGENCY in ways[Fund.ERASMUS_PLUS]
    assert RouteKind.MANAGING_AUTHORITY not in other_ways(reference, "GB", DAY).get(Fund.ESF_PLUS, ())


def test_only_what_came_after_the_first_reading_of_its_source_is_new(reference):
    def seen(days: int, source: str = "portal") -> dict[str, object]:
        return {"first_seen": pd.Timestamp(DAY) - timedelta(days=days), "source": source}

    calls = standing(seen(100), seen(14), seen(15), seen(-1), {"first_seen": pd.NaT}, seen(3, "another"))
    assert listed(calls, Filters(), None, {}, reference.table, {}, DAY).new == {"c1"}


def test_it_is_told_which_filter_leaves_nothing(reference):
    calls = standing({"fund": "AMIF", "route": "lead"}, {"fund": "CERV", "route": "unknown"})
    filters = Filters(fund=(Fund.ERDF,), route=(RouteKind.LEAD,), text="town", sort=Sort.AMOUNT)
    assert without_each(calls, filters, {"c0": 1.0, "c1": 1.0}, DAY) == {"fund": 1, "route": 0, "text": 0}
