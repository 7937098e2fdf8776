"""What columns say of many calls on a day is what each call says by itself."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import Call, CallKind, CallStatus, Deadline, DeadlineModel, National, Precision
from matcher.money.own_contribution import Finance
from matcher.standing.facts import facts
from matcher.standing.shelf import Shelf

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(lambda day: day.replace(day=min(day.day, 3)))
ROUGH = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR])


@st.composite
def calls(draw, number):
    deadlines = draw(st.lists(st.builds(Deadline, day=DAYS, precision=ROUGH), max_size=3))
    return Call(
        source="portal",
        reference=str(number),
        identifier=f"CODE-{number}",
        title="A call",
        kind=CallKind.TOPIC,
        url="https://example.org",
        national=draw(st.sampled_from([None, National(country="LV")])),
        published_status=draw(st.sampled_from(list(CallStatus))),
        opening=draw(st.none() | DAYS),
        opening_precision=draw(ROUGH),
        deadlines=tuple(deadlines),
        deadline_model=draw(st.none() | st.sampled_from(list(DeadlineModel))),
        as_of=draw(DAYS),
        first_seen=draw(st.none() | DAYS),
    )


@given(st.lists(st.integers(0, 9), unique=True).flatmap(lambda all: st.tuples(*map(calls, sorted(all)))), DAYS)
def test_state_and_next_deadline_are_those_of_the_call(some, on):
    shelf = Shelf.of([facts(call, Finance(), {}) | {"records": ""} for call in some], {})
    day = shelf.day(on + timedelta(days=1))
    for call in some:
        row, ahead = day.loc[call.id], call.next_deadline(on + timedelta(days=1))
        assert row["status"] == call.status(on + timedelta(days=1))
        assert (None if pd.isna(row["deadline"]) else row["deadline"].date()) == (ahead.last_day if ahead else None)
        assert (None if pd.isna(row["final"]) else row["final"].date()) == call.final_day
