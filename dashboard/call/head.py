"""Draws what a reader must know of a call first: title, way in, reason, deadline, fit, and what limits all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from dashboard.call.drawing import drawn
from dashboard.told import one_call
from dashboard.told.calls import told
from dashboard.told.cautions import Caution
from dashboard.told.fit import chart
from dashboard.told.marks import way_in
from dashboard.told.reader import Reader
from dashboard.widgets import FIT_OF_A_CALL
from matcher.languages import Speaker
from matcher.model import Call, Match

SYMBOLS = {
    Caution.CLOSED: "event_busy",
    Caution.PLANNED: "event_upcoming",
    Caution.UNCONFIRMED: "help",
    Caution.FOREIGN: "public",
    Caution.OLD: "history",
}
"""Of Material Symbols, beside the words of a caution."""


def section(reader: Reader, call: Call, match: Match | None, later: Sequence[Call]) -> None:
    """`match`: of the chosen organisation; `later`: editions that take the place of a closed call."""
    values = one_call.head(call, later, reader)
    drawn(reader.say, "call_head", **values, **_matched(reader, match), symbols=SYMBOLS)


def _matched(reader: Reader, match: Match | None) -> dict[str, Any]:
    if match is None or reader.profile is None:
        return {"match": None}
    say = reader.say
    return {
        "match": told(match, reader.profile, reader.known, reader.voice),
        "route_reason": say.say(match.route.reason),
        "marks": [way_in(say, match)],
        "fit": Markup(chart(say, match.score, match.contributions)),
        "fit_note": say.say(FIT_OF_A_CALL),
        "fit_rows": _rows(say, match),
        "fit_remarks": [say.say(part.note) for part in match.contributions if part.note],
    }


def _rows(say: Speaker, match: Match) -> list[tuple[str, ...]]:
    """Each part of the fit: what it is, its weight, its signal, and what it adds."""
    return [
        (say.say(part.label), *(say.decimal(value) for value in (part.weight, part.signal, part.value)))
        for part in match.contributions
    ]
