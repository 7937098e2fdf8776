"""Coverage: where the calls come from, how old they are, what is missing, and what could not be understood."""

import streamlit as st

from dashboard import coverage, national, queries
from dashboard.choice import made

st.title("Sources")
st.markdown("A call can only be found here if its source was read. Each source says when that was, and how it went.")
states = queries.sources(made().on)
if not states:
    st.info("No source was read yet. Run `funding snapshot load` or `funding crawl`.")
else:
    coverage.summary(states)
if members := queries.member_states(states):
    national.table(members)
for number, state in enumerate(states):
    coverage.source(state, number)
