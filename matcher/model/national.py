"""What a call of a national or regional programme says beyond any other: where, under what, and whom to ask.

The fields are those of the timetable of planned calls that Regulation (EU) 2021/1060, Article 49(2), asks for.
"""

from __future__ import annotations

from enum import StrEnum

from matcher.model.base import Country, Frozen, Text


class AmountShare(StrEnum):
    """What an amount of a national call counts: the fund's money alone, or national public money with it."""

    EU = "eu"
    TOTAL = "total"


class Area(Frozen):
    """Where a call's projects or applicants must be: as its source writes it, and as NUTS codes where it can be coded.

    `("CZ",)` is all of Czechia. No codes: the area is not known. `narrower`: the text names something smaller than the
    codes, a single town for one, so that lying in a code does not yet mean lying in the area.
    """

    text: str = ""
    codes: tuple[str, ...] = ()
    narrower: bool = False


class Authority(Frozen):
    """The body that runs a national call: whom to ask and whom to apply to."""

    name: Text
    url: str = ""


class Place(Frozen):
    """Where in a published file a call stands."""

    sha256: str
    """Of the file's bytes."""
    sheet: str = ""
    row: int | None = None
    """From 1, as a spreadsheet program counts; of a JSON list or XML file the number of the record."""


class National(Frozen):
    """A call of a programme under shared management: its authority selects the projects, not the Commission."""

    country: Country
    code: str = ""
    """The official code; empty where the list gives none, and a key of ours stands in for it."""
    programme: str = ""
    """The national programme, by the name its source uses."""
    priority: str = ""
    specific_objective: str = ""
    area: Area = Area()
    mode: str = ""
    """The way of selection in the source's words: competitive, without competition, continuous."""
    competitive: bool | None = None
    share: AmountShare | None = None
    """What the call's budget counts; None where the source does not say."""
    authority: Authority | None = None
    place: Place | None = None
