"""Draws the page of partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard import choices
from dashboard.call.blocks import titled
from dashboard.call.invitation import Invitation, invitation
from dashboard.frame import CALL, Frame
from dashboard.partners.cards import PAGE, cards, map_link
from dashboard.partners.searching import wanted
from dashboard.widgets import small
from matcher.languages import Speaker, terms
from matcher.model import Call, Role
from matcher.partners.directory import Entry

AT = "page"


def introduction(say: Speaker) -> None:
    st.markdown(
        say.gettext(
            "Organisations that took part in EU projects, bodies of networks, and organisations that entered "
            "themselves here and want to be found. Only the latter said that they look for partners."
        )
    )


def found(say: Speaker, entries: Sequence[Entry]) -> list[Entry]:
    asked = wanted(say, entries)
    return [one for one in entries if asked.has(one)]


def results(frame: Frame, entries: Sequence[Entry], call: Call | None) -> None:
    """One page of them; for a chosen call with a text to invite each."""
    say = frame.say
    st.header(say.ngettext("%(num)s organisation", "%(num)s organisations", len(entries)))
    if call:
        link = f"[{titled(call.title)}](/call?{urlencode(frame.query(**{CALL: call.id}))})"
        st.markdown(say.gettext("Partners for this call: %(call)s", call=link))
        if frame.profile is None:
            st.info(
                say.gettext("Choose an organisation above: a text to invite partners in its name then stands here.")
            )
    else:
        small(say.gettext("For partners who fill what a call asks for, open the call: they are suggested there."))
    if not entries:
        st.info(say.gettext("Nothing fits all that was asked for. Take a filter away or use other words."))
        return
    st.markdown(map_link(frame))
    pages = -(-len(entries) // PAGE)
    at = choices.page(AT, pages, say.gettext("Page of the list"))
    cards(frame, entries[(at - 1) * PAGE : at * PAGE], _inviting(frame, call))
    if pages > 1:
        small(say.gettext("Page %(page)s of %(pages)s", page=say.number(at), pages=say.number(pages)))


def _inviting(frame: Frame, call: Call | None) -> Callable[[Entry], Invitation] | None:
    asking = frame.profile
    if call is None or asking is None:
        return None
    role = frame.say.term(terms.ROLES[Role.BENEFICIARY])

    def invite(one: Entry) -> Invitation:
        return invitation(frame.say, call, asking, one.candidate.name, role, "", frame.on)

    return invite
