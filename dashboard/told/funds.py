"""A row of the brief's table in words: the four cells of a fund, each with its source. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.told.sources import Piece, sourced
from matcher.languages import Speaker
from matcher.reference import Cell, FundRow


@dataclass(frozen=True)
class Fact:
    """A cell of the brief's table under its heading."""

    heading: str
    text: str
    language: str
    """Of the text: English where it has no translation yet."""
    source: tuple[Piece, ...]
    as_of: date


def anchor(row: FundRow | None) -> str:
    """Where in a page the fund's part begins."""
    return row.fund.name.lower().replace("_", "-") if row else "other"


def headings(say: Speaker) -> dict[str, str]:
    """Name of a cell in its row -> the heading of its column, in the brief's order."""
    return {
        "objectives": say.gettext("Objectives and actions"),
        "actors": say.gettext("Who has access"),
        "management": say.gettext("How it is managed"),
        "direct_access": say.gettext("Direct access for municipalities"),
    }


def facts(row: FundRow, when: str, say: Speaker) -> tuple[Fact, ...]:
    """The four cells in the brief's order; `when`: "now", or as the "brief" had them."""
    return tuple(_fact(title, getattr(getattr(row, name), when), say) for name, title in headings(say).items())


def _fact(heading: str, cell: Cell, say: Speaker) -> Fact:
    text = say.say(cell.text)
    return Fact(heading, text, say.language_of(cell.text), sourced(say.say(cell.source)), cell.as_of)
