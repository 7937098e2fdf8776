"""Draws a row of the brief's table: a fund and its four sourced cells, as they are now and as the brief had them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dashboard import widgets
from dashboard.escape import md_escape
from dashboard.pieces import piece
from dashboard.told.funds import anchor, facts
from matcher.languages import Speaker

if TYPE_CHECKING:
    from matcher.reference import FundRow


def headed(say: Speaker, row: FundRow) -> None:
    """The fund with what an officer asks first, whether the town can apply itself; the whole row folded below."""
    _drawn(say, row, "fund")


def unfolded(say: Speaker, row: FundRow) -> None:
    """The row as the table shows it to a reader who has not chosen an organisation."""
    _drawn(say, row, "row")


def language_note(say: Speaker, rows: Iterable[FundRow]) -> None:
    """Once for all rows: in which language they are, where one is in another than the reader's."""
    if any(say.language_of(row.objectives.now.text) != say.language for row in rows):
        widgets.small(md_escape(say.gettext("The cells of the table are in English.")))


def _drawn(say: Speaker, row: FundRow, template: str) -> None:
    now = facts(row, "now", say)
    piece(
        say,
        template,
        key=anchor(row),
        fund=row.fund.value,
        name=say.say(row.name),
        access=now[-1],
        now=now,
        brief=facts(row, "brief", say),
    )
