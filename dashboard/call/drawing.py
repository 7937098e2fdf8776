"""Draws pieces of a call's page from the templates that the plain page is made of, and headings between them."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.pieces import piece
from dashboard.told.marks import answers
from dashboard.told.parts import Part, titles
from matcher.languages import Speaker


def drawn(say: Speaker, template: str, **values: object) -> None:
    """`template`: of those in dashboard/templates/drawn."""
    headings = {part.value: title for part, title in titles(say).items()}
    piece(say, template, headings=headings, looks=answers(say), is_file=False, has_folds=True, **values)


def heading(say: Speaker, part: Part) -> None:
    """Of a part that holds what can be pressed or is read once it is opened."""
    st.html(f'<h2 id="{part.value}" class="part">{escape(titles(say)[part])}</h2>')
