"""What the organisation does about calls: saved, considered, written, submitted, won, lost, put aside."""

import streamlit as st

from dashboard import queries
from dashboard.frame import made
from dashboard.pipeline.board import board
from matcher.model import Permission
from matcher.workspaces.our_calls import by_stage

frame = made()
st.title(frame.say.gettext("Our calls"))
if frame.profile is None:
    st.info(frame.say.gettext("Choose an organisation above to see which calls it saved."))
elif not frame.may(Permission.READER):
    st.info(
        frame.say.gettext(
            "What this organisation does about calls is seen by its members only. Sign in if you are one."
        )
    )
else:
    board(frame, by_stage(queries.our_calls(frame.profile.id), frame.on))
