"""Moments and rules that tests of the scheduler share."""

from datetime import UTC, date, datetime, time

from hypothesis import strategies as st

from matcher.days import BRUSSELS
from matcher.scheduler.slots import Daily, Every, Weekly

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30, 59)))
rules = st.one_of(
    st.builds(Daily, times),
    st.builds(Daily, times, st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(Weekly, st.integers(0, 6), times),
    st.builds(Every, st.sampled_from((1, 5, 60))),
)


def local(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    """The moment at which clocks in Brussels show that time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS, fold=fold).astimezone(UTC)
