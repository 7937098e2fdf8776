"""How the matching works, how good it is, and what it cannot know."""

from urllib.parse import urlencode

import streamlit as st

from dashboard import queries
from dashboard.about import legal, method, quality
from dashboard.frame import made
from matcher.about import program_version

frame = made()
say = frame.say
st.title(say.gettext("About"))
st.markdown(
    say.gettext(
        "This service finds the EU calls that a municipality or a migrant-led organisation can use for the inclusion "
        "of migrants, says by which way it gets at the money, and why. "
        "It keeps the table of MILE policy brief 3 current."
    )
)
known = queries.about()
method.origin(say, f"/sources?{urlencode(frame.query())}")
method.judging(say)
method.scoring(say, queries.weights())
quality.figures(say, known.figures, queries.lens())
method.limits(say)
legal.licences(say, known.licences, queries.cards())
legal.further(say, program_version())
