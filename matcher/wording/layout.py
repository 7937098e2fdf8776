"""What the pages of a terminal share: width, indents and the signs of answers. Knows no subject."""

from __future__ import annotations

import textwrap

from matcher.model import Answer

WIDTH = 110
"""Characters of a line."""
INDENT = 6
_LEFT_OUT = " … "
MARKS = {Answer.NOT_MET: "✗ not met", Answer.UNKNOWN: "? not known", Answer.MET: "✓ met"}


def indented(text: str, further: int = INDENT) -> list[str]:
    """Lines that begin below a heading, those after the first `further` in; addresses are never cut."""
    first, rest = " " * INDENT, " " * further
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )


def paragraphs(text: str) -> list[str]:
    """A text in lines, its own line breaks kept."""
    return [line for paragraph in text.splitlines() for line in textwrap.wrap(paragraph, WIDTH) or [""]]


def without_middle(text: str, width: int) -> str:
    """A text in one line, cut between words in its middle: whom it speaks of stands first, its figures often last."""
    whole = " ".join(text.split())
    if len(whole) <= width:
        return whole
    half = (width - len(_LEFT_OUT)) // 2
    first, last = whole[: half + 1].rpartition(" ")[0] or whole[:half], whole[-half - 1 :].partition(" ")[2]
    return f"{first}{_LEFT_OUT}{last or whole[-half:]}"


def shortened(text: str, width: int = WIDTH) -> str:
    """The beginning of a text in one line, cut between words."""
    return textwrap.shorten(text, width, placeholder=" …")
