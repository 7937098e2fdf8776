"""How several lines become one element of a page: few and rich ones are drawn fast. Pure.

Every text from outside is escaped before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.escape import md_escape
from matcher.printable import one_line
from matcher.wording.layout import without_middle
from matcher.wording.quotes import QUOTED

TITLE = 200
"""Characters of a call's title, or of a name, above its facts; the facts hold the whole."""
NAME = 300
"""Characters of any other name."""


def entry(*lines: str) -> str:
    """An entry of a Markdown list whose lines stand below each other; empty ones are left out."""
    return "- " + "  \n  ".join(filter(None, lines))


def listed(entries: Iterable[str]) -> str:
    """One Markdown list."""
    return "\n".join(entries)


def small(markdown: str) -> str:
    """Of lesser weight, as `widgets.small` is; empty stays empty."""
    return f":small[:gray[{markdown}]]" if markdown else ""


def quoted(text: str) -> str:
    """The words of a source in their marks; of long ones the middle is left out."""
    return f"“{md_escape(without_middle(text, QUOTED))}”"


def titled(text: str, most: int = TITLE) -> str:
    """A title or name from outside as one escaped line of at most so many characters."""
    return md_escape(one_line(text, most))
