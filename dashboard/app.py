"""Router and picture frame: the pages, and what every page shows. Run by `streamlit run dashboard/app.py`."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import choice, queries, widgets

st.set_page_config(layout="wide")
page = st.navigation(
    [
        st.Page("views/matches.py", title="Calls by fund", default=True),
        st.Page("views/call.py", title="One call", url_path="call", visibility="hidden"),
        st.Page("views/sources.py", title="Sources", url_path="sources"),
    ],
    position="top",
)
try:
    choice.draw(queries.profiles(), date.today())
    widgets.freshness(queries.freshness())
    page.run()
except queries.problems() as problem:
    widgets.problem(problem)
