"""Coverage: where the calls come from, how old they are, what is missing, and what could not be understood."""

import streamlit as st

from dashboard import queries
from dashboard.frame import made
from dashboard.sources import national, overview

frame = made()
say = frame.say
st.title(say.gettext("Sources"))
st.markdown(
    say.gettext(
        "A call can only be found here if its source was read. Each source says when that was, and how it went."
    )
)
states = queries.sources(frame.on)
if not states:
    st.info(say.gettext("No source was read yet."))
else:
    overview.summary(say, states)
    st.header(say.gettext("Source by source"))
    overview.sources(say, states)
if members := queries.member_states(states):
    national.listing(say, members)
