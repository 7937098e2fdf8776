"""Days as precisely as a source states them, never more."""

from __future__ import annotations

import calendar
from datetime import date, time
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from matcher.model.base import Frozen


class Precision(StrEnum):
    """How much of a date its source really states. `day` means: the time of day is not known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Deadline(Frozen):
    """One submission deadline. `day` is the first day of a month, quarter or year when the source says no more."""

    day: date
    at: time | None = None
    """Time of day."""
    zone: str | None = None
    """IANA name; None where the source gives a time but its zone cannot be trusted."""
    precision: Precision = Precision.DAY
    stage: int | None = None
    """1 and 2 in a two-stage call, 1..n for cut-offs, None for the only deadline."""

    @model_validator(mode="after")
    def _time_and_precision_agree(self) -> Self:
        if (self.at is not None) != (self.precision is Precision.MINUTE):
            raise ValueError(f"a time of day goes with precision minute, and only with it: {self!r}")
        return self

    @property
    def last_day(self) -> date:
        """The last day on which a proposal may still be in time."""
        return last_day(self.day, self.precision)


def last_day(first: date, precision: Precision) -> date:
    """The last day of the month, quarter or year that begins on `first`; `first` itself where the day is known."""
    if precision is Precision.DAY or precision is Precision.MINUTE:
        return first
    year, month = divmod(first.year * 12 + first.month - 1 + _MONTHS[precision] - 1, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}
