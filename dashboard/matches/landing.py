"""Draws the page for who has not chosen an organisation: what the site does, how to begin, and the brief's table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.escape import md_escape
from dashboard.frame import PROFILE, Frame
from dashboard.matches import funds
from matcher.languages import terms
from matcher.model import OrganisationType, Profile

if TYPE_CHECKING:
    from matcher.reference import FundRow


def drawn(frame: Frame, rows: Sequence[FundRow]) -> None:
    say = frame.say
    st.title(md_escape(say.gettext("Find the EU calls your organisation can use")))
    st.markdown(
        md_escape(
            say.gettext(
                "For municipalities and organisations led by migrants: which calls for the inclusion of migrants are "
                "open to you, by which way in, why, and until when."
            )
        )
    )
    _begin(frame)
    st.header(md_escape(say.gettext("Five funds at a glance")), anchor="funds")
    st.markdown(md_escape(say.gettext("What each fund pays for, and whether a municipality can apply itself.")))
    funds.language_note(say, rows)
    for row in rows:
        funds.unfolded(say, row)


def _begin(frame: Frame) -> None:
    """The two ways to begin: one's own organisation, or a look at somebody else's."""
    say = frame.say
    with st.container(border=True, key="begin"):
        st.markdown(f"**{md_escape(say.gettext('Choose your organisation at the top of the page.'))}**")
        st.page_link(
            "views/organisation.py",
            label=say.gettext("It is not there: describe it in five minutes"),
            icon=":material/edit_note:",
            query_params=frame.query(),
        )
        if examples := _examples(frame.profiles):
            st.markdown(md_escape(say.gettext("Or look at an example first:")))
            with st.container(horizontal=True):
                for one in examples:
                    kind = say.term(terms.ORGANISATIONS[one.type])
                    label = say.gettext("%(name)s, %(kind)s", name=md_escape(one.name), kind=kind)
                    st.button(label, key=f"example {one.id}", on_click=_choose, args=(one.id,), wrap=True)


def _examples(profiles: Sequence[Profile]) -> list[Profile]:
    """The first of each sort of organisation."""
    firsts = {kind: next((one for one in profiles if one.type is kind), None) for kind in OrganisationType}
    return [one for one in firsts.values() if one is not None]


def _choose(id: str) -> None:
    st.session_state[PROFILE] = id
