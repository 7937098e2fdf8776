"""Who could join a project: organisations of past projects and those that want to be found."""

import streamlit as st

from dashboard import queries
from dashboard.call import nothing
from dashboard.frame import CALL, made
from dashboard.partners import missing, page

frame = made()
st.title(frame.say.gettext("Partners"))
page.introduction(frame.say)
if not queries.count_projects():
    st.info(missing.few_organisations(frame))
entries = queries.directory()
if entries:
    found = page.found(frame.say, entries)
    call = queries.found_call(key) if (key := st.query_params.get(CALL, "")) else None
    if isinstance(call, tuple):
        nothing.known(frame, key, call)
        call = None
    page.results(frame, found, call)
elif queries.count_projects():
    st.info(frame.say.gettext("None of the stored projects names its organisations."))
