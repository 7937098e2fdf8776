"""The score of a call as a small chart: a bar of its parts, and beside it the same in words and figures. Pure.

The bar is hidden from screen readers: the list below it says all that it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from matcher.languages import Speaker
from matcher.model import Contribution


def chart(say: Speaker, score: float, parts: Sequence[Contribution]) -> str:
    """HTML made of figures and words of ours; `frame.css` gives it its look."""
    head = escape(say.gettext("Fit %(score)s of 1", score=say.decimal(score)))
    bar = "".join(_stripe(number, part.value) for number, part in enumerate(parts))
    rows = "".join(_row(say, number, part) for number, part in enumerate(parts))
    return f'<div class="fit"><b>{head}</b><div class="bar" aria-hidden="true">{bar}</div><ul>{rows}</ul></div>'


def _stripe(number: int, value: float) -> str:
    """Its width is the part of the whole score that it makes, in per cent of the best there can be."""
    return f'<span class="part-{number}" style="width:{min(max(value, 0.0), 1.0):.1%}"></span>'


def _row(say: Speaker, number: int, part: Contribution) -> str:
    label, value = escape(say.say(part.label)), escape(say.decimal(part.value))
    return f'<li><i class="part-{number}" aria-hidden="true"></i><span>{label}</span><span>{value}</span></li>'
