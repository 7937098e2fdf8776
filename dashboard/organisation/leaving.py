"""Taking an organisation away: what goes is said before, and done only when it is confirmed."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import queries
from dashboard.escape import md_escape
from dashboard.frame import PROFILE, Frame
from dashboard.organisation.mode import Mode, go
from matcher.model import Profile
from matcher.workspaces.permissions import NotAllowed


def draw(frame: Frame, one: Profile) -> None:
    say = frame.say
    shipped = queries.shipped_profile(one.id) is not None
    if shipped:
        st.warning(
            say.gettext("What you entered is deleted, and the public facts hold again. Saved calls and notes stay.")
        )
    else:
        st.warning(
            say.gettext(
                "The organisation is deleted for good, with its saved calls, notes and members. It cannot be undone."
            )
        )
    with st.container(horizontal=True):
        label = say.gettext("Take back to the public facts") if shipped else say.gettext("Delete for good")
        if st.button(label, type="primary", key="organisation gone"):
            _leave(frame, one, shipped)
        st.button(say.gettext("Keep it"), on_click=go, args=(Mode.LOOK,), key="organisation kept")


def _leave(frame: Frame, one: Profile, shipped: bool) -> None:
    door = queries.keeping()
    try:
        door.take_back(one.id) if shipped else door.delete(one.id, datetime.now(UTC))
    except NotAllowed as refusal:
        st.error(md_escape(frame.say.say(refusal.args[0])), icon=":material/error:")
        return
    go(Mode.LOOK)
    if not shipped:
        st.query_params.pop(PROFILE, None)
    st.rerun()
