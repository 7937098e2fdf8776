"""Draws a piece of a page from its template, as one element: what Streamlit need not put together, nobody waits for.

Streamlit's own tables bring a megabyte of scripts to a page. The templates escape all values, and Streamlit lets
nothing in HTML run (DOMPurify).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import streamlit as st

from matcher.languages import Speaker, environment
from matcher.printable import one_line, printable

TEMPLATES = Path(__file__).parent / "templates"
OF_PIECES = ("drawn/", "call/", "plain/_calls", "_tables")
"""Beginnings of the names of templates that pieces are made of."""

LONGEST = 1_000
"""Characters of a cell: what is longer stands elsewhere as a whole."""


def make_ready(say: Speaker) -> None:
    """Read the templates of all pieces in that language, so that no reader waits for it."""
    of_language = environment(say.language, TEMPLATES)
    for name in of_language.list_templates(filter_func=lambda name: name.startswith(OF_PIECES)):
        of_language.get_template(name)


def piece(say: Speaker, template: str, **values: object) -> None:
    """`template`: of those in dashboard/templates/drawn. Nothing unseen in its values turns the words around it."""
    st.html(printable(environment(say.language, TEMPLATES).get_template(f"drawn/{template}.html.j2").render(values)))


def table(say: Speaker, rows: Iterable[Sequence[str]], head: Sequence[str] = (), longest: int = LONGEST) -> None:
    """Texts as a table; without `head` the first of each row names it. `longest`: characters of a cell."""
    piece(say, "table", head=head, rows=[[one_line(cell, longest) for cell in row] for row in rows])
