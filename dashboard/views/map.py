"""Where partners and past projects are."""

import streamlit as st

from dashboard import queries
from dashboard.frame import made
from dashboard.partners import missing, searching
from dashboard.places import drawing
from dashboard.places.regions import regions

frame = made()
say = frame.say
st.title(say.gettext("Map"))
st.markdown(
    say.gettext("Where the organisations are that took part in EU projects or want to be found, and their projects.")
)
if not queries.count_projects():
    st.info(missing.few_organisations(frame))
entries = queries.directory()
if entries:
    wanted = searching.wanted(say, entries, has_text=False)
    found = regions(filter(wanted.has, entries), queries.nuts_regions(), queries.positions())
    if found:
        drawing.table(say, found)
        drawing.picture(say, found, queries.outlines())
    else:
        st.info(say.gettext("Nothing fits all that was asked for. Take a filter away."))
