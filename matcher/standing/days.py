"""The state and the next deadline of many calls on a day: `Call.status` and `Call.next_deadline` for columns. Pure."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matcher.model import CallStatus

Days = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")
LAST = np.datetime64("9999-12-31", "D")


def statuses(facts: pd.DataFrame, on: date) -> pd.Series[str]:
    """See `matcher.model.call.Call.status`: the same questions in the same order."""
    day = pd.Timestamp(on)
    ends, opens = facts["final"].notna(), facts["opening"].notna()
    open_or_unknown = np.where(facts["has_no_end"] | ends, CallStatus.OPEN.value, CallStatus.UNKNOWN.value)
    answers: list[tuple[pd.Series[bool], object]] = [
        (facts["is_ended"] & (day >= facts["as_of"]), CallStatus.CLOSED.value),
        (ends & (day > facts["final"]), CallStatus.CLOSED.value),
        (opens & (day < facts["opening"]), CallStatus.FORTHCOMING.value),
        (opens & facts["is_planned"], CallStatus.UNKNOWN.value),
        (opens & (day < facts["opens_by"]), CallStatus.UNKNOWN.value),
        (opens, open_or_unknown),
        ((facts["published"] == CallStatus.OPEN) & (day >= facts["first_read"]), open_or_unknown),
        ((facts["published"] == CallStatus.FORTHCOMING) & (day <= facts["as_of"]), CallStatus.FORTHCOMING.value),
    ]
    asked, given = zip(*answers, strict=True)
    found = np.select([one.to_numpy() for one in asked], list(given), CallStatus.UNKNOWN.value)
    return pd.Series(found, index=facts.index, dtype="str")


def next_deadlines(days: Days, starts: NDArray[np.intp], on: date) -> Days:
    """See `matcher.model.call.Call.next_deadline`. Those of call i, ascending, are `days[starts[i]:starts[i + 1]]`."""
    ahead = np.where(days >= np.datetime64(on, "D"), days, LAST)
    # A further day at the end, so that a call without a deadline that comes last has a place to begin at.
    first = np.minimum.reduceat(np.append(ahead, LAST), starts[:-1]) if len(starts) > 1 else ahead[:0]
    return np.where((np.diff(starts) == 0) | (first == LAST), NEVER, first)
