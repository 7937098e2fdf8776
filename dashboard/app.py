"""Router and picture frame: the pages, and what every page shows. Run by `dashboard.asgi`."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import frame, menu, queries, widgets

say = frame.language()
page = st.navigation(menu.pages(say), position="top")
frame.set_up(say, page)
try:
    frame.draw(say, page, queries.profiles(), date.today(), queries.freshness())
    with st.spinner(say.gettext("Reading …")):  # shown where it takes more than half a second
        page.run()
except queries.problems() as problem:
    if queries.is_to_be_asked_again(problem):
        st.rerun()
    st.title(say.gettext("This page cannot be shown now"))
    widgets.problem(say, problem)
