"""How the state of a source or country looks and what it is called; words always stand beside colour and icon."""

from __future__ import annotations

from typing import Literal, NamedTuple

from matcher.coverage import Condition
from matcher.languages import Speaker, Term
from matcher.national_coverage import Reach

Colour = Literal["green", "blue", "violet", "orange", "gray", "red"]


class Look(NamedTuple):
    colour: Colour
    symbol: str
    """Of Material Symbols, the icons that come with Streamlit."""

    @property
    def icon(self) -> str:
        return f":material/{self.symbol}:"


class State(NamedTuple):
    look: Look
    term: Term


CONDITIONS = {
    Condition.GOOD: State(Look("green", "check"), Term("source", "good")),
    Condition.REMARKS: State(Look("blue", "info"), Term("source", "good, with remarks")),
    Condition.STALE: State(Look("orange", "history"), Term("source", "stale")),
    Condition.FAILED: State(Look("red", "front_hand"), Term("source", "latest run failed")),
    Condition.NEVER_READ: State(Look("gray", "hourglass_empty"), Term("source", "never read yet")),
}
REACHES = {
    Reach.COVERED: State(Look("green", "check"), Term("national calls", "read here")),
    Reach.IMPORTED: State(Look("blue", "upload_file"), Term("national calls", "imported by hand")),
    Reach.LINKED: State(Look("orange", "link"), Term("national calls", "only linked")),
    Reach.NOTHING: State(Look("gray", "help"), Term("national calls", "nothing known")),
}
FREQUENCIES = {"daily": Term("rhythm", "read every day"), "weekly": Term("rhythm", "read every week")}
"""`SourceCard.frequency`; any other is not crawled."""


def badge(say: Speaker, state: State) -> str:
    return f":{state.look.colour}-badge[{state.look.icon} {say.term(state.term)}]"
