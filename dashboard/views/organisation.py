"""An organisation: looked at, created, edited, deleted; what it says of itself decides what all other pages show."""

import streamlit as st

from dashboard.escape import md_escape
from dashboard.frame import made
from dashboard.organisation import editing, leaving, showing, telling
from dashboard.organisation.mode import Mode, mode
from dashboard.pipeline.members import members
from dashboard.queries import keeping
from matcher.model import Permission

frame = made()
say, chosen, asked = frame.say, frame.profile, mode()
if (asked is Mode.NEW or (asked is Mode.COPY and chosen)) and keeping().may_create:
    st.title(say.gettext("A new organisation"))
    editing.draw(frame, asked)
elif asked is Mode.EDIT and chosen and frame.may(Permission.EDITOR):
    st.title(say.gettext("Edit %(name)s", name=md_escape(chosen.name)))
    editing.draw(frame, asked)
elif asked is Mode.DELETE and chosen and frame.may(Permission.ADMIN):
    st.title(say.gettext("Delete %(name)s?", name=md_escape(chosen.name)))
    leaving.draw(frame, chosen)
else:
    st.title(md_escape(chosen.name) if chosen else say.gettext("Organisation"))
    if asked is not Mode.LOOK:
        st.info(say.gettext("You may look here, but not change anything."))
    if chosen:
        telling.tell(frame, chosen.id)
        showing.profile(frame, chosen)
        members(frame)
    showing.own(frame)
