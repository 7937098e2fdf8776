"""Names of buttons and links that look alike on a page: the eye sees from its place which call one is about, a screen
reader is told (WCAG 2.2, 2.4.4 and 2.4.9; the name begins with what is seen, 2.5.3).

Streamlit gives a button no other name than its label: the label holds the whole name, and a rule of frame.css hides its
end.
"""

from __future__ import annotations

from dashboard.escape import md_escape
from matcher.printable import one_line

LONGEST = 120
"""Characters of a text from outside in a name."""


def named(label: str, of: str) -> str:
    """The label of a button or link as Markdown, of which only `label` is seen; `of`: a text from outside."""
    return f"{label} *{md_escape(shortened(of))}*" if of.strip() else label


def shortened(text: str) -> str:
    """Its first words, where it is longer than any name should be."""
    return one_line(text, LONGEST)
